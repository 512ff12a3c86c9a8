"""What a day cannot hold is proven, and what it can is found."""

import pytest

from routing.day.build import build_day
from routing.records.model import Records
from routing.solver.budget import Budget
from routing.weeks.planner import Effort, plan_week
from routing.weeks.problem import week_problem
from routing.weeks.reach import reach_of
from routing.weeks.result import with_visits
from routing.weeks.shortage import shortages
from tests.routing.weeks.town import HOUR, MONDAY, roads, slot, town, window

BUDGET = Budget(seconds=60, iterations=2)
DAILY = {"times": 5, "windows": (window(9, 9.25),)}


def daily(count: int) -> Records:
    """Return so many clients who need somebody at the same time each workday, for two carers."""
    return town(*(slot(f"K{number}", **DAILY) for number in range(1, count + 1)))


@pytest.mark.parametrize(("count", "least"), [(2, 0), (3, 1), (4, 2)])
def test_every_day_is_counted(count: int, least: int) -> None:
    """Two carers can be with two clients at once: each client more is missed on each of the five days."""
    found = shortages(week_problem(daily(count), roads(), MONDAY), roads(), budget=BUDGET)
    assert sum(reach.least for reach in found.values()) == 5 * least
    assert all(reach.is_exact for reach in found.values())


def test_only_what_is_asked_about() -> None:
    """Visits that were not asked about take nobody's time."""
    records = town(*(slot(f"K{n}", times=1, duration=4 * HOUR, weekdays=frozenset({1})) for n in range(1, 5)))
    week = week_problem(records, roads(), MONDAY)
    made = plan_week(week, effort=Effort(seconds=60, work=0.2))
    built = build_day(with_visits(records, made), roads(), MONDAY)
    names = [request.id for request in built.problem.requests][:1]
    reach = reach_of(built.problem, built.matrix, names, budget=BUDGET)
    assert (reach.lost, reach.least) == (0, 0)
    assert {stop.request for route in reach.plan.routes for stop in route.stops} - {None} == set(names)
