"""What the week holds: a visit's day and people, all that a carer has on a day; and what else planning leaves alone.

These locks are rows beside those of the day's board, of kinds of their own: the board's hold rounds and times.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from api.errors import MissingError
from api.store.base import new_id, subject_name
from api.store.history import actor, doing, now
from api.store.plans import Day, Lock, LockKind
from routing.records.model import Records

_LOCK: Final = "week.lock"
_UNLOCK: Final = "week.unlock"
LOCKING: Final = (_LOCK, _UNLOCK)
"""What the history calls locking and unlocking."""


class WeekLockKind(StrEnum):
    """What a lock of the week holds; the values differ from those of the day's board."""

    VISIT = "week-visit"
    CARER = "week-carer"


@dataclass(frozen=True, kw_only=True)
class WeekHeld:
    """What planning a week leaves as it is.

    `visits` and `carers` (worker and day) are locked in the week, `on_board` visits on the board of their day,
    `published` are days that people were told.
    """

    visits: frozenset[str]
    carers: frozenset[tuple[str, dt.date]]
    on_board: frozenset[str]
    board_carers: frozenset[tuple[str, dt.date]]
    published: frozenset[dt.date]

    @property
    def all_visits(self) -> frozenset[str]:
        """Return every single visit that is held."""
        return self.visits | self.on_board

    @property
    def all_carers(self) -> frozenset[tuple[str, dt.date]]:
        """Return every day of a carer that is held."""
        return self.carers | self.board_carers


def held_in(session: Session, records: Records, days: Collection[dt.date]) -> WeekHeld:
    """Return what is held on some days; a locked visit wherever it is by now."""
    is_visit = Lock.kind == WeekLockKind.VISIT.value
    rows = session.scalars(select(Lock).where(or_(Lock.day.in_(days), is_visit))).all()
    worker_of = {shift.id: shift.worker for shift in records.shifts}
    named: dict[str, set[tuple[str, dt.date]]] = {}
    for row in rows:
        named.setdefault(row.kind, set()).add((row.subject, row.day))
    rounds = {(worker_of[s], day) for s, day in named.get(LockKind.ROUND, ()) if s in worker_of}
    single = named.get(LockKind.REQUEST, set()) | named.get(LockKind.TIME, set())
    published = session.scalars(select(Day.day).where(Day.day.in_(days), Day.published.is_not(None)))
    return WeekHeld(
        visits=frozenset(subject for subject, _ in named.get(WeekLockKind.VISIT, ())),
        carers=frozenset(named.get(WeekLockKind.CARER, ())),
        on_board=frozenset(subject for subject, _ in single),
        board_carers=frozenset(named.get(LockKind.WORKER, set()) | rounds),
        published=frozenset(published),
    )


def set_lock(session: Session, records: Records, day: dt.date, kind: WeekLockKind, subject: str, *, held: bool) -> None:
    """Hold something on a day of the week, or let it go; MissingError for what is not there."""
    if kind is WeekLockKind.VISIT:
        known = any(visit.id == subject and visit.day == day for visit in records.visits)
    else:
        known = any(worker.id == subject for worker in records.workers)
    if not known:
        raise MissingError(subject_name(kind.value, subject))
    wanted = select(Lock).where(Lock.kind == kind.value, Lock.subject == subject)
    if kind is WeekLockKind.CARER:  # a visit has one day, and perhaps another one than when it was locked
        wanted = wanted.where(Lock.day == day)
    found = session.scalars(wanted).first()
    if held and found is None:
        with doing(session, _LOCK):
            session.add(
                Lock(
                    id=new_id(), day=day, kind=kind.value, subject=subject, value={}, by=actor(session), at=now(session)
                )
            )
    elif not held and found is not None:
        with doing(session, _UNLOCK):
            session.delete(found)
    session.flush()
