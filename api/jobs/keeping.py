"""Keep jobs in the store: asked for, begun, told about, ended, and what becomes of one whose process is gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.scenarios import offer
from api.errors import ConflictError, MissingError
from api.jobs.processes import is_alive, is_here, own_name
from api.store.base import new_id, subject_name
from api.store.history import actor, now
from api.store.jobs import Job, JobKind, JobState
from routing.findings import Finding
from routing.planfile import from_json

OPEN: Final = (JobState.QUEUED.value, JobState.RUNNING.value)
WEEKLY: Final = (JobKind.WEEK, JobKind.ABSENCE)
SILENT: Final = dt.timedelta(minutes=2)
"""How long a process on another machine may be silent before it counts as gone."""

KILLED: Final = "jobs.killed"
FAILED: Final = "jobs.failed"


def add_job(
    session: Session, day: dt.date, base: str | None, asked: Mapping[str, Any], kind: JobKind = JobKind.PLAN
) -> Job:
    """Add a job that waits to be run; ConflictError where one like it is under way for the day or the week."""
    if open_job(session, day, kind) is not None:
        raise ConflictError([Finding(code="plans.already-planning")])
    job = Job(
        id=new_id(),
        day=day,
        kind=kind.value,
        state=JobState.QUEUED.value,
        asked=dict(asked),
        base=base,
        progress={},
        pulse=now(session),
        runner=own_name(),
        wished_stop=False,
        by=actor(session),
        at=now(session),
    )
    session.add(job)
    session.flush()
    return job


def open_job(session: Session, day: dt.date, kind: JobKind) -> Job | None:
    """Return the newest job that is not over and in the way of another one of a kind; None where there is none.

    The week of a Monday is planned or repaired, never both at once.
    """
    kinds = WEEKLY if kind in WEEKLY else (kind,)
    wanted = select(Job).where(Job.day == day, Job.state.in_(OPEN), Job.kind.in_(kinds))
    return session.scalars(wanted.order_by(Job.at.desc())).first()


def get_job(session: Session, key: str) -> Job:
    """Return a job; MissingError where there is none."""
    found = session.get(Job, key)
    if found is None:
        raise MissingError(subject_name("job", key))
    return found


def wish_stop(session: Session, key: str) -> Job:
    """Say that a job is to stop; ConflictError where it is over."""
    job = get_job(session, key)
    if job.state not in OPEN:
        raise ConflictError([Finding(code="plans.job-over")])
    job.wished_stop = True
    session.flush()
    return job


def begin(session: Session, key: str) -> Job | None:
    """Take a job up in this process; None where somebody stopped it before, or it was taken for lost."""
    job = get_job(session, key)
    if job.state != JobState.QUEUED.value:
        return None
    if job.wished_stop:
        end(session, job, JobState.STOPPED)
        return None
    job.state, job.started_at = JobState.RUNNING.value, now(session)
    job.runner, job.pulse = own_name(), now(session)
    return job


def beat(session: Session, key: str, progress: Mapping[str, Any] | None, best: str | None) -> bool:
    """Say that a job is alive and what it has reached; return whether it is to stop."""
    job = get_job(session, key)
    job.pulse = now(session)
    if progress is not None:
        job.progress = dict(progress)
    if best is not None:
        job.best = best
    return job.wished_stop or job.state not in OPEN


def end(session: Session, job: Job, state: JobState, *, fault: str | None = None) -> None:
    """Let a job be over, its best plan offered where it has one that changes anything."""
    if job.kind == JobKind.PLAN.value and job.best is not None and job.progress.get("changes", True):
        document = from_json(job.best.encode(), "best.json")
        job.scenario = offer(session, job.day, job.base, document, job.progress.get("figures", {}), job.by).id
    job.state, job.fault, job.ended_at = state.value, fault, now(session)
    session.flush()


def end_lost(session: Session, key: str) -> None:
    """Let a job whose process is gone be over: stopped with its best plan, or lost where it had none."""
    job = get_job(session, key)
    if job.state in OPEN:
        end(session, job, JobState.STOPPED if job.best is not None else JobState.LOST, fault=KILLED)


def gone(session: Session, moment: dt.datetime) -> list[str]:
    """Return the open jobs whose process does not live any more."""
    return [job.id for job in session.scalars(select(Job).where(Job.state.in_(OPEN))) if is_gone(job, moment)]


def is_gone(job: Job, moment: dt.datetime) -> bool:
    """Tell whether the process of an open job is not there any more."""
    if job.state not in OPEN or not job.runner:
        return job.state in OPEN
    if is_here(job.runner):
        return not is_alive(job.runner)
    return job.pulse is None or moment - job.pulse > SILENT
