"""Run one job: what the solver's process does from its first moment to its last."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Protocol

from api.desk.day_writing import document_of, version_figures
from api.desk.laid_out import Days, OpenDay
from api.desk.plan_versions import text_of
from api.jobs import keeping
from api.jobs.fragility_work import FragilityRun
from api.jobs.week_work import AbsenceRun, WeekRun
from api.store.jobs import Job, JobKind, JobState
from api.store.opening import Store, open_store
from routing.dispatch.groups import changes
from routing.dispatch.locks import Planning, planning
from routing.plan import Plan
from routing.solver.budget import Budget, Progress, Stopwatch
from routing.solver.proven import solve_and_prove

APART: Final = 1.0
"""Seconds between two signs of life."""

_LOG = logging.getLogger(__name__)


class Run(Protocol):
    """What works a job out: it goes on until it is done or `stop` is set, and says at any time what it has reached."""

    stop: threading.Event

    def solve(self) -> None:
        """Work it out."""

    def told(self) -> tuple[dict[str, Any], str | None] | None:
        """Return the progress to tell, and what is to be kept of it where that is new; None before anything."""


def run_job(url: str, key: str, cache: Path | None = None, apart: float = APART) -> None:
    """Run a job of the store at `url`; whatever happens is written into the store."""
    store = open_store(url)
    try:
        run_in(store, key, cache=cache, apart=apart)
    finally:
        store.close()


def run_in(store: Store, key: str, *, cache: Path | None = None, apart: float = APART) -> None:
    """Run a job of an open store."""
    with store.session() as session:
        by = keeping.get_job(session, key).by
    with store.transaction(by) as session:
        job = keeping.begin(session, key)
    if job is None:
        return
    fault: str | None = None
    run: Run | None = None
    try:
        run = _run_of(store, job, cache)
        with _Heart(run, store, job, apart):
            run.solve()
    except Exception:  # noqa: BLE001 - whatever it is, nobody may wait for this job for ever
        _LOG.exception("job %s failed", key)
        fault = keeping.FAILED
    _end(store, job, run, fault)


def _run_of(store: Store, job: Job, cache: Path | None) -> Run:
    match JobKind(job.kind):
        case JobKind.PLAN:
            return _Run.of(store, job, cache)
        case JobKind.WEEK:
            return WeekRun.of(store, job, cache)
        case JobKind.ABSENCE:
            return AbsenceRun.of(store, job, cache)
        case JobKind.FRAGILITY:
            return FragilityRun.of(store, job, cache)


def _end(store: Store, job: Job, run: Run | None, fault: str | None) -> None:
    told = run.told() if run else None
    with store.transaction(job.by) as session:
        if told is not None:
            keeping.beat(session, job.id, *told)
        current = keeping.get_job(session, job.id)
        if current.state not in keeping.OPEN:
            return  # it was taken for lost meanwhile, and its best plan offered
        state = JobState.FAILED if fault else JobState.STOPPED if current.wished_stop else JobState.DONE
        keeping.end(session, current, state, fault=fault)


@dataclass(kw_only=True)
class _Run:
    """One solver run and what it has reached; a thread beside it tells the store."""

    store: Store
    job: Job
    opened: OpenDay
    planning: Planning
    stop: threading.Event = field(default_factory=threading.Event)
    _watch: Stopwatch = field(default_factory=Stopwatch)
    _news: threading.Lock = field(default_factory=threading.Lock)
    _last: Progress | None = None
    _best: Plan | None = None
    _told: Plan | None = None

    @classmethod
    def of(cls, store: Store, job: Job, cache: Path | None) -> _Run:
        """Return the run of a job: the day around what is locked, from the plan it was asked on."""
        with store.session() as session:
            opened = Days(store=store, cache=cache).open_in(session, job.day, at=job.base)
        around = planning(opened.problem, opened.plan, opened.board_locks)
        return cls(store=store, job=job, opened=opened, planning=around)

    def solve(self) -> None:
        """Plan the day."""
        asked = self.job.asked
        found = solve_and_prove(
            self.planning.problem,
            self.opened.day.matrix,
            budget=Budget(seconds=asked["seconds"], iterations=asked.get("iterations")),
            seed=asked.get("seed", 0),
            engine=asked.get("engine", "hybrid"),
            initial=self.planning.initial,
            on_progress=self.listen,
            stop=self.stop.is_set,
        )
        last = self._last.iterations if self._last else 0
        points, left = found.cost.total, len(found.plan.unassigned)
        self.listen(Progress(stage="final", points=points, unassigned=left, iterations=last, plan=found.plan))

    def listen(self, progress: Progress) -> None:
        """Take note of what the search has reached."""
        with self._news:
            self._last = progress
            if progress.plan is not None:
                self._best = self.planning.whole(progress.plan)

    def told(self) -> tuple[dict[str, Any], str | None] | None:
        """Return what there is to tell, and the best plan where it is another than last time; None before anything."""
        with self._news:
            last, best = self._last, self._best
        if last is None:
            return None
        progress: dict[str, Any] = {"stage": last.stage, "seconds": round(self._watch.seconds, 1)}
        if best is None:
            return progress, None
        opened = replace(self.opened, turn=threading.RLock())
        progress["figures"] = version_figures(opened, best, None)
        progress["points"] = opened.desk.cost(best).total
        progress["unassigned"] = len(best.unassigned)
        progress["changes"] = bool(changes(opened.desk, opened.plan, best))
        if best is self._told:
            return progress, None
        self._told = best
        return progress, self._document(best)

    def _document(self, best: Plan) -> str:
        asked = self.job.asked
        made = {"seed": asked.get("seed", 0), "budget_seconds": asked["seconds"]}
        document = document_of(self.opened, best, engine=asked.get("engine", "hybrid"), **made)
        return text_of(document)


class _Heart:
    """Tells the store now and then that a run is alive, and the run that it is to stop."""

    def __init__(self, run: Run, store: Store, job: Job, apart: float) -> None:
        self._run = run
        self._store = store
        self._job = job
        self._apart = apart
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heart", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._over.wait(self._apart):
            try:
                progress, best = self._run.told() or (None, None)
                with self._store.transaction(self._job.by) as session:
                    if keeping.beat(session, self._job.id, progress, best):
                        self._run.stop.set()
            except Exception:  # noqa: BLE001 - the search goes on, and the last word is said elsewhere
                _LOG.exception("job %s could not be told about", self._job.id)
