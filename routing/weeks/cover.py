"""Who could stand in for an absent worker on one day, ranked by what each would break."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from routing.cost import Cost, cost
from routing.day.build import Day, build_day
from routing.day.shifts import shifts_of
from routing.dispatch.adopt import adopt
from routing.dispatch.desk import Desk
from routing.plan import Plan, Route
from routing.problem import Priority, Problem, Promise, Request
from routing.records.model import Absence, CareVisit, Records, ShiftRecord
from routing.roads.network import RoadNetwork
from routing.solver.budget import Budget, StopSignal, never_stop
from routing.solver.solve import solve
from routing.solver.urgent import insert
from routing.weeks.promises import Change, begins, changes
from routing.weeks.reach import reach_of
from routing.weeks.result import free_id

_SEARCHED = 2
"""How many covers that would lose somebody are searched anew; further ones only while somebody is lost still."""


@dataclass(frozen=True, kw_only=True)
class Cover:
    """One way to get by without a worker on a day: her shift is left empty, or `substitute` takes it.

    `records` are those of that day as it would then be: with the absence, and the substitute's shift. `least_lost` is
    how many of the day's time-critical requests no plan could serve then, None where nobody had to ask.
    """

    substitute: str | None
    reserve: bool
    records: Records
    day: Day
    plan: Plan
    changes: tuple[Change, ...]
    least_lost: int | None = None

    @cached_property
    def cost(self) -> Cost:
        """Return what the day then costs."""
        return cost(self.day.problem, self.day.matrix, self.plan)

    @property
    def lost(self) -> tuple[Change, ...]:
        """Return what nobody makes."""
        return tuple(change for change in self.changes if change.is_lost)

    @property
    def lost_critical(self) -> tuple[Change, ...]:
        """Return what cannot wait and nobody makes."""
        return tuple(change for change in self.lost if change.priority is Priority.A)

    @property
    def rank(self) -> tuple[int, ...]:
        """Return what makes a cover worse: what is lost by priority, promises broken, a reserve, what it costs."""
        lost = [sum(change.priority is priority for change in self.lost) for priority in Priority]
        broken = sum(len(change.kinds) for change in self.changes)
        return (*lost, broken, int(self.reserve), self.cost.total)


@dataclass(frozen=True, kw_only=True)
class AbsentDay:
    """One day without a worker: who was left waiting, and the covers, the best first."""

    before: Day
    told: Plan
    worker: str
    stranded: tuple[str, ...]
    covers: tuple[Cover, ...]

    @property
    def best(self) -> Cover:
        """Return the cover that breaks the least."""
        return self.covers[0]

    @property
    def time_critical(self) -> tuple[str, ...]:
        """Return the stranded requests that must be served that day."""
        found = self.before.problem.request_by_id
        return tuple(name for name in self.stranded if found[name].priority is Priority.A)


def absent_day(
    records: Records,
    network: RoadNetwork,
    before: Day,
    told: Plan,
    absence: Absence,
    *,
    rescue: Budget | None = None,
    stop: StopSignal = never_stop,
) -> AbsentDay:
    """Return what happens to a planned day when a worker is away, and every way to cover for her.

    Nobody else's requests change hands: what the absent worker had goes to where there is room, or her shift with its
    vehicle to somebody who is not on duty. Officials stand behind everybody else who breaks as little. Where the best
    covers would lose somebody, the day is searched anew within `rescue`, promises weighed. Once `stop` says yes nothing
    is searched any more, and the first cover that loses nobody will do.
    """
    own = {shift.id for shift in before.problem.shifts if shift.worker == absence.worker}
    stranded = tuple(
        request.id
        for request in _in_order(before.problem, told)
        if absence.worker in (begins(before.problem, told, request) or ((), 0))[0]
    )
    base = without_worker(records, absence)
    covers = [_cover(base, network, before, told, own, None)]
    for worker in _free(base, before, absence.worker) if stranded else ():
        if stop() and any(not cover.lost for cover in covers):
            break
        covers.append(_cover(base, network, before, told, own, worker))
    if rescue is not None:
        covers = _Rescue(before=before, told=told, budget=rescue, stop=stop).of(covers)
    ranked = tuple(sorted(covers, key=lambda cover: cover.rank))
    return AbsentDay(before=before, told=told, worker=absence.worker, stranded=stranded, covers=ranked)


def without_worker(records: Records, absence: Absence) -> Records:
    """Return the records with an absence; what was meant for the absent worker is for the regular ones."""

    def freed(visit: CareVisit) -> CareVisit:
        if absence.worker in visit.planned_for and absence.first <= visit.day <= absence.last:
            return replace(visit, planned_for=visit.planned_for - {absence.worker})
        return visit

    visits = tuple(map(freed, records.visits))
    return replace(records, absences=(*records.absences, absence), visits=visits)


@dataclass(frozen=True, kw_only=True)
class _Rescue:
    """Searches a day anew where its covers would lose somebody, promises in view."""

    before: Day
    told: Plan
    budget: Budget
    stop: StopSignal

    def of(self, covers: list[Cover]) -> list[Cover]:
        """Return the covers, the best first, those that lose somebody searched anew until one loses nobody.

        A cover that loses as many as another before the search may lose none after it, so all are tried while somebody
        is lost. Where that is somebody time-critical, these are looked at alone: if more of them can be served,
        the day is searched from there, and if not, that is known.
        """
        ranked = sorted(covers, key=lambda cover: cover.rank)
        if not ranked[0].lost:
            return ranked
        for position, cover in enumerate(tuple(ranked)):
            if self.stop() or (position >= _SEARCHED and not min(ranked, key=lambda one: one.rank).lost):
                break
            ranked[position] = self._searched(cover, cover.plan)
        ranked.sort(key=lambda cover: cover.rank)
        if ranked[0].lost_critical and not self.stop():
            ranked[0] = self._critical_first(ranked[0])
        return ranked

    def _critical_first(self, cover: Cover) -> Cover:
        """Return a cover that loses no more of the time-critical than it must, and says how many that is."""
        problem = cover.day.problem
        critical = [request.id for request in problem.requests if request.priority is Priority.A]
        left = sum(name in critical for name in cover.plan.unassigned)
        reach = reach_of(problem, cover.day.matrix, critical, budget=self.budget, stop=self.stop)
        if reach.lost < left:
            rest = tuple(request.id for request in problem.requests if request.id not in critical)
            waiting = replace(reach.plan, unassigned=(*reach.plan.unassigned, *rest))
            cover = self._searched(cover, _inserted(cover.day, waiting, _in_order(self.before.problem, self.told)))
        return replace(cover, least_lost=reach.least)

    def _searched(self, cover: Cover, initial: Plan) -> Cover:
        """Return a cover with the better of its plan and one that is searched for with all promises in view."""
        known, before = cover.day.problem.request_by_id, self.before.problem
        promises = tuple(
            Promise(request=request.id, worker=was[0][0], start=was[1])
            for request in before.requests
            if request.id in known and (was := begins(before, self.told, request)) is not None
        )
        problem = replace(cover.day.problem, promises=promises)
        found = solve(problem, cover.day.matrix, budget=self.budget, initial=initial, stop=self.stop).plan
        other = replace(cover, plan=found, changes=changes(before, self.told, cover.day.problem, found))
        return min(cover, other, key=lambda one: one.rank)


def _in_order(problem: Problem, plan: Plan) -> list[Request]:
    """Return the requests that are served, the time-critical first, then by when they begin."""
    served = [(request, begins(problem, plan, request)) for request in problem.requests]
    ordered = sorted((r.priority.value, when[1], r.id, r) for r, when in served if when is not None)
    return [request for *_, request in ordered]


def _free(records: Records, day: Day, absent: str) -> Iterator[str]:
    """Yield the workers who are not on duty that day and not away."""
    on_duty = {shift.worker for shift in shifts_of(records, day.day)[0]}
    for worker in records.workers:
        away = any(a.worker == worker.id and a.first <= day.day <= a.last for a in records.absences)
        if worker.id != absent and worker.id not in on_duty and not away:
            yield worker.id


def _cover(
    base: Records, network: RoadNetwork, before: Day, told: Plan, own: set[str], substitute: str | None
) -> Cover:
    records, renamed = base, dict[str, str]()
    if substitute is not None:
        known = {shift.id for shift in base.shifts}
        # one record a day: whoever stands in for several days has a shift on each
        renamed = {shift: free_id(f"{shift}-{substitute}-{before.day:%y%m%d}", known) for shift in own}
        taken = [_taken_over(shift, renamed[shift.id], substitute, before) for shift in base.shifts if shift.id in own]
        records = replace(base, shifts=(*base.shifts, *taken))
    day = build_day(records, network, before.day)
    desk = Desk(problem=day.problem, matrix=day.matrix, told=told)
    plan = adopt(desk, Plan(routes=tuple(_kept(route, renamed, day.problem) for route in told.routes)))
    plan = _inserted(day, plan, _in_order(before.problem, told))
    reserve = any(worker.id == substitute and worker.reserve for worker in records.workers)
    return Cover(
        substitute=substitute,
        reserve=reserve,
        records=records,
        day=day,
        plan=plan,
        changes=changes(before.problem, told, day.problem, plan),
    )


def _taken_over(shift: ShiftRecord, name: str, worker: str, day: Day) -> ShiftRecord:
    return replace(shift, id=name, worker=worker, day=day.day, weekdays=frozenset())


def _kept(route: Route, renamed: dict[str, str], problem: Problem) -> Route:
    """Return a route under its new name, without what its new worker may not or cannot do."""
    name = renamed.get(route.shift, route.shift)
    shift = problem.shift_by_id.get(name)
    if shift is None or name == route.shift:
        return route
    offers, worker = problem.offers(shift), shift.worker

    def can(request: str) -> bool:
        asked = problem.request_by_id.get(request)
        return asked is not None and asked.skills <= offers and worker not in asked.forbidden

    return Route(shift=name, stops=tuple(stop for stop in route.stops if stop.request is None or can(stop.request)))


def _inserted(day: Day, plan: Plan, order: list[Request]) -> Plan:
    """Return the plan with what was left waiting put in where there is room, the time-critical first."""
    for request in order:
        if request.id in plan.unassigned:
            plan = insert(day.problem, day.matrix, plan, request.id) or plan
    return plan
