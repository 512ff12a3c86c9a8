"""What would let a missing visit in: the smallest change of one day, tried before it is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from routing.day.build import Day, build_day
from routing.plan import Plan
from routing.records.model import CareSlot
from routing.review.remedies import remedies
from routing.review.remedy import Remedy
from routing.roads.network import RoadNetwork
from routing.weeks.demand import Demand, Lack
from routing.weeks.made import Weeks
from routing.weeks.options import windows_of
from routing.weeks.result import Missing, Placed, WeekPlan, dated, taken_ids

_DAYS = 3
"""On how many days, those of the least work, a remedy is looked for."""


@dataclass(frozen=True, kw_only=True)
class WeekRemedy:
    """One visit that a week lacks and the change of a day that would let it in.

    `remedy` holds for `day` with the visit on it, and `plan`, the day's rounds that the visit is not in.
    """

    slot: CareSlot
    day: Day
    plan: Plan
    remedy: Remedy


def remedies_of(weeks: Weeks, network: RoadNetwork) -> Iterator[WeekRemedy]:
    """Yield for each visit that found no time the cheapest change that lets it in, on whichever day that is."""
    yield from _of_days(weeks)
    for plan in weeks.plans:
        for missing in plan.missing:
            if missing.why is Lack.FULL:
                found = list(_tried(weeks, network, plan, missing))
                if found:
                    yield min(found, key=lambda one: (one.remedy.points, one.day.day))


def _of_days(weeks: Weeks) -> Iterator[WeekRemedy]:
    """Yield what would let in the visits that have a day whose rounds leave them out."""
    slots = {slot.id: slot for slot in weeks.records.care_slots}
    owner = {visit.id: slots[visit.care_slot] for visit in weeks.records.visits if visit.care_slot}
    for made in weeks.days:
        for name in made.plan.unassigned:
            if name in weeks.left_out:
                for remedy in remedies(made.day.problem, made.day.matrix, made.plan, name)[:1]:
                    yield WeekRemedy(slot=owner[name], day=made.day, plan=made.plan, remedy=remedy)


def _tried(weeks: Weeks, network: RoadNetwork, plan: WeekPlan, missing: Missing) -> Iterator[WeekRemedy]:
    rounds = {made.day.day: made.plan for made in weeks.days}
    days = sorted(_open_days(plan, missing.demand), key=lambda day: _work(rounds.get(day)))
    for day, turn in _turns(plan, missing.demand, days[:_DAYS]):
        demand = missing.demand
        item = Placed(demand=demand, day=day, turn=turn, windows=windows_of(demand, turn), workers=frozenset())
        visit = dated(replace(plan, placed=(item,)), taken_ids(weeks.records))[0][1]
        built = build_day(replace(weeks.records, visits=(*weeks.records.visits, visit)), network, day)
        told = rounds.get(day, Plan(routes=()))
        waiting = replace(told, unassigned=(*told.unassigned, visit.id))
        for remedy in remedies(built.problem, built.matrix, waiting, visit.id)[:1]:
            yield WeekRemedy(slot=demand.slot, day=built, plan=waiting, remedy=remedy)


def _open_days(plan: WeekPlan, demand: Demand) -> Iterator[date]:
    """Yield the days on which the plan allows one visit more beside those that are made."""
    made = [item.day for item in plan.placed if item.demand.slot.id == demand.slot.id]
    for day in demand.days:
        far = all(day == other or abs((day - other).days) >= demand.slot.days_apart for other in made)
        if far and made.count(day) < demand.slot.per_day:
            yield day


def _turns(plan: WeekPlan, demand: Demand, days: Iterable[date]) -> Iterator[tuple[date, int]]:
    """Yield the days with the first turn of each that is not taken."""
    taken = {(item.day, item.turn) for item in plan.placed if item.demand.slot.id == demand.slot.id}
    for day in days:
        yield from [(day, turn) for turn in range(demand.slot.per_day) if (day, turn) not in taken][:1]


def _work(rounds: Plan | None) -> int:
    return 0 if rounds is None else sum(route.work for route in rounds.routes)
