"""Micro-benchmarks: how often a second the parts that everything stands on can be done."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from benchmarks.municipal.days import Size, municipal_day
from routing.cost import cost
from routing.problem import Place
from routing.review.check import check
from routing.roads.network import RoadNetwork
from routing.roads.prepare import prepare
from routing.solver.earliest import timetable_exists
from routing.solver.insertion import candidates, insert_all, unit_of, without
from routing.solver.instance import Instance
from routing.solver.timetable import timetable

SAMPLE = 20
"""Requests that are taken out and put back, one at a time."""


@dataclass(frozen=True, kw_only=True)
class Rate:
    """How many of something a processor second does; `times` is against the first line of the same run."""

    what: str
    per_second: float

    def times(self, unit: Rate) -> float:
        """Return how often this can be done in the time of one `unit`."""
        return self.per_second / unit.per_second


def rates(network: RoadNetwork, requests: int, seed: int) -> list[Rate]:
    """Return the rates on one municipal day; the first, of adding numbers in Python, tells the machine's speed."""
    problem, matrix = municipal_day(network, Size(requests=requests), seed)
    instance = Instance(problem, matrix)
    routes = insert_all(instance, tuple(() for _ in instance.shifts))
    plan = timetable(instance, routes)
    assert plan is not None
    shifts = tuple(range(len(routes)))
    units = [unit_of(instance, request) for request in range(0, len(problem.requests), requests // SAMPLE or 1)]

    def looked_at() -> int:
        return sum(
            sum(1 for _ in candidates(instance, without(instance, routes, unit), unit, shifts)) for unit in units
        )

    def tested() -> int:
        found = 0
        for unit in units:
            bare = without(instance, routes, unit)
            for candidate in islice(candidates(instance, bare, unit, shifts), 10):
                timetable_exists(instance, candidate.apply(bare), [shift for shift, _ in candidate.changes])
                found += 1
        return found

    places: tuple[Place, ...] = problem.places
    return [
        rate("additions in a Python loop", _additions),
        rate("travel times of the matrix", lambda: len(prepare(network, places)[0].places) ** 2),
        rate("insertions looked at", looked_at),
        rate("insertions looked at and tested exactly", tested),
        rate("plans checked", lambda: len([check(problem, matrix, plan)])),
        rate("plans costed", lambda: len([cost(problem, matrix, plan)])),
        rate("instances compiled", lambda: len([Instance(problem, matrix)])),
    ]


def rate(what: str, work: Callable[[], int]) -> Rate:
    """Return the best rate of three tries; `work` returns how many it has done."""
    best = 0.0
    for _ in range(3):
        began = time.process_time()
        done = work()
        best = max(best, done / max(time.process_time() - began, 1e-9))
    return Rate(what=what, per_second=best)


def _additions() -> int:
    total = 0
    for number in range(1_000_000):
        total += number
    return 1_000_000 if total else 0
