"""Links to rounds: made for published rounds, good until the night, revoked, opened and listed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from api.desk.links import GRACE, expires_of, find_link, issue, links_of, note_opening, revoke
from api.desk.published import published_plan
from api.errors import ConflictError, MissingError
from api.store.history import changes_of, seen_by
from api.store.links import Link
from api.store.opening import Store
from tests.rounds import DAY, SHIFT, changed_round, make_link, publish, with_route
from tests.web import TurnedClock


@pytest.fixture
def clock(store: Store) -> TurnedClock:
    """Return the clock of the store, on the morning of the day."""
    clock = TurnedClock()
    store.clock = clock
    return clock


def good(store: Store, token: str, **grace: timedelta) -> bool:
    """Tell whether a token opens anything now."""
    with store.session() as session:
        return find_link(session, token, store.clock(), **grace) is not None


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2026, 11, 25), datetime(2026, 11, 26, 1, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 7, 2, 0, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 29, 1, tzinfo=UTC)),  # three o'clock is skipped that night
        (date(2026, 10, 24), datetime(2026, 10, 25, 0, tzinfo=UTC)),  # and comes twice in this one
        (date(2028, 2, 29), datetime(2028, 3, 1, 1, tzinfo=UTC)),
    ],
)
def test_ends_at_three_in_the_morning(day: date, utc: datetime) -> None:
    """Whatever the clocks do in that night."""
    assert expires_of(day) == utc


def test_a_link_is_good_for_its_day(store: Store, clock: TurnedClock) -> None:
    """To the minute; queued taps are taken a few days longer, and nothing of the token is kept."""
    publish(store)
    token = make_link(store)
    assert len(token) >= 43
    clock.now = expires_of(DAY) - timedelta(seconds=1)
    assert good(store, token)
    clock.turn(minutes=1 / 60)
    assert not good(store, token)
    assert good(store, token, grace=GRACE)
    clock.now += GRACE
    assert not good(store, token, grace=GRACE)
    with store.session() as session:
        row = session.scalars(select(Link)).one()
        logged = [change.after for change in changes_of(session, f"link:{row.id}")]
    assert token not in f"{row.token_hash}{logged}"
    assert row.token_hash not in str(logged)


def test_a_newer_link_revokes_the_one_before(store: Store, clock: TurnedClock) -> None:
    """Of that round alone; a guess, a cut token and an empty one open nothing."""
    publish(store)
    first, other = make_link(store), make_link(store, "buss")
    clock.turn(minutes=1)
    second = make_link(store)

    assert [good(store, token) for token in (first, second, other)] == [False, True, True]
    assert not any(good(store, token) for token in ("", "guess", second[:-1], second.swapcase(), "ä\N{SNOWMAN}"))
    with store.session() as session:
        assert [row.revoked is None for row in links_of(session, DAY) if row.shift == SHIFT] == [True, False]


def test_revoked(store: Store, clock: TurnedClock) -> None:
    """A revoked link opens nothing, not even for queued taps; revoking what is not there says so."""
    publish(store)
    token = make_link(store)
    with store.transaction("test") as session:
        revoke(session, DAY, SHIFT)
    assert not good(store, token, grace=GRACE)
    with pytest.raises(MissingError), store.transaction("test") as session:
        revoke(session, DAY, SHIFT)


def test_only_to_published_rounds_of_days_to_come(store: Store, clock: TurnedClock) -> None:
    """Each refusal says why."""
    with pytest.raises(ConflictError) as unpublished, store.transaction("test") as session:
        issue(session, DAY, SHIFT)
    publish(store)
    with pytest.raises(MissingError), store.transaction("test") as session:
        issue(session, DAY, "nobody")
    clock.now = expires_of(DAY)
    with pytest.raises(ConflictError) as late, store.transaction("test") as session:
        issue(session, DAY, SHIFT)

    assert [error.value.findings[0].code for error in (unpublished, late)] == [
        "driver.not-published",
        "driver.day-over",
    ]


def test_openings_are_logged(store: Store, clock: TurnedClock) -> None:
    """Pages loaded again within a minute are one opening, but a changed plan is news; who was seen is logged."""
    publish(store)
    make_link(store)

    def opened() -> None:
        with store.session() as session:
            published = published_plan(session, DAY)
            key = links_of(session, DAY)[0].id
        with store.transaction(f"link:{key}") as session:
            note_opening(session, key, published, {"record:clients/K1", "record:clients/K2"})

    for seconds in (0, 5, 70):
        clock.turn(minutes=seconds / 60)
        opened()
    clock.turn(minutes=0.2)
    publish(store, changed_round())
    opened()
    with store.session() as session:
        (row,) = links_of(session, DAY)
        looks = seen_by(session, "record:clients/K1")
    assert len(row.openings) == len(looks) == 3
    assert {look.actor for look in looks} == {f"link:{row.id}"}
    assert not row.confirmed


def test_a_driver_knows_her_round(store: Store, clock: TurnedClock) -> None:
    """The first opening makes the published plan known; another plan is confirmed where her round did not change."""
    publish(store)
    make_link(store)
    with store.session() as session:
        (row,) = links_of(session, DAY)
        published = published_plan(session, DAY)
    assert not row.confirmed
    with store.transaction(f"link:{row.id}") as session:
        note_opening(session, row.id, published, ())
    publish(store, with_route("buss", None))
    with store.session() as session:
        assert links_of(session, DAY)[0].confirmed
    publish(store, changed_round())
    with store.session() as session:
        assert not links_of(session, DAY)[0].confirmed
