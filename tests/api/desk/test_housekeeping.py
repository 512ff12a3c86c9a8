"""What has had its day is forgotten by the clock; what the municipality keeps stays until its settings let it go."""

import datetime as dt
from threading import Event

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from api.desk import housekeeping
from api.desk.housekeeping import Tidying, tidy
from api.desk.links import find_link, note_opening
from api.desk.progress import TapKind
from api.desk.taps import Tapped, receive
from api.errors import StoreError
from api.settings import Settings, load_settings
from api.store.accounts import FailedLogin, WebSession
from api.store.base import new_id
from api.store.journal import History
from api.store.links import Link, LinkOpening, Tap
from api.store.opening import Store
from api.store.records import Document, PreparedImport
from api.store.requests import Idempotency
from tests.rounds import keys, make_link, publish_demo
from tests.web import Served, TurnedClock

SETTINGS = load_settings(database="sqlite:///unused.db")
PASSING = (WebSession, Idempotency, PreparedImport, FailedLogin)


def counts(store: Store, *kinds: type) -> list[int]:
    """Return how many rows there are of each kind."""
    with store.session() as session:
        return [session.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds]


@pytest.fixture
def clock(store: Store) -> TurnedClock:
    """Return the clock of a store that holds one of everything that passes."""
    clock = store.clock = TurnedClock()
    with store.transaction("system") as session:
        at = clock.now
        hours = dt.timedelta(hours=12)
        session.add(
            WebSession(token_hash="a" * 64, user=None, csrf="x", data={}, at=at, seen_at=at, expires=at + hours)
        )
        session.add(Idempotency(actor="user:1", key="k", digest="d", status=200, headers={}, body="{}", at=at))
        session.add(PreparedImport(id=new_id(), stand=0, content={}, by="user:1", at=at))
        session.add(FailedLogin(login="mari", origin="o", at=at))
    return clock


def test_what_passes(store: Store, clock: TurnedClock) -> None:
    """Each is forgotten when its own time is over, and not before."""
    tidy(store, SETTINGS)
    assert counts(store, *PASSING) == [1, 1, 1, 1]
    clock.turn(minutes=SETTINGS.session_idle_minutes)
    tidy(store, SETTINGS)
    assert counts(store, *PASSING) == [0, 1, 1, 1]
    clock.turn(hours=25)
    tidy(store, SETTINGS)
    assert counts(store, *PASSING) == [0, 1, 0, 0]
    clock.turn(hours=24)
    tidy(store, SETTINGS)
    assert counts(store, *PASSING) == [0, 0, 0, 0]


def test_a_server_tidies_when_it_starts(store: Store, clock: TurnedClock) -> None:
    """By the time that it has stopped it is done; a store that cannot be tidied stops nothing."""
    served = Served(store)
    served.clock.now = clock.now + dt.timedelta(days=3)
    with TestClient(served.app):
        pass
    assert counts(store, *PASSING) == [0, 0, 0, 0]


def test_sessions_end_however_busy(store: Store, clock: TurnedClock) -> None:
    """A session that is used all the time is forgotten when it expires, and its row with it."""
    for _ in range(12):
        tidy(store, SETTINGS)
        assert counts(store, WebSession) == [1]
        clock.turn(hours=1)
        with store.transaction("system") as session:
            for row in session.scalars(select(WebSession)):
                row.seen_at = clock.now
    tidy(store, SETTINGS)
    assert counts(store, WebSession) == [0]


def test_tidying_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is done again and again, also after a time when the store could not be tidied; stopping ends it."""
    done, times = Event(), []

    def failing(_store: Store, _settings: Settings) -> None:
        times.append(len(times))
        if len(times) == 1:
            raise StoreError("store.busy")
        done.set()

    monkeypatch.setattr(housekeeping, "tidy", failing)
    tidying = Tidying(store, SETTINGS, every=dt.timedelta(0))
    tidying.start()
    assert done.wait(60)
    tidying.stop()
    assert len(times) >= 2


def test_links_that_are_over(store: Store) -> None:
    """They lose their tokens once no taps are taken any more; openings and taps stay until the settings let them go."""
    clock = store.clock = TurnedClock()
    publish_demo(store)
    token = make_link(store)
    with store.transaction("test") as session:
        link = session.scalars(select(Link)).one()
        note_opening(session, link.id, None, ())
        tapped = Tapped(id=new_id(), stop=keys()[0], kind=TapKind.PROBLEM, at=clock.now, note="uks lukus")
        assert receive(session, link.id, [tapped]).kept
    clock.turn(hours=24)
    tidy(store, SETTINGS)
    grace = dt.timedelta(days=400)
    with store.session() as session:
        assert find_link(session, token, clock.now, grace=grace) is not None
    clock.turn(hours=24 * 4)
    tidy(store, SETTINGS)
    tidy(store, SETTINGS)
    with store.session() as session:
        assert find_link(session, token, clock.now, grace=grace) is None
        assert "uks lukus" not in "".join(str(row.after) for row in session.scalars(select(History)))
    assert counts(store, Link, LinkOpening, Tap) == [1, 1, 1]
    with store.transaction("test") as session:
        document = session.get_one(Document, "municipality.toml")
        document.text = f"keep_openings_days = 3\nkeep_taps_days = 5\n{document.text}"
    tidy(store, SETTINGS)
    assert counts(store, LinkOpening, Tap) == [0, 1]
    clock.turn(hours=24)
    tidy(store, SETTINGS)
    assert counts(store, LinkOpening, Tap) == [0, 0]
