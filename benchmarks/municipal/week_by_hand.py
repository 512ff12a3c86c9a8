"""How a week is planned by hand: each carer keeps her own clients, spreads them over the days, drives nearest first.

A client's visits go to the days on which her carer has least to do so far. What a day then cannot hold is offered to
the least busy other day that the plan allows, twice, as a coordinator would do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from benchmarks.municipal.by_hand import plan_by_hand
from routing.cost import cost
from routing.day.build import build_day
from routing.records.model import Records
from routing.roads.network import RoadNetwork
from routing.weeks.demand import Demand, demands_of, week_days
from routing.weeks.made import PlannedWorkday, Weeks
from routing.weeks.options import windows_of
from routing.weeks.result import Placed, WeekPlan, with_visits

_AGAIN = 2


def week_by_hand(records: Records, network: RoadNetwork, first: date) -> Weeks:
    """Return the week as a coordinator makes it."""
    demands = demands_of(records, first)
    chosen = _spread(demands)
    weeks = _planned(records, network, first, demands, chosen)
    for _ in range(_AGAIN):
        if not weeks.left_out:
            break
        _offer(weeks, demands, chosen)
        other = _planned(records, network, first, demands, chosen)
        if len(other.left_out) >= len(weeks.left_out):
            break
        weeks = other
    return weeks


def _spread(demands: tuple[Demand, ...]) -> dict[str, list[date]]:
    """Return the days of each recurring visit: those on which its carer has least to do, farther apart if need be."""
    busy: dict[tuple[str, date], int] = defaultdict(int)
    chosen: dict[str, list[date]] = {}
    for demand in sorted(demands, key=lambda demand: (-demand.due, demand.slot.id)):
        carer = min(demand.client.regular, default="")
        days: list[date] = []
        while len(days) < demand.due:
            free = [day for day in demand.days if _holds(demand, days, day)]
            if not free:
                break
            day = min(free, key=lambda day: (busy[carer, day], day))
            busy[carer, day] += demand.slot.duration
            days.append(day)
        chosen[demand.slot.id] = days
    return chosen


def _holds(demand: Demand, days: list[date], day: date) -> bool:
    """Tell whether a day may be added and the rest still be placed: later visits are spaced from the first possible."""
    if any(abs((day - other).days) < demand.slot.days_apart for other in days):
        return False
    left = demand.due - len(days) - 1
    rest = [d for d in demand.days if all(abs((d - o).days) >= demand.slot.days_apart for o in (*days, day))]
    return _room(rest, demand.slot.days_apart) >= left


def _room(days: list[date], apart: int) -> int:
    count, last = 0, None
    for day in days:
        if last is None or (day - last).days >= apart:
            count, last = count + 1, day
    return count


def _placed(demands: tuple[Demand, ...], chosen: dict[str, list[date]]) -> Iterator[Placed]:
    for demand in demands:
        for day in sorted(chosen[demand.slot.id]):
            yield Placed(demand=demand, day=day, turn=0, windows=windows_of(demand, 0), workers=demand.client.regular)


def _planned(
    records: Records,
    network: RoadNetwork,
    first: date,
    demands: tuple[Demand, ...],
    chosen: dict[str, list[date]],
) -> Weeks:
    plan = WeekPlan(first=first, placed=tuple(_placed(demands, chosen)), missing=())
    dated = with_visits(records, plan)
    days = []
    for day in week_days(first):
        built = build_day(dated, network, day)
        if built.problem.requests:
            rounds = plan_by_hand(built.problem, built.matrix)
            points = cost(built.problem, built.matrix, rounds)
            days.append(PlannedWorkday(day=built, plan=rounds, cost=points))
    ours = {visit.id for visit in dated.visits if visit.care_slot}
    left = tuple(name for made in days for name in made.plan.unassigned if name in ours)
    return Weeks(records=dated, plans=(plan,), days=tuple(days), left_out=left)


def _offer(weeks: Weeks, demands: tuple[Demand, ...], chosen: dict[str, list[date]]) -> None:
    """Put what was left out on the least busy other day on which it may be."""
    visits = {visit.id: visit for visit in weeks.records.visits}
    busy = {made.day.day: sum(route.work for route in made.plan.routes) for made in weeks.days}
    by_slot = {demand.slot.id: demand for demand in demands}
    for name in weeks.left_out:
        demand, days = by_slot[visits[name].care_slot or ""], chosen[visits[name].care_slot or ""]
        kept = [day for day in days if day != visits[name].day]
        apart = demand.slot.days_apart
        free = [
            day
            for day in demand.days
            if day != visits[name].day and all(abs((day - other).days) >= apart for other in kept)
        ]
        if free:
            chosen[demand.slot.id] = [*kept, min(free, key=lambda day: busy.get(day, 0))]
