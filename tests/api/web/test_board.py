"""The board's pages without scripts: they say everything, open for those who may plan, in three languages."""

import re
from importlib.resources import files

import pytest

from api.security.roles import Role
from api.web.written import shapes_of
from routing.day.requests import LAST_MOMENT
from tests.board import DAY
from tests.served_board import served_board
from tests.web import Served


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory):
    """Serve the bundled municipality with a planned day."""
    with served_board(tmp_path_factory.mktemp("board")) as found:
        yield found


@pytest.fixture(scope="module")
def client(served: Served):
    """Return a coordinator's browser."""
    return served.signed_in()


@pytest.mark.parametrize("lang", ["et", "en", "ru"])
def test_a_day_is_readable_without_scripts(client, lang: str):
    """All rounds, what is unassigned, the figures and every stop are in the page, and no sentence is missing."""
    client.cookies.set("language", lang)
    text = client.get(f"/board/{DAY}").text
    client.cookies.delete("language")

    assert f'<html lang="{lang}">' in text
    assert text.count('role="row"') == 5
    assert text.count('class="stops ') == 5
    assert 'class="card-missed' in text
    assert text.count('class="more num"') > 30  # the way to each stop
    assert "board." not in re.sub(r'(src|href)="[^"]*"|board\.html', "", text)


def test_nothing_is_inline(client):
    """Scripts come from files, and nothing carries a style: the policy would bar it."""
    text = client.get(f"/board/{DAY}").text
    assert "style=" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\son[a-z]+=", text)


def test_every_minute_has_a_place():
    """The hours and minutes that a page may name are all known to the style sheet."""
    text = (files("api.web") / "static" / "board" / "clock.css").read_text()
    for attribute, count in (("h", 37), ("eh", 37), ("m", 60), ("em", 60), ("hours", 37)):
        known = set(map(int, re.findall(rf'\[data-{attribute}="(\d+)"\]', text)))
        assert known >= set(range(1 if attribute == "hours" else 0, count))


def test_today_and_another_day(client):
    """Without a day the board leads to today's; the picker to the one picked; nonsense is refused."""
    assert client.get("/board").headers["location"] == f"/board/{DAY}"
    assert client.get("/board?day=2026-12-01").headers["location"] == "/board/2026-12-01"
    assert client.get("/board/yesterday").status_code == 422
    assert client.get("/").headers["location"] == "/board"


@pytest.mark.parametrize(
    ("day", "leads_to"),
    [
        ("2026-11-22", ["2026-11-25"]),
        ("2026-11-26", ["2026-12-01", "2026-11-25"]),
    ],
)
def test_a_day_without_work(client, day: str, leads_to: list[str]):
    """It says so and leads to the nearest days with work; nothing asks for a plan of it."""
    client.cookies.set("language", "en")
    text = client.get(f"/board/{day}").text
    client.cookies.delete("language")
    (notice,) = re.findall(r'class="notice quiet-day">(.*?)</section>', text, re.DOTALL)
    assert re.findall(r'href="/board/([^"]+)"', notice) == leads_to
    assert "Press Plan" not in text
    assert ("On duty: Tiina Kuusemaa" in text) == (day == "2026-11-26")  # the other is a Sunday


def test_a_day_nobody_has_planned(client, served: Served):
    """Who may plan it is asked to, beside a button that does; who may not is only told."""
    day = "2026-12-01"
    reader = served.signed_in("ants", (Role.AUDITOR,))
    assert client.get(f"/board/{day}").text.count('data-act="plan"') == 2
    assert reader.get(f"/board/{day}").status_code == 403


@pytest.mark.parametrize(
    ("begin", "end", "said"),
    [
        (28_800, 33_600, "08:00–09:20"),
        (0, 33_600, "until 09:20"),
        (46_800, 86_400 - 60, "from 13:00"),
        (46_800, LAST_MOMENT, "from 13:00"),
        (0, LAST_MOMENT, "at any time"),
    ],
)
def test_windows_in_words(begin: int, end: int, said: str):
    """A window open on one side says until or from when."""
    assert shapes_of("en")["window"](begin, end) == said


def test_what_each_worker_would_take(client):
    """The dialog says of every round what it would take, or why not; rows get the same while dragging."""
    request = re.search(r'class="card-missed[^"]*" data-request="([^"]+)"', client.get(f"/board/{DAY}").text)
    assert request
    text = client.get(f"/board/{DAY}/fits", params={"request": request[1]}).text
    assert text.count('name="shift"') == text.count("data-offer=") == 5
    assert client.get(f"/board/{DAY}/fits", params={"request": "nobody"}).status_code == 404


def test_the_map_says_what_the_lists_say(client):
    """Every planned and unplanned request has a pin."""
    text = client.get(f"/board/{DAY}").text
    drawn = client.get(f"/board/{DAY}/map").json()
    pins = [pin for found in drawn["rounds"] for pin in found["pins"]] + drawn["missed"]
    wanted = set(re.findall(r'data-request="([^"]+)"', text))
    assert {request for pin in pins for request in pin["requests"]} == wanted
    assert client.get(f"/board/{DAY}/roads").json()["roads"]


def test_files_that_the_menus_lead_to(client):
    """Whatever the menus offer is there to be taken away."""
    text = client.get(f"/board/{DAY}").text
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/api/v1/[^"]*/exports/[^"]*)"', text)]
    assert len(links) == 6 + 2 * 5
    for link in (link for link in links if link.endswith(("csv", "ics?shift=buss"))):
        assert client.get(link).headers["content-disposition"].startswith("attachment")


def test_only_those_who_may_plan_see_it(served: Served):
    """An admin has no business with clients' days."""
    assert served.signed_in("jaan", (Role.ADMIN,)).get(f"/board/{DAY}").status_code == 403
