"""Find what would help: the smallest verified change that lets a request in.

A remedy is offered only after the request has been inserted, with an exact timetable, into the plan as it stands under
the changed problem, and the whole plan still holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Priority, Problem, Visit
from routing.review.drafts import drafts
from routing.review.remedy import Remedy, RemedyKind
from routing.solver.elements import Routes
from routing.solver.insertion import Candidate, best_insertion, unit_of
from routing.solver.instance import Instance
from routing.solver.solve import routes_of
from routing.solver.soundness import holds


@dataclass(frozen=True, kw_only=True)
class OtherDay:
    """Another day to which a visit could be moved: `problem` asks for it there, `plan` is the day's plan without it."""

    date: date
    problem: Problem
    matrix: Matrix
    plan: Plan


OtherDays: TypeAlias = Callable[[str], Iterable[OtherDay]]
"""Given the id of a visit, the days to which it could be moved, the preferred one first."""


def no_other_day(request: str) -> tuple[OtherDay, ...]:  # noqa: ARG001
    """Offer no other day."""
    return ()


def remedies(
    problem: Problem, matrix: Matrix, plan: Plan, request: str, *, other_days: OtherDays = no_other_day
) -> tuple[Remedy, ...]:
    """Return the verified changes that would let an unassigned request in, the cheapest first.

    `other_days` is asked only for visits that may be moved within the week (priority C).
    """
    instance = Instance(problem, matrix)
    found = [
        verified
        for draft in drafts(problem, instance, routes_of(instance, plan), request)
        if (verified := _smallest(problem, matrix, plan, draft)) is not None
    ]
    found += _elsewhen(problem, request, other_days)
    return tuple(sorted(found, key=lambda remedy: (remedy.points, remedy.kind, remedy.shift, remedy.other)))


def try_remedy(problem: Problem, matrix: Matrix, plan: Plan, remedy: Remedy) -> Remedy | None:
    """Return the remedy with where the request would go and at what price, or None where it does not help."""
    instance = Instance(remedy.apply(problem), matrix)
    left = plan
    if remedy.kind is RemedyKind.INSTEAD:
        gone = {instance.requests[r].id for r in unit_of(instance, instance.request_index[remedy.other])}
        left = without(plan, gone)
    return _placed(instance, routes_of(instance, left), remedy)


def without(plan: Plan, requests: set[str]) -> Plan:
    """Return a plan whose routes lack `requests`; its times are not adjusted."""
    routes = tuple(replace(r, stops=tuple(s for s in r.stops if s.request not in requests)) for r in plan.routes)
    return replace(plan, routes=routes, unassigned=(*plan.unassigned, *sorted(requests)))


def _placed(instance: Instance, routes: Routes, remedy: Remedy) -> Remedy | None:
    candidate = best_insertion(instance, routes, unit_of(instance, instance.request_index[remedy.request]))
    if candidate is None or not holds(instance, candidate.apply(routes)):
        return None
    return replace(remedy, goes_to=_targets(instance, candidate), points=remedy.price + candidate.points)


def _targets(instance: Instance, candidate: Candidate) -> tuple[str, ...]:
    return tuple(instance.shifts[shift].shift.id for shift, _ in candidate.changes)


def _smallest(problem: Problem, matrix: Matrix, plan: Plan, draft: Remedy) -> Remedy | None:
    """Return a draft with the fewest whole minutes that help, or as it is where it has no minutes."""
    best = try_remedy(problem, matrix, plan, draft)
    low, high = 0, draft.minutes
    while best is not None and high - low > 1:
        middle = (low + high) // 2
        tried = try_remedy(problem, matrix, plan, replace(draft, minutes=middle))
        if tried is None:
            low = middle
        else:
            high, best = middle, tried
    return best


def _elsewhen(problem: Problem, request: str, other_days: OtherDays) -> Iterator[Remedy]:
    """Yield the first other day on which a movable visit fits."""
    asked = problem.request_by_id[request]
    if not isinstance(asked, Visit) or asked.priority is not Priority.C:
        return
    for other in other_days(request):
        instance = Instance(other.problem, other.matrix)
        draft = Remedy(kind=RemedyKind.OTHER_DAY, request=request, day=other.date)
        found = _placed(instance, routes_of(instance, other.plan), draft)
        if found is not None:
            yield found
            return
