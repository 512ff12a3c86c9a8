"""What no week can hold: visits that have no choice of day, counted day by day and proven."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from routing.day.build import build_day
from routing.roads.network import RoadNetwork
from routing.solver.budget import Budget
from routing.weeks.demand import Demand
from routing.weeks.options import windows_of
from routing.weeks.problem import WeekProblem
from routing.weeks.reach import Reach, reach_of
from routing.weeks.result import Placed, WeekPlan, with_visits


def shortages(week: WeekProblem, network: RoadNetwork, *, budget: Budget) -> dict[date, Reach]:
    """Return, for each day that cannot hold even what must be on it, how many of these every plan leaves out at least.

    Must be on it: what is booked, and the visits of plans that need each of their days. `budget` is for each day. The
    sum over the days is what any week lacks at least; it says nothing of visits that could be on other days.
    """
    bound = WeekPlan(first=week.first, placed=tuple(_without_choice(week)), missing=())
    records = with_visits(week.records, bound)
    found = {}
    for day in week.days:
        built = build_day(records, network, day)
        names = [request.id for request in built.problem.requests]
        reach = reach_of(built.problem, built.matrix, names, budget=budget) if names and built.problem.shifts else None
        if reach is not None and reach.least:
            found[day] = reach
    return found


def _without_choice(week: WeekProblem) -> Iterator[Placed]:
    """Yield the visits of plans that need all their days, each on its day."""
    for demand in week.demands:
        if demand.due and demand.due == len(demand.days) * demand.slot.per_day:
            for day in demand.days:
                yield from _turns(demand, day)


def _turns(demand: Demand, day: date) -> Iterator[Placed]:
    for turn in range(demand.slot.per_day):
        windows = windows_of(demand, turn)
        yield Placed(demand=demand, day=day, turn=turn, windows=windows, workers=frozenset())
