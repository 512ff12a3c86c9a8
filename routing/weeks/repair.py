"""Repair planned days when a worker is away: the fewest broken promises, day by day, then other days of the week."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from routing.cost import cost
from routing.day.build import Day, build_day
from routing.errors import UsageError
from routing.plan import Plan
from routing.problem import Priority
from routing.records.model import Absence, CareVisit, Records
from routing.roads.network import RoadNetwork
from routing.solver.budget import Budget, StopSignal, never_stop
from routing.solver.urgent import insert
from routing.weeks.cover import AbsentDay, absent_day, without_worker
from routing.weeks.demand import is_paused, monday_of
from routing.weeks.made import PlannedWorkday
from routing.weeks.promises import Broken, Change


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One visit that nobody could make on its day and that was put on another one of the week."""

    visit: str
    client: str
    before: date
    after: date


@dataclass(frozen=True, kw_only=True)
class Repair:
    """Repaired days: the records with absence, substitutes' shifts and moved visits, and each day's rounds.

    `absent` are the days the worker would have been on duty, with all covers that were weighed; `changes` the promises
    that are not kept, by day; `moved` visits on another day of the week, `lost` those that nobody makes.
    """

    records: Records
    worker: str
    absent: tuple[AbsentDay, ...]
    days: tuple[PlannedWorkday, ...]
    changes: Mapping[date, tuple[Change, ...]] = field(default_factory=dict)
    moved: tuple[Moved, ...] = ()

    @property
    def lost(self) -> Mapping[date, tuple[Change, ...]]:
        """Return what nobody makes on any day of the week, by the day it was on."""
        return {day: lost for day, found in self.changes.items() if (lost := tuple(c for c in found if c.is_lost))}


ROUNDS = 150
"""Iterations that a search of one day without somebody gets: more change little on a municipality's day."""


def rescue_budget(seconds: float, days: int, iterations: int | None = None) -> Budget:
    """Return what each search gets where `days` are to be repaired within about so many seconds.

    Counted in iterations, so that a busy machine finds the same cover; a day needs two or three searches mostly, and
    its part of the seconds ends them anyway.
    """
    return Budget(seconds=max(0.2, seconds / max(1, days) / 3), iterations=iterations or ROUNDS)


def repair(
    records: Records,
    network: RoadNetwork,
    plans: Mapping[date, Plan],
    *,
    worker: str,
    first: date,
    last: date,
    rescue: Budget | None = None,
    on_day: Callable[[date], None] | None = None,
    stop: StopSignal = never_stop,
) -> Repair:
    """Return the days from `first` to `last` without a worker, each with the cover that breaks the least.

    `plans` are the rounds as they were told; `records` hold every visit on its date. A day that would lose somebody is
    searched anew within `rescue`, as near as can be to what was told. Once `stop` says yes the days still to come are
    covered without a search, so that the repair is whole. UsageError for an unknown worker.
    """
    if worker not in {one.id for one in records.workers}:
        raise UsageError(f"worker {worker!r} is unknown; there are {', '.join(sorted(w.id for w in records.workers))}")
    absence = Absence(worker=worker, first=first, last=last)
    found = tuple(_absent_days(records, network, plans, absence, rescue, on_day, stop))
    shifts = [*records.shifts, *(s for one in found for s in one.best.records.shifts if s not in records.shifts)]
    repaired = replace(without_worker(records, absence), shifts=tuple(shifts))
    days = {one.before.day: one.best.plan for one in found}
    work = _Week(records=repaired, network=network, plans={**plans, **days})
    changes = {one.before.day: tuple(work.moving(one.best.changes, one.before.day)) for one in found}
    return Repair(
        records=work.records,
        worker=worker,
        absent=found,
        days=tuple(work.made(days)),
        changes=changes,
        moved=tuple(work.moved),
    )


def _absent_days(
    records: Records,
    network: RoadNetwork,
    plans: Mapping[date, Plan],
    absence: Absence,
    rescue: Budget | None,
    on_day: Callable[[date], None] | None,
    stop: StopSignal,
) -> Iterator[AbsentDay]:
    """Yield each planned day of an absence with its covers."""
    for day, told in sorted(plans.items()):
        if absence.first <= day <= absence.last:
            if on_day is not None:
                on_day(day)
            built = build_day(records, network, day)
            yield absent_day(records, network, built, told, absence, rescue=rescue, stop=stop)


@dataclass(kw_only=True)
class _Week:
    """The records and rounds of the week while lost visits are put on other days of it."""

    records: Records
    network: RoadNetwork
    plans: dict[date, Plan]
    moved: list[Moved] = field(default_factory=list)
    touched: set[date] = field(default_factory=set)

    def moving(self, changes: tuple[Change, ...], day: date) -> Iterator[Change]:
        """Yield the changes of a day, those lost after they were tried on other days of the week."""
        for change in changes:
            yield self._moved(change, day) if change.is_lost else change

    def _moved(self, change: Change, day: date) -> Change:
        for visit in (visit for visit in self.records.visits if visit.id == change.request):
            for other in self._other_days(visit, day):
                if self._put(visit, other):
                    self.moved.append(Moved(visit=visit.id, client=visit.client, before=day, after=other))
                    return replace(change, kinds=frozenset({Broken.MOVED}))
        return change

    def _other_days(self, visit: CareVisit, day: date) -> Iterator[date]:
        """Yield the planned days of the same week that a visit may be on: as its care plan says, else if it is of C."""
        slot = next((slot for slot in self.records.care_slots if slot.id == visit.care_slot), None)
        if visit.after is not None or (slot is None and visit.priority is not Priority.C):
            return
        client = next(client for client in self.records.clients if client.id == visit.client)
        others = [v.day for v in self.records.visits if slot and v.care_slot == slot.id and v.id != visit.id]
        apart = slot.days_apart if slot else 1
        for other in sorted(self.plans, key=lambda one: abs((one - day).days)):
            in_week = monday_of(other) == monday_of(day) and other > day
            allowed = slot is None or not slot.weekdays or other.isoweekday() in slot.weekdays
            far = all(abs((other - near).days) >= apart for near in others)
            if in_week and allowed and far and not is_paused(self.records, client, other):
                yield other

    def _put(self, visit: CareVisit, other: date) -> bool:
        moved = tuple(replace(v, day=other) if v.id == visit.id else v for v in self.records.visits)
        records = replace(self.records, visits=moved)
        built = build_day(records, self.network, other)
        told = self.plans[other]
        waiting = Plan(routes=told.routes, unassigned=(*told.unassigned, visit.id))
        plan = insert(built.problem, built.matrix, waiting, visit.id)
        if plan is None:
            return False
        self.records, self.plans[other] = records, plan
        self.touched.add(other)
        return True

    def made(self, days: Collection[date]) -> Iterator[PlannedWorkday]:
        """Yield every changed day on the records as they are at last."""
        for day in sorted({*days, *self.touched}):
            built: Day = build_day(self.records, self.network, day)
            known = built.problem.request_by_id
            told = self.plans[day]
            plan = Plan(routes=told.routes, unassigned=tuple(name for name in told.unassigned if name in known))
            yield PlannedWorkday(day=built, plan=plan, cost=cost(built.problem, built.matrix, plan))
