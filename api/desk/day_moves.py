"""What a coordinator does to a day by hand: ask where something fits, move it, take it off, time it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.desk.day_locks import hold_time, without_time_lock
from api.desk.day_writing import begin_write, keep_plan
from api.desk.laid_out import Days, OpenDay
from api.desk.plan_versions import touch
from api.errors import BrokenRulesError, ConflictError, MissingError
from api.store.base import subject_name
from api.store.plans import Day, PlanVersion, Why
from routing.dispatch.fits import Fit, fits
from routing.dispatch.judge import Moved
from routing.dispatch.locks import LockKind
from routing.dispatch.move import move, shift_time, unassign
from routing.findings import Finding
from routing.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What to do with a request.

    It goes on `shift` (None: off the plan), to the place `position` among the others from 0, or to begin at the second
    `begin` from local midnight. Of a crew, `instead_of` names the shift that hands over.
    """

    request: str
    shift: str | None
    position: int | None = None
    begin: int | None = None
    instead_of: str | None = None


def fits_of(opened: OpenDay, request: str, *, instead_of: str | None = None) -> tuple[Fit, ...]:
    """Return where a request would fit, shift by shift; shifts whose round is locked are not among them."""
    _known(opened, Wish(request=request, shift=None, instead_of=instead_of))
    with opened.turn:
        found = fits(opened.desk, opened.plan, request, instead_of=instead_of)
    return tuple(fit for fit in found if fit.here or not opened.is_locked(LockKind.ROUND, fit.shift))


def try_move(days: Days, opened: OpenDay, wish: Wish) -> Moved:
    """Return what a wish comes to; BrokenRulesError where it breaks a rule that nobody may break.

    MissingError for a request or shift the day does not have; ConflictError where a locked round would get more.
    """
    _known(opened, wish)
    _refuse_locked(opened, wish)
    at = opened if wish.begin is None else without_time_lock(days, opened, wish.request)
    with at.turn:
        moved = _moved(at, wish)
    if moved.plan is None:
        raise BrokenRulesError(moved.violations)
    for shift in _touched_rounds(opened, moved.plan):
        raise _locked("plans.round-locked", shift)
    return moved


def keep_move(days: Days, session: Session, opened: OpenDay, seen: int, wish: Wish, plan: Plan) -> Day:
    """Keep the plan that a wish came to; a time set on purpose is locked, so that nothing pulls it back."""
    row = begin_write(session, opened, seen)
    timed = wish.begin is not None and wish.shift is not None
    held = wish.request if timed and not opened.is_locked(LockKind.TIME, wish.request) else ""
    version: PlanVersion = keep_plan(days, session, opened, row, plan, Why.MOVE, held=held)
    if held:
        hold_time(session, opened.date, wish.request, version.id)
    touch(session, row, seen, "plan.move", request=wish.request, shift=wish.shift, begin=wish.begin)
    return row


def _moved(opened: OpenDay, wish: Wish) -> Moved:
    desk, plan = opened.desk, opened.plan
    if wish.shift is None:
        return unassign(desk, plan, wish.request)
    if wish.begin is not None and wish.position is None and _homes(opened, wish.request) == {wish.shift}:
        return shift_time(desk, plan, wish.request, wish.begin)
    return move(
        desk,
        plan,
        wish.request,
        wish.shift,
        position=wish.position,
        begin=wish.begin,
        instead_of=wish.instead_of,
    )


def _homes(opened: OpenDay, request: str) -> set[str]:
    return {
        shift for step, served in opened.plan.stops_by_step.items() if step.request == request for shift, _ in served
    }


def _known(opened: OpenDay, wish: Wish) -> None:
    problem = opened.day.problem
    if wish.request not in problem.request_by_id:
        raise MissingError(subject_name("request", wish.request))
    for shift in (wish.shift, wish.instead_of):
        if shift is not None and shift not in problem.shift_by_id:
            raise MissingError(subject_name("shift", shift))


def _refuse_locked(opened: OpenDay, wish: Wish) -> None:
    """Raise ConflictError for what the problem's locks do not see: rounds grow at their ends, and let go at a cost."""
    homes = _homes(opened, wish.request)
    if wish.shift is not None and wish.shift not in homes and opened.is_locked(LockKind.ROUND, wish.shift):
        raise _locked("plans.round-locked", wish.shift)
    workers = {opened.day.problem.shift_by_id[shift].worker for shift in homes}
    held = opened.is_locked(LockKind.REQUEST, wish.request) or any(
        opened.is_locked(LockKind.WORKER, worker) for worker in workers
    )
    if wish.shift is None and homes and held:
        raise _locked("plans.request-locked", wish.request)


def _touched_rounds(opened: OpenDay, plan: Plan) -> list[str]:
    """Return the locked rounds that do not serve the same requests any more."""

    def served(of: Plan, shift: str) -> set[str | None]:
        route = of.route_by_shift.get(shift)
        return {stop.request for stop in route.stops} - {None} if route else set()

    held = [lock.subject for lock in opened.board_locks if lock.kind is LockKind.ROUND]
    return [shift for shift in held if served(plan, shift) != served(opened.plan, shift)]


def _locked(code: str, found: str) -> ConflictError:
    return ConflictError(
        [Finding(code=code, field="shift" if code.endswith("round-locked") else "request", found=found)]
    )
