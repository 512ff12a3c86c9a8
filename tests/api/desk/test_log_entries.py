"""The log in the store is filled from plans and taps, and what people wrote stays."""

import datetime as dt
from dataclasses import replace

import pytest

from api.desk.log_entries import (
    change_entry,
    entries_between,
    filled_day,
    import_log,
    keep_as_planned,
    keep_day,
    log_of_day,
    row_of,
    trips_between,
)
from api.desk.municipality import open_municipality
from api.desk.progress import TapKind
from api.desk.taps import Tapped, receive
from api.errors import ConflictError, MissingError, RefusedError, StaleError
from api.store.books import Source
from api.store.history import changes_of
from api.store.links import Link, Tap
from api.store.opening import Store
from maps.local_time import moment
from routing.books.entry import Entry, Result
from tests.rounds import DAY, SHIFT, make_link, publish, with_route

ONE = dt.timedelta(days=1)


def fill(store: Store) -> dict[str, Entry]:
    """Take the demo's day into the log and return it by request, ways back with their own."""
    with store.session() as session:
        filled = filled_day(session, DAY)
    with store.transaction("test") as session:
        keep_day(session, filled)
    return log(store)


def log(store: Store) -> dict[str, Entry]:
    """Return the log of the demo's day."""
    with store.session() as session:
        return {row.entry.id.removeprefix(f"{DAY}-"): row.entry for row in log_of_day(session, DAY)}


def tap(store: Store, number: int, stop: str, kind: TapKind, seconds: int) -> None:
    """Tap something on the round of Kõrveküla at a time of the day."""
    store.clock = lambda: moment(DAY, 20 * 3600)
    with store.transaction("test") as session:
        link = session.query(Link).one()
        link.at = moment(DAY, 0)
        tapped = Tapped(id=f"{number:036d}", stop=stop, kind=kind, at=moment(DAY, seconds))
        assert receive(session, link.id, [tapped]).kept


@pytest.fixture
def published(published_store: Store) -> Store:
    """Return a store with the demo's published day and a link."""
    published_store.clock = lambda: moment(DAY, 20 * 3600)
    make_link(published_store)
    return published_store


def test_a_day_is_filled_from_its_plan(published: Store) -> None:
    """All visits and ways of rides are there, unreported; trips too; without a published plan nothing is."""
    entries = fill(published)
    assert entries["V01"].is_open
    assert entries["S09-R"].service == "escorted"
    with published.session() as session:
        assert len(trips_between(session, DAY, DAY)) == 5
        for day, code in ((DAY - dt.timedelta(days=1), "ledger.day-unpublished"), (DAY + ONE, "ledger.day-ahead")):
            with pytest.raises(ConflictError) as refused:
                filled_day(session, day)
            assert [finding.code for finding in refused.value.findings] == [code]


def test_the_rest_is_done_as_planned(published: Store) -> None:
    """Somebody says so of what nobody has told of, and filling the day again does not take it back."""
    fill(published)
    tap(published, 1, "visit:V01", TapKind.NOT_HOME, 9 * 3600)
    fill(published)
    with published.session() as session:
        records = open_municipality(session).records
    with published.transaction("mari") as session:
        told = keep_as_planned(session, records, DAY)
    entries = fill(published)
    assert entries["V01"].result is Result.NOT_HOME
    done = [entry for entry in entries.values() if entry.is_done]
    assert len(done) == told > 30
    assert all(entry.actual_seconds == entry.planned_seconds for entry in done)
    with published.transaction("mari") as session:
        assert keep_as_planned(session, records, DAY) == 0
        with pytest.raises(ConflictError):
            keep_as_planned(session, records, DAY + ONE)


def test_taps_become_what_happened(published: Store) -> None:
    """Arrived and done give times, not at home gives a result; taking it back takes it back."""
    tap(published, 1, "visit:V01", TapKind.ARRIVED, 29_000)
    tap(published, 2, "visit:V01", TapKind.DONE, 30_500)
    tap(published, 3, "visit:V04", TapKind.NOT_HOME, 34_000)
    tap(published, 4, "pickup:S09", TapKind.DONE, 35_700)
    tap(published, 5, "delivery:S09", TapKind.DONE, 36_400)
    entries = fill(published)
    done = entries["V01"]
    assert (done.result, done.actual_begin, done.actual_end) == (Result.DONE, 29_000, 30_500)
    assert entries["V04"].result is Result.NOT_HOME
    ride = entries["S09"]
    assert (ride.result, ride.actual_begin, ride.actual_end) == (Result.DONE, 35_700, 36_400)
    tap(published, 6, "visit:V04", TapKind.UNDONE, 36_500)
    assert fill(published)["V04"].is_open


def test_what_is_written_by_hand_stays(published: Store) -> None:
    """Filling the day again leaves it alone; each change is in the history with both sides."""
    fill(published)
    name = f"{DAY}-V01"
    with published.session() as session:
        records, version = open_municipality(session).records, row_of(session, name).version
    with published.transaction("mari") as session:
        change_entry(
            session,
            records,
            name,
            {"result": "refused", "reason": "ei soovinud", "actual_begin": "8:10"},
            version=version,
        )
    assert fill(published)["V01"].reason == "ei soovinud"
    with published.session() as session:
        row = row_of(session, name)
        assert (row.source, row.cells["result"]) == (Source.HAND, "keeldus")
        assert [change.actor for change in changes_of(session, f"log_entry:{name}")] == ["test", "mari"]
    with pytest.raises(StaleError), published.transaction("teine") as session:
        change_entry(session, records, name, {"result": "done"}, version=version)
    with pytest.raises(RefusedError) as refused, published.transaction("mari") as session:
        change_entry(session, records, name, {"actual_begin": "25:99"}, version=row.version)
    assert [(finding.code, finding.field) for finding in refused.value.findings] == [
        ("records.bad-time", "actual_begin")
    ]
    with pytest.raises(MissingError), published.session() as session:
        row_of(session, "V99")


def test_a_file_is_taken_in_over_the_plan(published: Store) -> None:
    """What a file says fills the planned entry, and entries nobody planned are added."""
    planned = fill(published)["V01"]
    told = Entry(
        **{name: getattr(planned, name) for name in ("id", "day", "kind", "service", "client")},
        result=Result.DONE,
        actual_begin=29_000,
    )
    told = replace(told, day=DAY - ONE)  # an entry stays on the day it was planned for
    extra = Entry(id="X1", day=DAY, kind=planned.kind, service=planned.service, client="K02", result=Result.DONE)
    with published.session() as session:
        records = open_municipality(session).records
    with published.transaction("mari") as session:
        assert import_log(session, records, [told, extra], []) == 2
    with pytest.raises(RefusedError) as refused, published.transaction("mari") as session:
        import_log(session, records, [extra, replace(planned, client="K02", day=DAY)], [])
    assert [finding.code for finding in refused.value.findings] == ["ledger.told-otherwise"]
    entries = log(published)
    assert (entries["V01"].planned_begin, entries["V01"].actual_begin) == (planned.planned_begin, 29_000)
    assert entries["X1"].is_done
    with published.session() as session:
        assert len(entries_between(session, DAY, DAY)) == len(entries)


def test_what_was_told_outlives_its_taps(published: Store) -> None:
    """Taps that were forgotten, wholly or some of them, take nothing from the log; taps taken back do."""
    tap(published, 1, "visit:V01", TapKind.ARRIVED, 29_000)
    tap(published, 2, "visit:V01", TapKind.DONE, 30_500)
    tap(published, 3, "visit:V04", TapKind.NOT_HOME, 34_000)
    before = fill(published)
    for names in (["1".zfill(36)], ["2".zfill(36), "3".zfill(36)]):
        with published.transaction("system") as session:
            for name in names:
                session.delete(session.get_one(Tap, name))
        assert fill(published) == before


def test_what_was_done_stays_when_its_round_is_published_no_longer(published: Store) -> None:
    """A visit made before the round was taken out is done by whom it was done, even if filled only now."""
    tap(published, 1, "visit:V01", TapKind.ARRIVED, 29_000)
    tap(published, 2, "visit:V01", TapKind.DONE, 30_500)
    publish(published, with_route(SHIFT, None))
    late = fill(published)
    assert (late["V01"].result, late["V01"].actual_end, late["V01"].shift) == (Result.DONE, 30_500, SHIFT)
    assert late["V01"].worker
    assert late["V04"].result is Result.NOT_POSSIBLE
    assert fill(published) == late
    with published.session() as session:
        filled = filled_day(session, DAY)
    gone = {entry: source for entry, source in filled.entries.items() if not entry.id.endswith(("V01", "V04"))}
    with published.transaction("test") as session:
        keep_day(session, replace(filled, entries=gone))
    assert "V01" in log(published)
    assert "V04" not in log(published)
