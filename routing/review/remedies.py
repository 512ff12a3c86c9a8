"""Find what would help: the smallest verified change that lets a request in.

A remedy is a change of the problem. It is offered only after the request has been inserted, with an exact timetable,
into the plan as it stands under the changed problem.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Lock, Priority, Problem, Shift, Shipment, Step, StepKind, TimeWindow, Visit
from routing.solver.insertion import best_insertion, unit_of
from routing.solver.instance import Instance, Routes
from routing.solver.solve import routes_of
from routing.wording import say

MOST_MINUTES = 120
"""The largest change of a time that is offered."""


class RemedyKind(StrEnum):
    """What is changed; each kind has its sentence in the catalogue `explain`."""

    LATER = "later"
    EARLIER = "earlier"
    END_LATER = "end-later"
    START_EARLIER = "start-earlier"
    LONGER_RIDE = "longer-ride"
    VEHICLE = "vehicle"
    UNLOCK = "unlock"
    INSTEAD = "instead"
    SKILL = "skill"


_PRICE: Mapping[RemedyKind, tuple[int, int]] = {
    RemedyKind.LATER: (0, 120),
    RemedyKind.EARLIER: (0, 120),
    RemedyKind.LONGER_RIDE: (0, 60),
    RemedyKind.END_LATER: (0, 100),
    RemedyKind.START_EARLIER: (0, 100),
    RemedyKind.VEHICLE: (1_500, 0),
    RemedyKind.UNLOCK: (5_000, 0),
    RemedyKind.SKILL: (20_000, 0),
    RemedyKind.INSTEAD: (50_000, 0),
}
"""Points of asking for each kind of change, fixed and per minute: what ranks remedies, nothing else."""


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """One change that would let `request` in, and the shifts it would then go to.

    `minutes` belongs to changes of time, `shift` to changes of a shift, `vehicle` to VEHICLE, `other` to INSTEAD (the
    request that would have to go), `step` to LATER and EARLIER.
    """

    kind: RemedyKind
    request: str
    minutes: int = 0
    shift: str = ""
    vehicle: str = ""
    other: str = ""
    step: Step | None = None
    goes_to: tuple[str, ...] = ()
    points: int = 0

    def apply(self, problem: Problem) -> Problem:
        """Return the problem with the change made."""
        return _APPLY[self.kind](problem, self)

    def sentence(self, lang: str, labels: Mapping[str, str]) -> str:
        """Say it in `lang`, ids replaced by `labels` where there are any."""
        where = "" if self.step is None or self.step.kind is StepKind.VISIT else f"-{self.step.kind.value}"
        return say(
            f"explain.remedy-{self.kind.value}{where}",
            lang,
            n=self.minutes,
            minutes=self.minutes,
            shift=labels.get(self.shift, self.shift),
            vehicle=labels.get(self.vehicle, self.vehicle),
            other=labels.get(self.other, self.other),
            request=labels.get(self.step.request, self.step.request) if self.step else "",
            target=", ".join(labels.get(shift, shift) for shift in self.goes_to),
        )


def remedies(problem: Problem, matrix: Matrix, plan: Plan, request: str) -> tuple[Remedy, ...]:
    """Return the verified changes that would let an unassigned request in, the cheapest first."""
    instance = Instance(problem, matrix)
    routes = routes_of(instance, plan)
    unit = unit_of(instance, instance.request_index[request])
    found = [
        verified
        for draft in _drafts(problem, instance, routes, unit, request)
        for verified in _smallest(problem, matrix, plan, draft)
    ]
    return tuple(sorted(found, key=lambda remedy: (remedy.points, remedy.kind, remedy.shift, remedy.other)))


def try_remedy(problem: Problem, matrix: Matrix, plan: Plan, remedy: Remedy) -> Remedy | None:
    """Return the remedy with where the request would go and at what price, or None where it does not help."""
    changed = remedy.apply(problem)
    instance = Instance(changed, matrix)
    left = plan
    if remedy.kind is RemedyKind.INSTEAD:
        gone = {instance.requests[r].id for r in unit_of(instance, instance.request_index[remedy.other])}
        left = without(plan, gone)
    unit = unit_of(instance, instance.request_index[remedy.request])
    candidate = best_insertion(instance, routes_of(instance, left), unit)
    if candidate is None:
        return None
    fixed, per_minute = _PRICE[remedy.kind]
    targets = tuple(instance.shifts[shift].shift.id for shift, _ in candidate.changes)
    return replace(remedy, goes_to=targets, points=fixed + per_minute * remedy.minutes + candidate.points)


def without(plan: Plan, requests: set[str]) -> Plan:
    """Return a plan whose routes lack `requests`; its times are not adjusted."""
    routes = tuple(replace(r, stops=tuple(s for s in r.stops if s.request not in requests)) for r in plan.routes)
    return replace(plan, routes=routes, unassigned=(*plan.unassigned, *sorted(requests)))


def _smallest(problem: Problem, matrix: Matrix, plan: Plan, draft: Remedy) -> Iterator[Remedy]:
    """Yield a draft with the fewest whole minutes that help, or as it is where it has no minutes."""
    best = try_remedy(problem, matrix, plan, draft)
    if best is None:
        return
    low, high = 0, draft.minutes
    while high - low > 1:
        middle = (low + high) // 2
        tried = try_remedy(problem, matrix, plan, replace(draft, minutes=middle))
        if tried is None:
            low = middle
        else:
            high, best = middle, tried
    yield best


def _drafts(
    problem: Problem, instance: Instance, routes: Routes, unit: tuple[int, ...], request: str
) -> Iterator[Remedy]:
    """Yield the changes worth trying, times at their largest."""
    for member in unit:
        for node in instance.nodes_of_request[member]:
            for kind in (RemedyKind.LATER, RemedyKind.EARLIER):
                yield Remedy(kind=kind, request=request, minutes=MOST_MINUTES, step=instance.nodes[node].step)
        if instance.ride_limit(member, 0) is not None:
            step = instance.nodes[instance.nodes_of_request[member][0]].step
            yield Remedy(kind=RemedyKind.LONGER_RIDE, request=request, minutes=MOST_MINUTES, step=step)
    for data in instance.shifts:
        blocks = {instance.static_block(member, data.index) for member in unit} - {None}
        if not blocks:
            for kind in (RemedyKind.END_LATER, RemedyKind.START_EARLIER):
                yield Remedy(kind=kind, request=request, minutes=MOST_MINUTES, shift=data.shift.id)
        if blocks & {"room", "skills"}:
            for vehicle in problem.vehicles:
                if vehicle.id != data.shift.vehicle:
                    yield Remedy(kind=RemedyKind.VEHICLE, request=request, shift=data.shift.id, vehicle=vehicle.id)
        if "skills" in blocks:
            yield Remedy(kind=RemedyKind.SKILL, request=request, shift=data.shift.id)
    if any(instance.requests[member].id in problem.locked_requests for member in unit):
        yield Remedy(kind=RemedyKind.UNLOCK, request=request)
    yield from _exchanges(instance, routes, unit, request)


def _exchanges(instance: Instance, routes: Routes, unit: tuple[int, ...], request: str) -> Iterator[Remedy]:
    """Yield requests that matter less and could make room."""
    worth = sum(instance.unassigned_points(member) for member in unit)
    served = {instance.nodes[index].request for sequence in routes for index in sequence}
    for other in sorted(served):
        rival = unit_of(instance, other)
        cheaper = sum(instance.unassigned_points(member) for member in rival) < worth
        movable = instance.requests[other].priority is not Priority.A
        if cheaper and movable and other == rival[0]:
            yield Remedy(kind=RemedyKind.INSTEAD, request=request, other=instance.requests[other].id)


def _widen(problem: Problem, remedy: Remedy) -> Problem:
    step, seconds = remedy.step, remedy.minutes * 60
    if step is None:
        return problem

    def windows(old: tuple[TimeWindow, ...]) -> tuple[TimeWindow, ...]:
        later = remedy.kind is RemedyKind.LATER
        grown = [
            TimeWindow(earliest=w.earliest, latest=w.latest + seconds)
            if later
            else TimeWindow(earliest=max(0, w.earliest - seconds), latest=w.latest)
            for w in sorted(old)
        ]
        merged = grown[:1]
        for window in grown[1:]:
            if window.earliest <= merged[-1].latest:
                merged[-1] = TimeWindow(earliest=merged[-1].earliest, latest=max(merged[-1].latest, window.latest))
            else:
                merged.append(window)
        return tuple(merged)

    def ride(old: Shipment) -> Shipment:
        if old.id != step.request:
            return old
        if step.kind is StepKind.PICKUP:
            return replace(old, pickup=replace(old.pickup, windows=windows(old.pickup.windows)))
        return replace(old, delivery=replace(old.delivery, windows=windows(old.delivery.windows)))

    def visit(old: Visit) -> Visit:
        return replace(old, windows=windows(old.windows)) if old.id == step.request else old

    return replace(problem, visits=tuple(map(visit, problem.visits)), shipments=tuple(map(ride, problem.shipments)))


def _shift_change(change: Callable[[Shift, Remedy], Shift]) -> Callable[[Problem, Remedy], Problem]:
    def apply(problem: Problem, remedy: Remedy) -> Problem:
        shifts = tuple(change(s, remedy) if s.id == remedy.shift else s for s in problem.shifts)
        return replace(problem, shifts=shifts)

    return apply


def _longer(shift: Shift, remedy: Remedy) -> int | None:
    return None if shift.max_duration is None else shift.max_duration + remedy.minutes * 60


def _end_later(shift: Shift, remedy: Remedy) -> Shift:
    return replace(shift, latest=shift.latest + remedy.minutes * 60, max_duration=_longer(shift, remedy))


def _start_earlier(shift: Shift, remedy: Remedy) -> Shift:
    earliest = max(0, shift.earliest - remedy.minutes * 60)
    return replace(shift, earliest=earliest, max_duration=_longer(shift, remedy))


def _other_vehicle(shift: Shift, remedy: Remedy) -> Shift:
    return replace(shift, vehicle=remedy.vehicle)


def _grant_skills(problem: Problem, remedy: Remedy) -> Problem:
    link = problem.link_by_ride.get(remedy.request)
    names = {remedy.request} if link is None else {link.outbound, link.inbound}
    skills = frozenset(skill for name in names for skill in problem.request_by_id[name].skills)
    shifts = tuple(replace(s, skills=s.skills | skills) if s.id == remedy.shift else s for s in problem.shifts)
    return replace(problem, shifts=shifts)


def _longer_ride(problem: Problem, remedy: Remedy) -> Problem:
    if remedy.step is None:
        return problem

    def ride(old: Shipment) -> Shipment:
        if remedy.step is None or old.id != remedy.step.request:
            return old
        longest = None if old.max_ride is None else old.max_ride + remedy.minutes * 60
        percent = None if old.max_ride_percent is None else old.max_ride_percent + remedy.minutes * 5
        return replace(old, max_ride=longest, max_ride_percent=percent)

    return replace(problem, shipments=tuple(map(ride, problem.shipments)))


def _unlock(problem: Problem, remedy: Remedy) -> Problem:
    link = problem.link_by_ride.get(remedy.request)
    names = {remedy.request} if link is None else {link.outbound, link.inbound}
    kept: list[Lock] = [lock for lock in problem.locks if not names & replace(problem, locks=(lock,)).locked_requests]
    return replace(problem, locks=tuple(kept))


def _unchanged(problem: Problem, remedy: Remedy) -> Problem:  # noqa: ARG001
    return problem


_APPLY: Mapping[RemedyKind, Callable[[Problem, Remedy], Problem]] = {
    RemedyKind.LATER: _widen,
    RemedyKind.EARLIER: _widen,
    RemedyKind.LONGER_RIDE: _longer_ride,
    RemedyKind.END_LATER: _shift_change(_end_later),
    RemedyKind.START_EARLIER: _shift_change(_start_earlier),
    RemedyKind.VEHICLE: _shift_change(_other_vehicle),
    RemedyKind.UNLOCK: _unlock,
    RemedyKind.SKILL: _grant_skills,
    RemedyKind.INSTEAD: _unchanged,
}
