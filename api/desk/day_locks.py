"""What the board holds of a day: a request's place, its time, a worker's work, a whole round."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.day_writing import begin_write
from api.desk.laid_out import Days, OpenDay
from api.desk.plan_versions import touch
from api.errors import ConflictError, MissingError
from api.store.base import new_id, subject_name
from api.store.history import actor, doing, now
from api.store.plans import Day, Lock, LockKind
from routing.findings import Finding


def put_lock(session: Session, opened: OpenDay, seen: int, kind: LockKind, subject: str) -> Day:
    """Hold something as it is in the present plan; nothing changes where that is held already."""
    _check_known(opened, kind, subject)
    row = begin_write(session, opened, seen)
    if _find(session, opened.date, kind, subject) is None:
        _add(session, opened.date, kind, subject, {})
        touch(session, row, seen, "lock.put", kind=kind.value, subject=subject)
    session.flush()
    return row


def drop_lock(session: Session, opened: OpenDay, seen: int, kind: LockKind, subject: str) -> Day:
    """Let something go again; nothing changes where it was not held."""
    row = begin_write(session, opened, seen)
    found = _find(session, opened.date, kind, subject)
    if found is not None:
        with doing(session, "lock.drop"):
            session.delete(found)
        touch(session, row, seen, "lock.drop", kind=kind.value, subject=subject)
    session.flush()
    return row


def hold_time(session: Session, date: dt.date, request: str, version: str) -> None:
    """Hold the time that a move has given a request on purpose; undoing that `version` lets it go again."""
    found = _find(session, date, LockKind.TIME, request)
    if found is None:
        _add(session, date, LockKind.TIME, request, {"version": version})


def without_time_lock(days: Days, opened: OpenDay, request: str) -> OpenDay:
    """Return the day on which a request's time may be changed."""
    kept = tuple(lock for lock in opened.locks if (lock.kind, lock.subject) != (LockKind.TIME.value, request))
    return opened if len(kept) == len(opened.locks) else days.with_locks(opened, kept)


def _find(session: Session, date: dt.date, kind: LockKind, subject: str) -> Lock | None:
    wanted = select(Lock).where(Lock.day == date, Lock.kind == kind.value, Lock.subject == subject)
    return session.scalars(wanted).first()


def _add(session: Session, date: dt.date, kind: LockKind, subject: str, value: dict[str, str]) -> None:
    with doing(session, "lock.put"):
        session.add(
            Lock(
                id=new_id(),
                day=date,
                kind=kind.value,
                subject=subject,
                value=value,
                by=actor(session),
                at=now(session),
            )
        )


def _check_known(opened: OpenDay, kind: LockKind, subject: str) -> None:
    """Raise MissingError where the day has no such thing, ConflictError where it has no time to hold."""
    problem = opened.day.problem
    match kind:
        case LockKind.REQUEST | LockKind.TIME:
            known = subject in problem.request_by_id
        case LockKind.WORKER:
            known = any(shift.worker == subject for shift in problem.shifts)
        case LockKind.ROUND:
            known = subject in problem.shift_by_id
    if not known:
        raise MissingError(subject_name(kind.value, subject))
    if kind is LockKind.TIME and subject in opened.plan.unassigned:
        raise ConflictError([Finding(code="plans.no-time", field="subject", found=subject)])
