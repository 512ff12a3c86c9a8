"""What a change of a plan does that nobody forbids but people feel: the soft side of the rules.

The cost of a plan says what is soft: what `routing.cost` weighs may happen at a price and is a warning here; what
`routing.review.check` names may not, and a move that would do it is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from routing.cost import lateness
from routing.dispatch.desk import Desk
from routing.plan import Plan
from routing.problem import Promise, Step, StepKind
from routing.review.labels import Labels
from routing.wording import say
from routing.wording.format import clock, minutes


class WarningCode(StrEnum):
    """Name what people will feel; the sentence of each is `dispatch.warn-<code>`."""

    LATE = "late"
    OVERTIME = "overtime"
    NEW_CARER = "new-carer"
    NOT_PREFERRED = "not-preferred"
    CHANGED_CARER = "changed-carer"
    CHANGED_TIME = "changed-time"
    LEFT_OUT = "left-out"
    LONGER_RIDE = "longer-ride"


@dataclass(frozen=True, kw_only=True)
class Warned:
    """One thing that people will feel: about a request or a shift; `seconds` of it, `at` the new time where it has one.

    A changed time is negative where it is earlier.
    """

    code: WarningCode
    request: str = ""
    shift: str = ""
    seconds: int = 0
    at: int | None = None

    def sentence(self, lang: str, labels: Labels) -> str:
        """Say it in `lang`, ids replaced by `labels` where there are any."""
        return say(
            f"dispatch.warn-{self.code.value}",
            lang,
            request=labels.request(self.request),
            shift=labels.shift(self.shift),
            n=minutes(abs(self.seconds)),
            at="–" if self.at is None else clock(self.at),
        )


def warnings_of(desk: Desk, before: Plan, after: Plan) -> tuple[Warned, ...]:
    """Return what people will feel under `after` that they did not, or less, under `before`."""
    known = {_about(item): abs(item.seconds) for item in standing(desk, before)}
    return tuple(
        item
        for item in standing(desk, after)
        if _about(item) not in known or abs(item.seconds) > known[_about(item)] + 30
    )


def standing(desk: Desk, plan: Plan) -> tuple[Warned, ...]:
    """Return all that people will feel under one plan."""
    found = [*_left_out(plan), *_late(desk, plan), *_overtime(desk, plan), *_carers(desk, plan)]
    return (*found, *_promises(desk, plan), *_rides(desk, plan))


def _about(item: Warned) -> tuple[WarningCode, str, str]:
    return item.code, item.request, item.shift


def _left_out(plan: Plan) -> Iterator[Warned]:
    for request in plan.unassigned:
        yield Warned(code=WarningCode.LEFT_OUT, request=request)


def _late(desk: Desk, plan: Plan) -> Iterator[Warned]:
    for step, ((shift, stop), *_) in plan.stops_by_step.items():
        late = lateness(desk.problem, step, stop.start)
        if late:
            yield Warned(code=WarningCode.LATE, request=step.request, shift=shift, seconds=late, at=stop.start)


def _overtime(desk: Desk, plan: Plan) -> Iterator[Warned]:
    for route in plan.routes:
        back, latest = route.stops[-1].arrival, desk.problem.shift_by_id[route.shift].latest
        if back > latest:
            yield Warned(code=WarningCode.OVERTIME, shift=route.shift, seconds=back - latest, at=back)


def _carers(desk: Desk, plan: Plan) -> Iterator[Warned]:
    for step, served in plan.stops_by_step.items():
        request = desk.problem.request_by_id[step.request]
        for shift, _ in served if step.kind is not StepKind.DELIVERY else ():
            worker = desk.problem.shift_by_id[shift].worker
            if request.regular and worker not in request.regular:
                yield Warned(code=WarningCode.NEW_CARER, request=request.id, shift=shift)
            if request.preferred and worker not in request.preferred:
                yield Warned(code=WarningCode.NOT_PREFERRED, request=request.id, shift=shift)


def _promises(desk: Desk, plan: Plan) -> Iterator[Warned]:
    for promise in desk.problem.promises:
        served = plan.stops_by_step.get(desk.begin_step(promise.request))
        if served:
            yield from _broken(desk, promise, [shift for shift, _ in served], served[0][1].start)


def _broken(desk: Desk, promise: Promise, shifts: list[str], start: int) -> Iterator[Warned]:
    if promise.worker not in [desk.problem.shift_by_id[shift].worker for shift in shifts]:
        yield Warned(code=WarningCode.CHANGED_CARER, request=promise.request, shift=shifts[0])
    moved = start - promise.start
    if abs(moved) > desk.problem.objective.free_change:
        yield Warned(code=WarningCode.CHANGED_TIME, request=promise.request, seconds=moved, at=start)


def _rides(desk: Desk, plan: Plan) -> Iterator[Warned]:
    """Yield the rides that take so much longer than the direct way that it is felt: a quarter of an hour."""
    for ride in desk.problem.shipments:
        boarded = plan.stops_by_step.get(Step(request=ride.id, kind=StepKind.PICKUP))
        dropped = plan.stops_by_step.get(Step(request=ride.id, kind=StepKind.DELIVERY))
        if boarded and dropped:
            shift = desk.shift(boarded[0][0])
            longer = dropped[0][1].start - boarded[0][1].departure - desk.instance.direct(desk.request(ride.id), shift)
            if longer >= 900:
                yield Warned(code=WarningCode.LONGER_RIDE, request=ride.id, shift=boarded[0][0], seconds=longer)
