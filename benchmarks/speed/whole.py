"""Whole days of growing size: how long until they are set up, until a first plan, and what the search makes of it."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from benchmarks.municipal.days import Size, municipal_day
from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Problem
from routing.review.check import check
from routing.roads.opening import open_network
from routing.solver.budget import Budget, Progress
from routing.solver.insertion import best_insertion, unit_of, without
from routing.solver.instance import Instance
from routing.solver.kernel.fill import compile_data
from routing.solver.solve import routes_of, solve
from routing.solver.urgent import insert

T = TypeVar("T")

URGENT = "urgent"
URGENT_VISITS = 5

A_MUNICIPALITY = 250
"""Requests of one municipality: a day of more spreads over several."""

SAMPLE = 20
"""Requests that are taken out and put back, one at a time."""


@dataclass(frozen=True, kw_only=True)
class Whole:
    """One day of one size. Seconds are wall time; `first_points` and `points` the cost of the first and last plan.

    `day` makes the problem and its matrix, `setup` the solver's arrays; `put_back` is how many requests a second are
    inserted again exactly, each alone into the last plan. `urgent` is how long it takes to put one more visit into the
    last plan with everybody else staying where they are, the mean over several visits.
    """

    requests: int
    shifts: int
    day: float
    setup: float
    first: float
    total: float
    checked: float
    urgent: float
    first_unassigned: int
    unassigned: int
    first_points: int
    points: int
    put_back: float
    mebibytes: float


def measure(roads: Path, requests: int, *, seconds: float, engine: str, seed: int) -> Whole:
    """Return the figures of one day, planned in a process of its own so that its memory is its own."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(sender, roads, requests, seconds, engine, seed))
    child.start()
    sender.close()
    found = receiver.recv()
    child.join()
    assert isinstance(found, Whole)
    return found


def plan_day(roads: Path, requests: int, *, seconds: float, engine: str, seed: int) -> Whole:
    """Return the figures of one day, planned in this process."""
    network = open_network(roads)
    size = Size(requests=requests, municipalities=max(1, round(requests / A_MUNICIPALITY)))
    (problem, matrix), day = _timed(lambda: municipal_day(network, size, seed))
    _, setup = _timed(lambda: compile_data(Instance(problem, matrix)))
    firsts: list[tuple[float, Progress]] = []
    began = time.perf_counter()

    def note(progress: Progress) -> None:
        if not firsts:
            firsts.append((time.perf_counter() - began, progress))

    result, total = _timed(
        lambda: solve(problem, matrix, budget=Budget(seconds=seconds), seed=seed, engine=engine, on_progress=note)
    )
    broken, checked = _timed(lambda: check(problem, matrix, result.plan))
    assert not broken, broken[0]
    added, seconds_of_all = _timed(lambda: [insert(*day, result.plan, URGENT) for day in _one_more(problem, matrix)])
    first, progress = firsts[0]
    return Whole(
        requests=requests,
        shifts=len(problem.shifts),
        day=day,
        setup=setup,
        first=first,
        total=total,
        checked=checked,
        urgent=seconds_of_all / max(1, len(added)),
        first_unassigned=progress.unassigned,
        unassigned=len(result.plan.unassigned),
        first_points=progress.points,
        points=result.cost.total,
        put_back=_put_back(Instance(problem, matrix), result.plan),
        mebibytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2),
    )


def _put_back(instance: Instance, plan: Plan) -> float:
    """Return how many requests a second find the cheapest place that works in the plan they were taken out of."""
    routes = routes_of(instance, plan)
    step = max(1, len(instance.requests) // SAMPLE)
    units = [unit_of(instance, request) for request in range(0, len(instance.requests), step)]
    bare = [without(instance, routes, unit) for unit in units]
    _, taken = _timed(lambda: [best_insertion(instance, *pair) for pair in zip(bare, units, strict=True)])
    return len(units) / taken


def _one_more(problem: Problem, matrix: Matrix) -> list[tuple[Problem, Matrix]]:
    """Return the day with one more visit, like one of its own, a few times."""
    alone = [visit for visit in problem.visits if visit.crew == 1]
    chosen = alone[:: max(1, len(alone) // URGENT_VISITS)][:URGENT_VISITS]
    return [(replace(problem, visits=(*problem.visits, replace(visit, id=URGENT))), matrix) for visit in chosen]


def _work(pipe: Connection, roads: Path, requests: int, seconds: float, engine: str, seed: int) -> None:
    pipe.send(plan_day(roads, requests, seconds=seconds, engine=engine, seed=seed))
    pipe.close()


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began
