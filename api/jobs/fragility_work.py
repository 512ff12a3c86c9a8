"""Work out what hangs on each worker of a day: a job like those that plan."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from api.absence import change_dict
from api.desk.laid_out import Days, OpenDay
from api.errors import ConflictError
from api.jobs.keeping import add_job
from api.jobs.telling import Telling
from api.store.jobs import Job, JobKind
from api.store.opening import Store
from api.store.plans import Day
from routing.findings import Finding
from routing.solver.budget import Budget
from routing.weeks.fragility import Fragile, fragility
from routing.weeks.repair import ROUNDS

SECONDS: Final = 3.0
"""How long one search of a day without somebody may take."""


def ask_fragility(session: Session, day: dt.date, *, base: str | None = None, iterations: int = ROUNDS) -> Job:
    """Add a job that thinks each worker of a day away in turn, by a version of its plan, the current one unless named.

    ConflictError for a day without a plan, and where that is being worked out already.
    """
    row = session.get(Day, day)
    wanted = base or (row.current if row else None)
    if wanted is None:
        raise ConflictError([Finding(code="weeks.fragility-no-plan", found=f"{day:%d.%m.%Y}")])
    return add_job(session, day, wanted, {"seconds": SECONDS, "iterations": iterations}, JobKind.FRAGILITY)


@dataclass(kw_only=True)
class FragilityRun(Telling):
    """Think each worker of a day away."""

    opened: OpenDay

    @classmethod
    def of(cls, store: Store, job: Job, cache: Path | None) -> FragilityRun:
        """Return the run of a job."""
        with store.session() as session:
            return cls(job=job, opened=Days(store=store, cache=cache).open_in(session, job.day, at=job.base))

    def solve(self) -> None:
        """Work it out, and keep it."""
        day, asked = self.opened.day, self.job.asked
        found = fragility(
            day.records,
            self.opened.laid.folder.network,
            day,
            self.opened.plan,
            rescue=Budget(seconds=asked["seconds"], iterations=asked["iterations"]),
            on_worker=lambda share: self.tell("fragility", share),
            stop=self.stop.is_set,
        )
        kept = {"mark": self.opened.laid.mark, "workers": [_worker(one) for one in found]}
        self.keep(json.dumps(kept, ensure_ascii=False))


def _worker(one: Fragile) -> dict[str, object]:
    return {
        "worker": one.worker,
        "at_stake": one.at_stake,
        "critical": one.critical,
        "substitute": one.absent.best.substitute,
        "reserve": one.absent.best.reserve,
        "lost": [change_dict(change) for change in one.absent.best.lost],
    }
