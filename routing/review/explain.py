"""Explain a plan: why a request was left out and what would help, or why it went where it went."""

from __future__ import annotations

from dataclasses import dataclass

from routing.cost import cost
from routing.errors import UsageError
from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Problem
from routing.review.reasons import Block, Blocked, reasons
from routing.review.remedies import Remedy, remedies, without
from routing.solver.insertion import best_insertion, unit_of
from routing.solver.instance import Instance
from routing.solver.solve import routes_of
from routing.solver.timetable import timetable


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Why a request is unassigned, shift by shift, and the verified changes that would let it in."""

    request: str
    blocked: tuple[Blocked, ...]
    remedies: tuple[Remedy, ...]

    @property
    def chief(self) -> Block | None:
        """Return the reason that comes closest to serving the request, None where there is no shift at all."""
        ranked = sorted((block.block for block in self.blocked), key=_NEARNESS.index)
        return ranked[0] if ranked else None


_NEARNESS = (
    Block.BUSY,
    Block.CREW,
    Block.TIMES,
    Block.WINDOW,
    Block.SHIFT_END,
    Block.DURATION,
    Block.LOCKED,
    Block.ROOM,
    Block.FORBIDDEN,
    Block.FERRY,
    Block.NO_SAILING,
    Block.SKILLS,
    Block.UNREACHABLE,
)
"""From "nearly" to "not at all"."""


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """What it would cost, in points more than the plan as it is, to serve a request on other shifts instead.

    `points` is None where it does not fit there; `blocked` then says why.
    """

    shift: str
    points: int | None
    blocked: Blocked | None = None


@dataclass(frozen=True, kw_only=True)
class Placed:
    """Where a request went, and what every other shift would have cost, the next best first."""

    request: str
    shifts: tuple[str, ...]
    alternatives: tuple[Alternative, ...]


def explain_unassigned(problem: Problem, matrix: Matrix, plan: Plan) -> tuple[LeftOut, ...]:
    """Return an explanation of every unassigned request, in the plan's order."""
    return tuple(_left_out(problem, matrix, plan, request) for request in plan.unassigned)


def explain(problem: Problem, matrix: Matrix, plan: Plan, request: str) -> LeftOut | Placed:
    """Return the explanation of one request; UsageError where the problem does not know it."""
    if request not in problem.request_by_id:
        raise UsageError(f"request {request!r} is not in this day; it has {', '.join(sorted(problem.request_by_id))}")
    return (
        _left_out(problem, matrix, plan, request)
        if request in plan.unassigned
        else _placed(problem, matrix, plan, request)
    )


def _left_out(problem: Problem, matrix: Matrix, plan: Plan, request: str) -> LeftOut:
    instance = Instance(problem, matrix)
    blocked = reasons(problem, matrix, instance, routes_of(instance, plan), instance.request_index[request])
    return LeftOut(request=request, blocked=blocked, remedies=remedies(problem, matrix, plan, request))


def _placed(problem: Problem, matrix: Matrix, plan: Plan, request: str) -> Placed:
    instance = Instance(problem, matrix)
    position = instance.request_index[request]
    unit = unit_of(instance, position)
    names = {instance.requests[member].id for member in unit}
    here = {shift: None for step, served in plan.stops_by_step.items() if step.request in names for shift, _ in served}
    left = routes_of(instance, without(plan, names))
    now = cost(problem, matrix, plan).total
    found = []
    for data in instance.shifts:
        if data.shift.id in here and len(here) == 1:
            continue
        points = None
        candidate = best_insertion(instance, left, unit, shifts=[data.index]) if instance.crew[position] == 1 else None
        timed = timetable(instance, candidate.apply(left)) if candidate is not None else None
        if timed is not None:
            points = cost(problem, matrix, timed).total - now
        why = next((b for b in reasons(problem, matrix, instance, left, position) if b.shift == data.shift.id), None)
        found.append(Alternative(shift=data.shift.id, points=points, blocked=None if points is not None else why))
    found.sort(key=lambda alternative: (alternative.points is None, alternative.points or 0, alternative.shift))
    return Placed(request=request, shifts=tuple(here), alternatives=tuple(found))
