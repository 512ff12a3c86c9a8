"""Taps are written once each, in whatever order and however often they come, and come to the same state."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from api.desk.links import expires_of, find_link, revoke
from api.desk.progress import StopState, TapKind, progress_by_stop
from api.desk.taps import MOST, Received, StopStatus, Tapped, receive, status_of
from api.store.links import Link, Tap
from api.store.opening import Store
from tests.rounds import DAY, SHIFT, changed_round, keys, make_link, publish
from tests.web import TurnedClock


class Driven:
    """A published day with a link to a round."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = TurnedClock()
        store.clock = self.clock
        self.version = publish(store)
        self.key = self.made()
        self.stops = keys()
        self.clock.turn(hours=2)

    def made(self, shift: str = SHIFT) -> str:
        """Return the id of a new link."""
        token = make_link(self.store, shift)
        with self.store.session() as session:
            link = find_link(session, token, self.store.clock())
        assert link
        return link.id

    def tapped(self, stop: int | str, kind: TapKind, minute: float = 0, note: str = "") -> Tapped:
        """Return a tap of a phone whose clock is right, so many minutes ago."""
        name = self.stops[stop] if isinstance(stop, int) else stop
        at = self.clock.now - timedelta(minutes=60 - minute)
        return Tapped(id=str(uuid.uuid4()), stop=name, kind=kind, at=at, note=note)

    def send(self, taps: Iterable[Tapped], key: str = "", sent_at: datetime | None = None) -> Received:
        """Send taps."""
        with self.store.transaction("link:test") as session:
            return receive(session, key or self.key, taps, sent_at=sent_at)

    def count(self) -> int:
        """Return how many taps there are."""
        with self.store.session() as session:
            return session.scalar(select(func.count()).select_from(Tap)) or 0

    def stop(self, stop: int | str) -> StopStatus:
        """Return how far a stop is."""
        name = self.stops[stop] if isinstance(stop, int) else stop
        with self.store.session() as session:
            rounds = {found.shift: found for found in status_of(session, DAY)}
        return next(found for found in rounds[SHIFT].stops if found.key == name)


@pytest.fixture
def link(store: Store) -> Driven:
    """Return a link on a published day."""
    return Driven(store)


def test_a_stop_goes_its_way(link: Driven) -> None:
    """Arrived, a problem, done: each with its time, and what was planned beside it."""
    taps = [
        link.tapped(0, TapKind.ARRIVED, 1),
        link.tapped(0, TapKind.PROBLEM, 2, "uks lukus"),
        link.tapped(0, TapKind.DONE, 9),
        link.tapped(1, TapKind.NOT_HOME, 20),
    ]
    received = link.send(taps)

    assert received == Received(kept=tuple(tap.id for tap in taps), refused=())
    first, second = link.stop(0), link.stop(1)
    assert (first.progress.state, second.progress.state) == (StopState.DONE, StopState.NOT_HOME)
    assert first.progress.arrived_at == taps[0].at
    assert first.progress.over_at == taps[2].at
    assert (first.progress.problem_at, first.progress.note) == (taps[1].at, "uks lukus")
    assert first.planned is not None
    assert link.stop(2).progress.state is StopState.PLANNED


def test_the_same_tap_twice_is_one(link: Driven) -> None:
    """In one message, in the next, and by the link that was made anew; each time it is said to be kept."""
    tap = link.tapped(0, TapKind.ARRIVED)
    assert link.send([tap, tap]).kept == (tap.id, tap.id)
    assert link.send([tap]).kept == (tap.id,)
    assert link.send([tap], link.made()).kept == (tap.id,)
    assert link.count() == 1


def test_a_tap_of_another_round_is_refused(link: Driven) -> None:
    """An id that another round has used says nothing here, and no round speaks for another's stops."""
    tap = link.tapped(0, TapKind.ARRIVED)
    link.send([tap])
    other = link.made("buss")

    assert link.send([tap], other).refused == (tap.id,)
    assert link.send([link.tapped(0, TapKind.DONE)], other).kept == ()
    assert link.send([link.tapped("visit:nobody", TapKind.DONE)]).kept == ()
    assert link.send([link.tapped("break:1", TapKind.DONE)]).kept == ()
    assert link.send([link.tapped("nowhere", TapKind.CONFIRMED)]).kept == ()
    assert link.count() == 1


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_the_order_in_which_they_come_is_no_matter(data: st.DataObject) -> None:
    """Taps come to the same, however they are shuffled on their way."""
    start = TurnedClock().now
    kinds = st.sampled_from([kind for kind in TapKind if kind is not TapKind.CONFIRMED])
    made = [
        Tap(
            id=str(number), link="l", stop=data.draw(st.sampled_from("ab")), kind=data.draw(kinds).value,
            at_device=start + timedelta(seconds=data.draw(st.integers(0, 30))), at_received=start, note="",
        )
        for number in range(data.draw(st.integers(0, 12)))
    ]  # fmt: skip
    assert progress_by_stop(data.draw(st.permutations(made))) == progress_by_stop(made)


def test_taking_back(link: Driven) -> None:
    """The last tap that counts goes, one that said the same again is not another, and nothing is left of nothing."""
    kinds = [TapKind.ARRIVED, TapKind.DONE, TapKind.DONE, TapKind.UNDONE]
    link.send([link.tapped(0, kind, minute) for minute, kind in enumerate(kinds)])
    assert link.stop(0).progress.state is StopState.ARRIVED
    link.send([link.tapped(0, TapKind.UNDONE, minute) for minute in (5, 6, 7)])
    assert link.stop(0).progress.moments == ()


@pytest.mark.parametrize(
    "wrong", [timedelta(hours=-3), timedelta(minutes=-10), timedelta(minutes=7), timedelta(days=40)]
)
def test_a_wrong_clock_is_put_right(link: Driven, wrong: timedelta) -> None:
    """By what the phone believes it is when it sends; times are then right to the second."""
    right = link.tapped(0, TapKind.ARRIVED, 5)
    link.send([replace(right, at=right.at + wrong)], sent_at=link.clock.now + wrong)
    assert link.stop(0).progress.arrived_at == right.at


def test_nothing_was_tapped_tomorrow(link: Driven) -> None:
    """Impossible times are brought to the nearest possible ones, and taps sent together keep their order."""
    taps = [
        replace(link.tapped(0, TapKind.ARRIVED), at=link.clock.now + timedelta(days=2)),
        replace(link.tapped(0, TapKind.DONE), at=link.clock.now - timedelta(days=900)),
    ]
    link.send(taps)
    progress = link.stop(0).progress
    assert progress.state is StopState.DONE
    assert progress.arrived_at == link.clock.now
    assert progress.over_at == link.clock.now + timedelta(microseconds=1)


def test_two_phones_and_a_burst(link: Driven) -> None:
    """Three hundred taps of two phones at once, each batch sent again and again, are each written once."""
    kinds = (TapKind.ARRIVED, TapKind.UNDONE, TapKind.DONE, TapKind.PROBLEM)
    taps = [link.tapped(n % len(link.stops), kinds[n // len(link.stops) % 4], n / 10) for n in range(300)]
    batches = [taps[start : start + MOST // 2] for start in range(0, 300, MOST // 2)] * 2
    batches = batches[::3] + batches[1::3] + batches[2::3]
    phones = [
        Thread(target=lambda part=part: [link.send(batch) for batch in part]) for part in (batches[::2], batches[1::2])
    ]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    assert link.count() == 300


def test_late_taps_of_a_plan_that_has_changed(link: Driven) -> None:
    """A stop that has gone from the plan since may still be tapped by who was shown it; the board sees it behind."""
    stops = keys()
    publish(link.store, changed_round())
    unknown = link.tapped(stops[0], TapKind.DONE)
    assert link.send([unknown]).refused == (unknown.id,)
    assert link.send([replace(unknown, version=link.version)]).kept == (unknown.id,)

    gone = link.stop(stops[0])
    assert gone.planned is None
    assert gone.progress.state is StopState.DONE


def test_confirming(link: Driven) -> None:
    """The newest plan that was confirmed counts; confirming an older one afterwards takes nothing back."""
    second = publish(link.store, changed_round())
    for version in (second, link.version):
        link.send([link.tapped(version, TapKind.CONFIRMED)])
    with link.store.session() as session:
        row = session.get_one(Link, link.key)
        (found,) = [found for found in status_of(session, DAY) if found.shift == SHIFT]
    assert row.confirmed == second
    assert found.link is not None
    assert found.link.confirmed


def test_a_day_without_a_plan(store: Store) -> None:
    """Has no rounds to tell of."""
    with store.session() as session:
        assert status_of(session, DAY) == ()


def test_a_round_without_a_link(link: Driven) -> None:
    """Is shown all the same, when its link was revoked as well."""
    with link.store.transaction("test") as session:
        revoke(session, DAY, SHIFT)
    with link.store.session() as session:
        rounds = status_of(session, DAY)
    assert {found.link for found in rounds} == {None}
    assert expires_of(DAY) > link.clock.now
