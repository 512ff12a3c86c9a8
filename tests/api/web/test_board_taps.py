"""The board's page says what drivers tapped, who has which link, and when the day was published."""

import datetime as dt
import re
import uuid
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.desk.links import note_opening, revoke
from api.desk.progress import TapKind
from api.desk.published import published_plan
from api.desk.taps import Tapped, receive
from api.security.roles import Role
from api.store.links import Link
from api.store.opening import Store
from tests.board import Board
from tests.rounds import DAY, SHIFT, make_link
from tests.served_board import served_board
from tests.web import Served


@pytest.fixture
def served(tmp_path: Path):
    """Serve a planned day."""
    with served_board(tmp_path) as found:
        yield found


@pytest.fixture
def client(served: Served) -> TestClient:
    """Return a coordinator's browser."""
    return served.signed_in()


def publish(client: TestClient) -> None:
    """Publish the day."""
    board = Board(client)
    board.get()
    board.do("publish")


def tap(served: Served, position: int, *kinds: str, note: str = "") -> str:
    """Make a link, open it, tap on a stop as it is published; return its request."""
    make_link(served.store)
    served.clock.turn(minutes=1)
    with served.store.transaction("test") as session:
        link = session.query(Link).filter_by(revoked=None, shift=SHIFT).one().id
        published = published_plan(session, DAY)
        assert published is not None
        note_opening(session, link, published, [])
        stop = [stop for stop in published.plan.route_by_shift[SHIFT].stops if stop.step][position]
        key = f"{stop.kind.value}:{stop.request}"
        taps = [
            Tapped(id=str(uuid.uuid4()), stop=key, kind=TapKind(kind), at=served.clock.now, note=note) for kind in kinds
        ]
        assert len(receive(session, link, taps).kept) == len(kinds)
    return stop.request or ""


def block(text: str, request: str) -> str:
    """Return the opening tag of a request's first block."""
    found = re.search(rf'<div class="block[^>]*data-request="{request}"[^>]*>', text)
    assert found
    return found[0]


def test_what_was_tapped_is_in_the_page(served: Served, client: TestClient) -> None:
    """Block, list of stops, head of the round and call-out say it in words, and the mark of the page changes."""
    publish(client)
    before = client.get(f"/board/{DAY}").text
    request = tap(served, 0, "arrived", "problem", note="Uks <b>on</b> lukus")

    text = client.get(f"/board/{DAY}").text

    assert "tapped-arrived tapped-problem" in block(text, request)
    assert "; kohal 08:01; mure 08:01" in block(text, request)
    assert text.count("Uks &lt;b&gt;on&lt;/b&gt; lukus") == 2
    assert re.search(r'class="sums far">.*?0 / \d+ tehtud, 08:01', text, re.DOTALL)
    marks = [re.search(r'data-taps="([^"]+)"', page)[1] for page in (before, text)]
    assert marks[0] != marks[1]
    status = client.get(f"/api/v1/days/{DAY}/status", headers={"If-None-Match": marks[1].replace("&#34;", '"')})
    assert status.status_code == 304


def test_nothing_is_said_of_a_day_that_is_not_published(client: TestClient) -> None:
    """No states, no links, and nothing to ask for again and again."""
    text = client.get(f"/board/{DAY}").text
    assert 'data-taps=""' in text
    assert "sums far" not in text
    assert 'data-act="link"' not in text


def test_when_it_was_published(served: Served, client: TestClient) -> None:
    """The moment of publishing is told, not that of planning."""
    served.clock.turn(minutes=7)
    publish(client)
    assert "Avaldatud 25.11.2026 08:07" in client.get(f"/board/{DAY}").text


def test_the_dialog_of_a_link(served: Served, client: TestClient) -> None:
    """It tells of no link, of one that is opened or not, and of those before it; nothing of it opens a round."""
    publish(client)
    address = f"/board/{DAY}/links/{SHIFT}"
    assert 'data-act="make-link"' in client.get(address).text
    assert 'data-act="revoke-link"' not in client.get(address).text
    make_link(served.store)
    assert "Linki pole veel avatud." in client.get(address).text
    tap(served, 0, "arrived")
    assert "25.11.2026 08:01" in client.get(address).text
    with served.store.transaction("test") as session:
        revoke(session, DAY, SHIFT)
    text = client.get(address).text
    assert "Link on saatmata." in text
    assert "Varasemad lingid" in text
    assert client.get(f"/board/{DAY}/links/nobody").status_code == 404
    assert served.signed_in("jaan", (Role.CLERK,)).get(address).status_code == 403


def test_from_the_board_to_a_call_and_back(client: TestClient) -> None:
    """The call begins with the day of the board, and leads back to it."""
    assert f'href="/call?day={DAY}"' in client.get(f"/board/{DAY}").text
    assert f'href="/board/{DAY}"' in client.get(f"/call?day={DAY}").text
    asked = {"day": (DAY + dt.timedelta(days=1)).strftime("%d.%m.%Y")}
    assert f'href="/board/{DAY + dt.timedelta(days=1)}"' in client.post("/call/check", data=asked).text
    assert 'href="/board"' in client.post("/call/check", data={"day": "homme"}).text


@pytest.mark.parametrize("path", [f"/board/{DAY}", "/call"])
def test_an_empty_store_leads_to_the_import(store: Store, path: str) -> None:
    """Who has no records yet is led to where they come from, and told so."""
    client = Served(store).signed_in()
    assert client.get(path).headers["location"] == "/import?told=first"
    assert "Andmeid veel ei ole" in client.get("/import?told=first").text
