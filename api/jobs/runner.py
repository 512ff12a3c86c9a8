"""Run jobs behind `concurrent.futures.Executor`.

By default each has a process of its own, so that one that is killed takes nobody with it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from typing import Final, ParamSpec, TypeVar

from api.jobs import keeping
from api.jobs.processes import end_with_parent, is_alive, is_here, number_of
from api.jobs.work import APART, run_job
from api.store.jobs import Job
from api.store.opening import Store

P = ParamSpec("P")
T = TypeVar("T")

SYSTEM: Final = "system"
"""Who ends a job whose process is gone."""

PATIENCE: Final = 5.0
"""Seconds for running jobs to offer their best plan when the server stops."""


def own_process() -> Executor:
    """Return an executor of one fresh process, which ends with this one."""
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=end_with_parent)


class Inline(Executor):
    """An executor that does at once what it is given, in the caller's thread: for tests."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return a future that is done."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - the future carries it
            future.set_exception(error)
        return future


@dataclass(kw_only=True)
class Jobs:
    """The jobs of one server. Threads share it.

    `executor` makes the executor that a job runs on, one per job; `apart` are the seconds between its signs of life.
    """

    store: Store
    cache: Path | None = None
    executor: Callable[[], Executor] = own_process
    apart: float = APART
    closing: Event = field(default_factory=Event)
    """Set once the server is told to stop: whoever follows a job then lets go."""
    _running: dict[str, tuple[Executor, Future[None]]] = field(default_factory=dict)
    _turn: Lock = field(default_factory=Lock)

    def start(self, job: Job) -> None:
        """Run a job that is in the store already; where it gets no process, it is over and the error raised."""
        url = self.store.engine.url.render_as_string(hide_password=False)
        try:
            executor = self.executor()
            future = executor.submit(run_job, url, job.id, self.cache, self.apart)
        except Exception:
            with self.store.transaction(SYSTEM) as session:
                keeping.end_lost(session, job.id)
            raise
        with self._turn:
            self._running[job.id] = (executor, future)
        future.add_done_callback(lambda _: self._ended(job.id))

    def recover(self) -> None:
        """End the jobs whose processes are gone, their best plans offered."""
        with self.store.session() as session:
            found = keeping.gone(session, self.store.clock())
        for key in found:
            with self.store.transaction(SYSTEM) as session:
                keeping.end_lost(session, key)

    def look(self, key: str) -> Job:
        """Return a job as it is now: one whose process is gone is ended first. MissingError where there is none."""
        with self.store.session() as session:
            job = keeping.get_job(session, key)
            lost = keeping.is_gone(job, self.store.clock())
        if not lost:
            return job
        with self.store.transaction(SYSTEM) as session:
            keeping.end_lost(session, key)
            return keeping.get_job(session, key)

    def close(self) -> None:
        """Stop all running jobs of this server; each offers its best plan, one that does not answer is killed."""
        self.closing.set()
        with self._turn:
            running = dict(self._running)
        for key in running:
            with suppress(Exception), self.store.transaction(SYSTEM) as session:
                keeping.wish_stop(session, key)
        wait([future for _, future in running.values()], timeout=PATIENCE)
        for key, (_, future) in running.items():
            if not future.done():
                self._kill(key)
        wait([future for _, future in running.values()], timeout=PATIENCE)
        numbers = {number_of(runner) for key in running if (runner := self._runner(key))}
        for process in multiprocessing.active_children():
            if process.pid in numbers:
                process.join(PATIENCE)

    def _runner(self, key: str) -> str:
        with self.store.session() as session:
            return keeping.get_job(session, key).runner or ""

    def _kill(self, key: str) -> None:
        runner = self._runner(key)
        if runner and is_here(runner) and is_alive(runner) and number_of(runner) != os.getpid():
            os.kill(number_of(runner), signal.SIGKILL)

    def _ended(self, key: str) -> None:
        """Let go of a job's process; where it ended without a word, its best plan is offered."""
        with self._turn:
            executor, _ = self._running.pop(key)
        executor.shutdown(wait=False)
        with self.store.transaction(SYSTEM) as session:
            keeping.end_lost(session, key)
