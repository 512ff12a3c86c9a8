"""What a changed plan breaks of what people were told: other carers, other times, visits that fall out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from routing.plan import Plan, Stop
from routing.problem import Priority, Problem, Request, Step, StepKind, Visit

TOLD = 600
"""Seconds by which a time may differ from the one that was told without anybody minding."""


class Broken(StrEnum):
    """What happened to a promise."""

    WORKER = "worker"
    TIME = "time"
    LOST = "lost"
    MOVED = "moved"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One request whose promise is not kept: who came and when before, who comes and when now.

    `kinds` say what changed. Times are when it begins; None and nobody where it is not served (any more).
    """

    request: str
    client: str
    priority: Priority
    kinds: frozenset[Broken]
    before: tuple[str, ...]
    after: tuple[str, ...]
    start_before: int
    start_after: int | None = None

    @property
    def is_lost(self) -> bool:
        """Tell whether nobody comes any more."""
        return Broken.LOST in self.kinds


def begins(problem: Problem, plan: Plan, request: Request) -> tuple[tuple[str, ...], int] | None:
    """Return who serves a request and when that begins, None where nobody does."""
    kind = StepKind.VISIT if isinstance(request, Visit) else StepKind.PICKUP
    found: tuple[tuple[str, Stop], ...] = plan.stops_by_step.get(Step(request=request.id, kind=kind), ())
    if not found:
        return None
    workers = {problem.shift_by_id[shift].worker for shift, _ in found}
    return tuple(sorted(workers)), found[0][1].start


def changes(before: Problem, told: Plan, after: Problem, plan: Plan) -> tuple[Change, ...]:
    """Return every request of the plan that was told whose carers or time are not kept, those lost first."""
    found = sorted(_changes(before, told, after, plan), key=lambda change: (not change.is_lost, change.start_before))
    return tuple(found)


def _changes(before: Problem, told: Plan, after: Problem, plan: Plan) -> Iterator[Change]:
    for request in before.requests:
        was = begins(before, told, request)
        if was is None or request.id not in after.request_by_id:
            continue
        now = begins(after, plan, after.request_by_id[request.id])
        kinds: set[Broken] = set()
        if now is None:
            kinds.add(Broken.LOST)
        else:
            kinds |= {Broken.WORKER} if now[0] != was[0] else set()
            kinds |= {Broken.TIME} if abs(now[1] - was[1]) > TOLD else set()
        if kinds:
            yield Change(
                request=request.id,
                client=request.client,
                priority=request.priority,
                kinds=frozenset(kinds),
                before=was[0],
                after=now[0] if now else (),
                start_before=was[1],
                start_after=now[1] if now else None,
            )
