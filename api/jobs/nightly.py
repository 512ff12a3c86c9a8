"""Work out what hangs on whom for days that were published, and each night for tomorrow."""

from __future__ import annotations

import datetime as dt
import logging
from threading import Event, Thread
from typing import Final

from sqlalchemy import select

from api.desk.fragile import due_fragility
from api.jobs.fragility_work import ask_fragility
from api.jobs.keeping import OPEN
from api.jobs.runner import SYSTEM, Jobs
from api.store.jobs import Job
from api.wording.format import ZONE

EVERY: Final = dt.timedelta(minutes=1)

_LOG: Final = logging.getLogger("api.nightly")


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


class Nightly:
    """Looks each minute for what is due while the server runs, in a thread of its own that ends with it."""

    def __init__(self, jobs: Jobs, *, every: dt.timedelta = EVERY) -> None:
        self._jobs = jobs
        self._every = every
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="nightly", daemon=True)

    def start(self) -> None:
        """Begin, with a first look after a while."""
        self._thread.start()

    def stop(self) -> None:
        """End, once what is under way is done."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(self._every.total_seconds()):
            try:
                work_ahead(self._jobs)
            except Exception as error:  # noqa: BLE001 - the server goes on without
                _LOG.warning("what hangs on whom was not worked out: %s", type(error).__name__)
