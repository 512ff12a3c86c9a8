"""What changed between two plans of one day: who comes, when, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from routing.cost import Cost, cost
from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Problem, Step, StepKind, Visit


class ChangeKind(StrEnum):
    """What happened to a request between two plans; a request that got another worker may have moved in time too."""

    ADDED = "added"
    DROPPED = "dropped"
    WORKER = "worker"
    SHIFT = "shift"
    TIME = "time"


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """Who comes for a request, and when it begins (the pickup of a ride). Crews are in order of their shifts' ids."""

    shifts: tuple[str, ...]
    workers: tuple[str, ...]
    start: int


@dataclass(frozen=True, kw_only=True)
class Change:
    """One request that is served differently; `before` or `after` is None where it is not served."""

    request: str
    kind: ChangeKind
    before: Appointment | None
    after: Appointment | None

    @property
    def moved(self) -> int:
        """Return by how many seconds it begins later, negative for earlier, 0 where it is not served in both."""
        return self.after.start - self.before.start if self.before and self.after else 0


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All changes in the order of the problem's requests, and the cost of both plans."""

    changes: tuple[Change, ...]
    before: Cost
    after: Cost

    @property
    def difference(self) -> int:
        """Return the points the second plan costs more than the first, negative where it costs less."""
        return self.after.total - self.before.total


def compare(problem: Problem, matrix: Matrix, before: Plan, after: Plan) -> Comparison:
    """Return what changed from `before` to `after`; both must be sound plans of `problem`."""
    changes = (
        _change(request.id, _appointment(problem, before, request.id), _appointment(problem, after, request.id))
        for request in problem.requests
    )
    return Comparison(
        changes=tuple(change for change in changes if change is not None),
        before=cost(problem, matrix, before),
        after=cost(problem, matrix, after),
    )


def _appointment(problem: Problem, plan: Plan, request: str) -> Appointment | None:
    kind = StepKind.VISIT if isinstance(problem.request_by_id[request], Visit) else StepKind.PICKUP
    served = sorted(plan.stops_by_step.get(Step(request=request, kind=kind), ()), key=lambda pair: pair[0])
    if not served:
        return None
    shifts = tuple(shift for shift, _ in served)
    workers = tuple(problem.shift_by_id[shift].worker for shift in shifts)
    return Appointment(shifts=shifts, workers=workers, start=served[0][1].start)


def _change(request: str, before: Appointment | None, after: Appointment | None) -> Change | None:
    if before == after:
        return None
    return Change(request=request, kind=_kind(before, after), before=before, after=after)


def _kind(before: Appointment | None, after: Appointment | None) -> ChangeKind:
    if before is None:
        return ChangeKind.ADDED
    if after is None:
        return ChangeKind.DROPPED
    if set(before.workers) != set(after.workers):
        return ChangeKind.WORKER
    return ChangeKind.SHIFT if before.shifts != after.shifts else ChangeKind.TIME
