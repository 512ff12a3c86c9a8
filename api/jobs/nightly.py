"""Work out what hangs on whom for days that were published, and each night for tomorrow."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import select

from api.desk.fragile import due_fragility
from api.jobs.fragility_work import ask_fragility
from api.jobs.keeping import OPEN
from api.jobs.runner import SYSTEM, Jobs
from api.repeating import Repeating
from api.store.jobs import Job
from api.wording.format import ZONE

EVERY: Final = dt.timedelta(minutes=1)


def work_ahead(jobs: Jobs) -> Job | None:
    """Start the next job that is due, one at a time and behind those that people wait for; return it."""
    moment = jobs.store.clock().astimezone(ZONE)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(dt.UTC)
    jobs.recover()
    with jobs.store.session() as session:
        due = due_fragility(session, moment.date(), midnight)
        if due is None or session.scalars(select(Job.id).where(Job.state.in_(OPEN))).first() is not None:
            return None
    with jobs.store.transaction(SYSTEM) as session:
        job = ask_fragility(session, due[0], base=due[1])
    jobs.start(job)
    return job


class Nightly(Repeating):
    """Looks each minute for what is due while the server runs, first after a while."""

    def __init__(self, jobs: Jobs, *, every: dt.timedelta = EVERY) -> None:
        super().__init__(every=every, at_once=False)
        self._jobs = jobs

    def work(self) -> None:
        """Start what is due."""
        work_ahead(self._jobs)
