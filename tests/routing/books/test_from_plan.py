"""A planned day becomes entries and trips that wait for what happens."""

from datetime import date

from api.desk.demo import demo_folder
from api.loading import open_day, open_folder
from routing.books.entry import EntryKind, Result, Way
from routing.books.from_plan import planned_entries, planned_trips
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
    assert all(entry.is_open for entry in entries.values() if entry.worker)


def test_trips_of_the_demo_day() -> None:
    """Each round that drives is a trip of its vehicle."""
    day = open_day(open_folder(demo_folder()), date(2026, 11, 25))
    trips = planned_trips(day, plan())
    assert {trip.shift for trip in trips} == {route.shift for route in plan().routes}
    assert sum(trip.planned_metres or 0 for trip in trips) == plan().metres
    assert all(trip.metres is None for trip in trips)
