"""Changes worth trying for one request, times at their largest: what `routing.review.remedies` then verifies."""

from __future__ import annotations

from collections.abc import Iterator

from routing.problem import Priority, Problem
from routing.review.remedy import Remedy, RemedyKind
from routing.solver.elements import NEVER, Routes, ShiftData
from routing.solver.insertion import unit_of
from routing.solver.instance import Instance

MOST_MINUTES = 120
"""The largest change of a time that is offered."""


def drafts(problem: Problem, instance: Instance, routes: Routes, request: str) -> Iterator[Remedy]:
    """Yield the changes that could let an unassigned request in."""
    unit = unit_of(instance, instance.request_index[request])
    for member in unit:
        yield from _of_windows(instance, member, request)
        yield from _of_ride(instance, member, request)
    for data in instance.shifts:
        yield from _of_shift(problem, instance, data, unit, request)
    if any(instance.requests[member].id in problem.locked_requests for member in unit):
        yield Remedy(kind=RemedyKind.UNLOCK, request=request)
    yield from _of_rivals(instance, routes, unit, request)


def _of_windows(instance: Instance, member: int, request: str) -> Iterator[Remedy]:
    for node in instance.nodes_of_request[member]:
        for kind in (RemedyKind.LATER, RemedyKind.EARLIER):
            yield Remedy(kind=kind, request=request, minutes=MOST_MINUTES, step=instance.nodes[node].step)


def _of_ride(instance: Instance, member: int, request: str) -> Iterator[Remedy]:
    limits = [instance.ride_limit(member, data.index) for data in instance.shifts]
    if any(limit is not None for limit in limits):
        step = instance.nodes[instance.nodes_of_request[member][0]].step
        ways = [instance.direct(member, data.index) for data in instance.shifts]
        slowest = max((way for way in ways if way < NEVER), default=0)
        yield Remedy(kind=RemedyKind.LONGER_RIDE, request=request, minutes=MOST_MINUTES, step=step, direct=slowest)


def _of_shift(
    problem: Problem, instance: Instance, data: ShiftData, unit: tuple[int, ...], request: str
) -> Iterator[Remedy]:
    blocks = {instance.static_block(member, data.index) for member in unit} - {None}
    if not blocks:
        for kind in (RemedyKind.END_LATER, RemedyKind.START_EARLIER):
            yield Remedy(kind=kind, request=request, minutes=MOST_MINUTES, shift=data.shift.id)
        if data.shift.max_duration is not None:
            yield Remedy(kind=RemedyKind.LONGER_DAY, request=request, minutes=MOST_MINUTES, shift=data.shift.id)
    if blocks <= {"room", "goods", "skills"}:
        driven = {shift.vehicle for shift in problem.shifts}
        for vehicle in problem.vehicles:  # where nothing else is in the way, only a vehicle that stands idle can help
            if vehicle.id != data.shift.vehicle and (blocks or vehicle.id not in driven):
                yield Remedy(kind=RemedyKind.VEHICLE, request=request, shift=data.shift.id, vehicle=vehicle.id)
    if blocks == {"skills"}:
        missing = frozenset().union(*(instance.requests[member].skills for member in unit)) - data.offers
        yield Remedy(kind=RemedyKind.SKILL, request=request, shift=data.shift.id, skills=tuple(sorted(missing)))


def _of_rivals(instance: Instance, routes: Routes, unit: tuple[int, ...], request: str) -> Iterator[Remedy]:
    """Yield the served requests that matter less and could make room."""
    worth = sum(instance.unassigned_points(member) for member in unit)
    served = {instance.nodes[index].request for sequence in routes for index in sequence}
    for other in sorted(served):
        rival = unit_of(instance, other)
        cheaper = sum(instance.unassigned_points(member) for member in rival) < worth
        movable = instance.requests[other].priority is not Priority.A
        if cheaper and movable and other == rival[0]:
            yield Remedy(kind=RemedyKind.INSTEAD, request=request, other=instance.requests[other].id)
