"""Run an engine in processes of its own, so that time and memory have an end whatever it does."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from benchmarks.engines.engine import open_engine
from benchmarks.formulation import Formulation, Outcome

GRACE = 60.0
"""Seconds beyond its time after which an engine is ended; the wall time of every run is recorded."""

MEMORY = 8 * 1024**3
"""Bytes of address space that one process may take."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """What came out of all processes of one engine: the best outcome and the wall time it took."""

    outcome: Outcome
    wall: float


def run_engine(name: str, formulation: Formulation, *, seconds: float, seed: int, processes: int) -> Run:
    """Return the best of `processes` runs side by side with seeds `seed`, `seed` + 1, ..."""
    context = multiprocessing.get_context("spawn")
    began = time.monotonic()
    children = []
    for number in range(processes):
        receiver, sender = context.Pipe(duplex=False)
        child = context.Process(target=_work, args=(sender, name, formulation, seconds, seed + number))
        child.start()
        sender.close()
        children.append((child, receiver))
    outcomes = _collect([receiver for _, receiver in children], began + seconds + GRACE)
    wall = time.monotonic() - began
    for child, _ in children:
        _end(child)
    return Run(outcome=_best(outcomes), wall=wall)


def _end(child: SpawnProcess) -> None:
    """End a process with whatever it started: both are in the group that it opened as its first act."""
    assert child.pid is not None  # it was started
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.kill()
    child.join()


def _collect(pipes: list[Connection], deadline: float) -> list[Outcome]:
    outcomes: list[Outcome] = []
    waiting = list(pipes)
    while waiting:
        ready = wait(waiting, max(0.0, deadline - time.monotonic()))
        if not ready:
            outcomes.append(Outcome(answer=None, remark=f"no answer {GRACE:.0f} s after its time"))
            break
        for pipe in ready:
            assert isinstance(pipe, Connection)
            waiting.remove(pipe)
            try:
                outcomes.append(pipe.recv())
            except EOFError:
                outcomes.append(Outcome(answer=None, remark="the process ended without an answer"))
    return outcomes


def _best(outcomes: list[Outcome]) -> Outcome:
    """Return the answer of least value, or a word on why there is none."""
    answered = [outcome for outcome in outcomes if outcome.answer is not None]
    if not answered:
        return outcomes[0]
    return min(answered, key=lambda outcome: float("inf") if outcome.value is None else outcome.value)


def _work(pipe: Connection, name: str, formulation: Formulation, seconds: float, seed: int) -> None:
    """Solve and send the outcome; whatever goes wrong is an outcome too, because one engine must not end the run."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        outcome = open_engine(name).solve(formulation, seconds=seconds, seed=seed)
    except MemoryError:
        outcome = Outcome(answer=None, remark=f"more than {MEMORY // 1024**3} GiB of memory")
    except Exception as fault:  # noqa: BLE001  # recorded in the row
        outcome = Outcome(answer=None, remark=f"{type(fault).__name__}: {fault}"[:200])
    pipe.send(outcome)
    pipe.close()
