"""Apply what would help: the changed problem, and which record says otherwise from now on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from routing.errors import UsageError
from routing.problem import Problem, Shift, Shipment, Step, StepKind, TimeWindow, Visit
from routing.review.labels import Labels
from routing.review.remedy import Remedy, RemedyKind
from routing.wording import say
from routing.wording.format import clock, minutes


class Subject(StrEnum):
    """What kind of thing a remedy changes: a record, a lock of the board, or the plan itself."""

    REQUEST = "request"
    SHIFT = "shift"
    LOCK = "lock"
    PLAN = "plan"


class Field(StrEnum):
    """Which of its fields; the sentence of each is `dispatch.touch-<field>`."""

    WINDOWS = "windows"
    PICKUP = "pickup"
    DELIVERY = "delivery"
    MAX_RIDE = "max-ride"
    END = "end"
    START = "start"
    MAX_DURATION = "max-duration"
    VEHICLE = "vehicle"
    SKILLS = "skills"
    LOCKS = "locks"
    UNASSIGNED = "unassigned"
    DAY = "day"


@dataclass(frozen=True, kw_only=True)
class Touch:
    """One field that a remedy changes, of the thing `id` (as the problem calls it), with its values before and after.

    Windows are `08:00-09:00, 14:00-15:00`, clock times `16:30`, lengths whole minutes, sets comma-separated: what is
    written into a record's cell. A limit of a ride that is both in minutes and in per cent gives `45; 150 %`.
    """

    subject: Subject
    id: str
    field: Field
    before: str
    after: str

    def sentence(self, lang: str, labels: Labels) -> str:
        """Say it in `lang`, ids replaced by `labels` where there are any."""
        name = labels.shift(self.id) if self.subject is Subject.SHIFT else labels.request(self.id)
        return say(
            f"dispatch.touch-{self.field.value}", lang, name=name, before=self.before or "–", after=self.after or "–"
        )


@dataclass(frozen=True, kw_only=True)
class Applied:
    """A remedy applied: the changed problem, and what is changed where.

    INSTEAD takes `Touch.id` off the plan and OTHER_DAY moves the request to the day named `after`; neither changes the
    problem.
    """

    problem: Problem
    touches: tuple[Touch, ...]


def apply_remedy(problem: Problem, remedy: Remedy) -> Applied:
    """Return the problem with a remedy applied and the fields it touches.

    UsageError where the problem does not have what the remedy is about.
    """
    _check_known(problem, remedy)
    changed = remedy.apply(problem)
    match remedy.kind:
        case RemedyKind.LATER | RemedyKind.EARLIER | RemedyKind.LONGER_RIDE:
            touch = _of_request(problem, changed, remedy)
        case RemedyKind.UNLOCK:
            touch = _lock(problem, changed, remedy)
        case RemedyKind.INSTEAD:
            touch = _touch(Subject.PLAN, remedy.other, Field.UNASSIGNED, "", remedy.request)
        case RemedyKind.OTHER_DAY:
            after = remedy.day.isoformat() if remedy.day else ""
            touch = _touch(Subject.REQUEST, remedy.request, Field.DAY, "", after)
        case _:
            touch = _of_shift(problem.shift_by_id[remedy.shift], changed.shift_by_id[remedy.shift], remedy)
    return Applied(problem=changed, touches=(touch,))


def _check_known(problem: Problem, remedy: Remedy) -> None:
    named = {remedy.request, remedy.other, remedy.step.request if remedy.step else ""} - {""}
    missing = sorted(named - problem.request_by_id.keys())
    missing += [remedy.shift] if remedy.shift and remedy.shift not in problem.shift_by_id else []
    missing += [remedy.vehicle] if remedy.vehicle and remedy.vehicle not in problem.vehicle_by_id else []
    if missing:
        raise UsageError(f"the remedy is about {', '.join(missing)}, which this day does not have (any more)")


def _touch(subject: Subject, name: str, field: Field, before: str, after: str) -> Touch:
    return Touch(subject=subject, id=name, field=field, before=before, after=after)


def _of_request(problem: Problem, changed: Problem, remedy: Remedy) -> Touch:
    step = remedy.step
    if step is None:
        raise UsageError(f"a remedy of kind {remedy.kind.value!r} must name the step that it changes")
    if remedy.kind is RemedyKind.LONGER_RIDE:
        values = [_limit(each.request_by_id[step.request]) for each in (problem, changed)]
        return _touch(Subject.REQUEST, step.request, Field.MAX_RIDE, *values)
    field = {StepKind.VISIT: Field.WINDOWS, StepKind.PICKUP: Field.PICKUP, StepKind.DELIVERY: Field.DELIVERY}[step.kind]
    values = [_hours(_windows(each, step)) for each in (problem, changed)]
    return _touch(Subject.REQUEST, step.request, field, *values)


def _of_shift(before: Shift, after: Shift, remedy: Remedy) -> Touch:
    def said(shift: Shift) -> tuple[Field, str]:
        match remedy.kind:
            case RemedyKind.END_LATER:
                return Field.END, clock(shift.latest)
            case RemedyKind.START_EARLIER:
                return Field.START, clock(shift.earliest)
            case RemedyKind.LONGER_DAY:
                return Field.MAX_DURATION, "" if shift.max_duration is None else str(minutes(shift.max_duration))
            case RemedyKind.VEHICLE:
                return Field.VEHICLE, shift.vehicle
            case _:
                return Field.SKILLS, ", ".join(sorted(shift.skills))

    field, old = said(before)
    return _touch(Subject.SHIFT, before.id, field, old, said(after)[1])


def _lock(problem: Problem, changed: Problem, remedy: Remedy) -> Touch:
    gone = [lock for lock in problem.locks if lock not in changed.locks]
    return _touch(Subject.LOCK, remedy.request, Field.LOCKS, str(len(gone)), "0")


def _windows(problem: Problem, step: Step) -> tuple[TimeWindow, ...]:
    request = problem.request_by_id[step.request]
    if isinstance(request, Visit):
        return request.windows
    return (request.pickup if step.kind is StepKind.PICKUP else request.delivery).windows


def _hours(windows: tuple[TimeWindow, ...]) -> str:
    return ", ".join(f"{clock(window.earliest)}-{clock(window.latest)}" for window in sorted(windows))


def _limit(request: Visit | Shipment) -> str:
    if isinstance(request, Visit):
        return ""
    parts = [] if request.max_ride is None else [str(minutes(request.max_ride))]
    parts += [] if request.max_ride_percent is None else [f"{request.max_ride_percent} %"]
    return "; ".join(parts)
