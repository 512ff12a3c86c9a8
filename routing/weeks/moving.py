"""Put what a day's rounds left out on another day of the week, where there turns out to be room."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from routing.day.build import build_day
from routing.plan import Plan
from routing.records.model import CareVisit
from routing.roads.network import RoadNetwork
from routing.solver.urgent import insert
from routing.weeks.problem import WeekProblem
from routing.weeks.result import Placed, WeekPlan, with_visits


def put_elsewhere(
    problem: WeekProblem, network: RoadNetwork, plan: WeekPlan, rounds: Mapping[date, Plan], left: Collection[CareVisit]
) -> tuple[WeekPlan, dict[date, Plan]]:
    """Return the week and its rounds with as many of the visits that are `left` on another day as fit there.

    Nobody else's visit changes hands or order. Visits that share their day with another of the same plan stay.
    """
    made = dict(rounds)
    for visit in left:
        item = next((one for one in plan.placed if _is(one, visit)), None)
        for other in _other_days(plan, item) if item is not None else ():
            moved = replace(plan, placed=tuple(replace(one, day=other) if one is item else one for one in plan.placed))
            found = _inserted(problem, network, moved, made.get(other), other)
            if found is not None:
                plan, made[other] = moved, found
                break
    return plan, made


def _is(item: Placed, visit: CareVisit) -> bool:
    return item.demand.slot.per_day == 1 and (item.demand.slot.id, item.day) == (visit.care_slot, visit.day)


def _other_days(plan: WeekPlan, item: Placed) -> Iterator[date]:
    """Yield the days on which the visit may be beside the others of its plan, the preferred and nearest ones first."""
    slot = item.demand.slot
    others = [one.day for one in plan.placed if one.demand is item.demand and one is not item]
    free = [
        day
        for day in item.demand.days
        if day != item.day and all(abs((day - near).days) >= slot.days_apart for near in (*others, *item.demand.near))
    ]
    preferred = slot.preferred_days
    yield from sorted(
        free, key=lambda day: (bool(preferred) and day.isoweekday() not in preferred, abs(day - item.day))
    )


def _inserted(problem: WeekProblem, network: RoadNetwork, plan: WeekPlan, told: Plan | None, day: date) -> Plan | None:
    """Return the rounds of a day with the visit that they do not know yet, None where it does not fit."""
    if told is None:
        return None
    built = build_day(with_visits(problem.records, plan), network, day)
    known = {stop.request for route in told.routes for stop in route.stops} | set(told.unassigned)
    new = [request.id for request in built.problem.requests if request.id not in known]
    if len(new) != 1:
        return None
    waiting = Plan(routes=told.routes, unassigned=(*told.unassigned, *new))
    return insert(built.problem, built.matrix, waiting, new[0])
