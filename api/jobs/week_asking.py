"""Ask for a week to be planned, or to be repaired while somebody is away: jobs like those of a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.week_offer import SETTLED, find_offer, settle
from api.errors import ConflictError, InputError
from api.jobs.keeping import add_job, open_job
from api.store.jobs import Job, JobKind
from routing.findings import Finding
from routing.records.model import Records
from routing.weeks.demand import WEEK, monday_of

LONGEST = 92
"""Days that one absence is repaired for: what is behind them is planned without her."""


def ask_week(session: Session, monday: dt.date, today: dt.date, wish: dict[str, Any]) -> Job:
    """Add a job that plans a week from `monday` on, or what is left of it; ConflictError for one that is over."""
    last = monday + dt.timedelta(days=WEEK - 1)
    if last < today:
        raise ConflictError([Finding(code="weeks.over")])
    return _add(session, monday, {**wish, "first": max(monday, today).isoformat()}, JobKind.WEEK)


def ask_absence(
    session: Session,
    records: Records,
    monday: dt.date,
    worker: str,
    dates: tuple[dt.date, dt.date],
    wish: dict[str, Any],
) -> Job:
    """Add a job that repairs the planned days while a worker is away; InputError for dates or people that cannot be."""
    first, last = dates
    if worker not in {one.id for one in records.workers}:
        raise InputError([Finding(code="weeks.no-worker", field="worker", found=worker)])
    if not first <= last <= first + dt.timedelta(days=LONGEST) or monday_of(first) != monday:
        raise InputError([Finding(code="weeks.absence-dates", field="last", found=f"{first:%d.%m.%Y}–{last:%d.%m.%Y}")])
    if any(a.worker == worker and a.first <= first and last <= a.last for a in records.absences):
        raise ConflictError([Finding(code="weeks.absent-already", found=worker)])
    asked = {**wish, "worker": worker, "first": first.isoformat(), "last": last.isoformat()}
    return _add(session, monday, asked, JobKind.ABSENCE)


def _add(session: Session, monday: dt.date, asked: dict[str, Any], kind: JobKind) -> Job:
    """Add a job for a week; an offer that nobody has decided about is dropped for what it will offer."""
    job = add_job(session, monday, None, asked, kind)
    while (older := find_offer(session, monday)) is not None:
        settle(session, older.id, "dropped")
    return job


def running_job(session: Session, monday: dt.date) -> Job | None:
    """Return the job that is under way for a week."""
    return open_job(session, monday, JobKind.WEEK)


def fruitless_job(session: Session, monday: dt.date) -> Job | None:
    """Return the last job of a week where it is over and has nothing to offer."""
    kinds = (JobKind.WEEK.value, JobKind.ABSENCE.value)
    wanted = select(Job).where(Job.day == monday, Job.kind.in_(kinds))
    last = session.scalars(wanted.order_by(Job.at.desc(), Job.id)).first()
    if last is None or last.ended_at is None or last.best is not None or SETTLED in last.progress:
        return None
    return last
