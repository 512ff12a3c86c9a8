"""What hangs on each worker of a day, as it was worked out last."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.jobs import Job, JobKind
from api.store.plans import Day


class FragileWorker(BaseModel):
    """One worker: how much she has to do, how much of it cannot wait, who covers, and what nobody makes then."""

    model_config = ConfigDict(frozen=True)

    worker: str
    at_stake: int
    critical: int
    substitute: str | None
    reserve: bool
    lost: tuple[dict[str, Any], ...]


class FragileDay(BaseModel):
    """A day as it was worked out: `mark` names its content then."""

    model_config = ConfigDict(frozen=True)

    mark: str
    workers: tuple[FragileWorker, ...]

    @property
    def fragile(self) -> tuple[FragileWorker, ...]:
        """Return those without whom something is left undone."""
        return tuple(one for one in self.workers if one.lost)


def last_fragility(session: Session, day: dt.date) -> tuple[Job, FragileDay] | None:
    """Return what was worked out last for a day and by which job, None where nothing was."""
    wanted = select(Job).where(Job.day == day, Job.kind == JobKind.FRAGILITY.value, Job.best.is_not(None))
    job = session.scalars(wanted.order_by(Job.at.desc(), Job.id)).first()
    if job is None or job.best is None:
        return None
    return job, FragileDay.model_validate_json(job.best)


def due_fragility(session: Session, today: dt.date, midnight: dt.datetime) -> tuple[dt.date, str] | None:
    """Return a day from today on whose fragility is to be worked out, and by which version; None where there is none.

    That is every plan that was published, once, and whatever there is for tomorrow, once since `midnight`.
    """
    tomorrow = today + dt.timedelta(days=1)
    for row in session.scalars(select(Day).where(Day.day >= today, Day.current.is_not(None)).order_by(Day.day)):
        version = row.published or (row.current if row.day == tomorrow else None)
        if version is None:
            continue
        asked = select(Job.id).where(Job.kind == JobKind.FRAGILITY.value, Job.day == row.day, Job.base == version)
        since = asked.where(Job.at >= midnight) if row.day == tomorrow else asked
        if session.scalars(since).first() is None:
            return row.day, version
    return None
