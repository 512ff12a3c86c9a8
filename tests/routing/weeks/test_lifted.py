"""A whole week as one day: what may move does, what may not stays, and the days come back sound."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from routing.day.build import build_day
from routing.problem import TimeWindow, Visit
from routing.records.model import CareSlot, Records
from routing.review.check import check
from routing.solver.budget import Budget
from routing.solver.kernel.warm import warm
from routing.solver.solve import solve
from routing.weeks.lifted import DAY, Lifted, landed, lift
from routing.weeks.options import windows_of
from routing.weeks.problem import week_problem
from routing.weeks.reasons import missing_of
from routing.weeks.result import Placed, WeekPlan, with_visits
from routing.weeks.standing import Standing
from routing.weeks.weights import Weights
from tests.routing.weeks.town import HOUR, MONDAY, plan, roads, slot, town, window

BUDGET = Budget(seconds=60, iterations=1)


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """Compile first: without the compiled search another plan is the first one."""
    warm()


def lifted(*placed: tuple[str, int], records: Records, **options: Any) -> Lifted:
    """Return a week as one day, its visits given as (client, days after Monday)."""
    week = week_problem(records, roads(), MONDAY)
    by_client = {demand.client.id: demand for demand in week.demands}
    items = []
    for client, ahead in placed:
        demand, day = by_client[client], MONDAY + timedelta(days=ahead)
        turn = sum(item.demand is demand and item.day == day for item in items)
        windows = windows_of(demand, turn)
        items.append(Placed(demand=demand, day=day, turn=turn, windows=windows, workers=frozenset({"T1"})))
    made = WeekPlan(first=MONDAY, placed=tuple(items), missing=missing_of(week, items))
    return lift(
        week, roads(), made, {}, **{"faces": {}, "weights": Weights(stranger=1_000), "standing": Standing(), **options}
    )


def days_of(visit: Visit) -> list[int]:
    """Return the days after Monday on which a visit may begin."""
    return [window.earliest // DAY for window in visit.windows]


@pytest.mark.parametrize(
    ("asked", "records", "days"),
    [
        (slot(times=2), {}, [0, 1, 2, 3, 4]),
        (slot(times=5), {}, [0]),
        (slot(times=2, weekdays=frozenset({1, 4})), {}, [0]),
        (slot(times=1, weekdays=frozenset({1, 4})), {}, [0, 3]),
        (slot(times=2, preferred_days=frozenset({3})), {}, [0, 2]),
        (slot(times=4, per_day=2, windows=(window(8, 9), window(13, 14))), {}, [0]),
        (slot(times=1), {"care_plans": (plan(monthly=20 * HOUR),)}, [0]),
    ],
)
def test_days_of_a_visit(asked: CareSlot, records: dict[str, Any], days: list[int]) -> None:
    """A visit may go where its plan lets it: not where all days are taken, nor from a month or a preferred day."""
    found = lifted(("K1", 0), records=town(asked, **records))
    assert days_of(next(visit for visit in found.problem.visits if visit.id == "V-K1-261130")) == days


def test_days_apart_are_gaps() -> None:
    """Beginnings on days too near break the gap, whatever the hour; on days far enough none does."""
    asked = slot(times=2, days_apart=2, windows=(window(8, 10), window(13, 14)), max_lateness=900)
    found = lifted(("K1", 0), ("K1", 2), records=town(asked))
    (gap,) = found.problem.gaps
    first = found.problem.request_by_id[gap.first]
    assert isinstance(first, Visit)
    hours = (8 * HOUR, 14 * HOUR + 900)
    for days in range(4):
        kept = {days * DAY + late - early - first.duration >= gap.minimum for early in hours for late in hours}
        assert kept == {days >= 2}


def test_missing_visit_finds_room() -> None:
    """What seemed to have no time waits in the problem, is put on a day by the search, and the days are sound."""
    records = town(slot(times=3, days_apart=2), slot("K2", times=5))
    found = lifted(("K1", 0), ("K1", 3), *(("K2", day) for day in range(5)), records=records)
    assert len(found.waiting) == 1
    answer = solve(found.problem, found.matrix, budget=BUDGET).plan
    made, rounds = landed(found, answer)
    assert made.missing == ()
    assert sorted((item.day - MONDAY).days for item in made.placed if item.demand.client.id == "K1") == [0, 2, 4]
    for day, told in rounds.items():
        built = build_day(with_visits(records, made), roads(), day)
        assert check(built.problem, built.matrix, told) == ()
        assert {stop.request for route in told.routes for stop in route.stops} - {None} == set(
            built.problem.request_by_id
        )


def test_left_out_is_missing() -> None:
    """What the search cannot put anywhere is missing, and no longer on any day."""
    records = town(slot(times=1, windows=(TimeWindow(earliest=20 * HOUR, latest=21 * HOUR),)))
    found = lifted(("K1", 0), records=records)
    made, _ = landed(found, solve(found.problem, found.matrix, budget=BUDGET).plan)
    assert made.placed == ()
    assert [missing.times for missing in made.missing] == [1]


def test_faces_are_regular() -> None:
    """Who is to come is no stranger on any day, everybody else is one for the points that were named."""
    heavy = Weights(stranger=9_000)
    found = lifted(("K1", 0), records=town(slot(times=1)), faces={"K1": frozenset({"T2"})}, weights=heavy)
    (visit,) = found.problem.visits
    assert visit.regular == {f"T2@{number}" for number in range(7)}
    assert found.problem.objective.unfamiliar == 9_000
    assert replace(found.problem, visits=()).shifts[0].id == "S1@0"
