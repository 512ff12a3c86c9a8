"""A planned day becomes entries and trips that wait for what happens."""

from datetime import date

from api.desk.demo import demo_folder
from api.loading import open_day, open_folder
from routing.books.entry import EntryKind, Result, Way
from routing.books.from_plan import planned_entries, planned_trips
from routing.review.reasons import Block
from routing.wording import say
from tests.rounds import DAY, plan


def test_the_demo_day() -> None:
    """Every visit and both ways of every ride are there, crews once, with times and ways as planned."""
    day = open_day(open_folder(demo_folder()), DAY)
    entries = {
        entry.request if entry.way is not Way.BACK else f"{entry.request}-R": entry
        for entry in planned_entries(day, plan())
    }
    assert set(entries) == set(day.subjects)
    crew = entries["V03"]
    assert (crew.kind, crew.id, len(crew.workers)) == (EntryKind.VISIT, "2026-11-25-V03", 2)
    out, back = entries["S09"], entries["S09-R"]
    assert (out.way, back.way, out.start, back.end) == (Way.OUT, Way.BACK, "home", "home")
    assert out.case == back.case
    assert out.planned_metres == day.matrix.length(f"client:{out.client}", out.end)
    assert back.waited is not None
    left = [entry for entry in entries.values() if not entry.worker]
    assert [entry.result for entry in left] == [Result.NOT_POSSIBLE] * len(plan().unassigned)
    assert {entry.reason for entry in left} <= {say(f"ledger.why-{block.value}", "et") for block in Block}
    assert all(entry.is_open for entry in entries.values() if entry.worker)


def test_times_are_those_that_people_were_told() -> None:
    """Whole minutes, so that the log reads as the printed round does; a visit lasts as long as the care asked for."""
    day = open_day(open_folder(demo_folder()), DAY)
    entries = planned_entries(day, plan(), lang="en")
    times = [t for e in entries for t in (e.planned_begin, e.planned_end, e.travel, e.waited) if t is not None]
    times += [t for trip in planned_trips(day, plan()) for t in (trip.begin, trip.end) if t is not None]
    assert {seconds % 60 for seconds in times} == {0}
    lengths = {f"{DAY}-{visit.id}": visit.duration for visit in day.records.visits}
    assert all(e.planned_seconds == lengths[e.id] for e in entries if e.kind is EntryKind.VISIT and e.worker)
    assert {e.reason for e in entries if not e.worker} <= {say(f"ledger.why-{block.value}", "en") for block in Block}


def test_trips_of_the_demo_day() -> None:
    """Each round that drives is a trip of its vehicle."""
    day = open_day(open_folder(demo_folder()), date(2026, 11, 25))
    trips = planned_trips(day, plan())
    assert {trip.shift for trip in trips} == {route.shift for route in plan().routes}
    assert sum(trip.planned_metres or 0 for trip in trips) == plan().metres
    assert all(trip.metres is None for trip in trips)
