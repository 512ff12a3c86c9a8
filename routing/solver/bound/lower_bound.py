"""A proven lower bound of a day: column generation, and branches where its routes do not fit together."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from queue import SimpleQueue
from typing import TypeAlias

import numpy as np

from routing.cost import cost
from routing.plan import Plan
from routing.problem import Problem
from routing.solver.bound.column import Column
from routing.solver.bound.domains import linked_domains
from routing.solver.bound.generation import Generation
from routing.solver.bound.kinds import kinds_of
from routing.solver.bound.master import Duals
from routing.solver.bound.memory import near
from routing.solver.bound.pricer import Pricer
from routing.solver.bound.pricing.data import Room, make_room
from routing.solver.bound.rounding import rounded
from routing.solver.bound.start import columns_of, shares
from routing.solver.bound.tables import Compiled, is_told
from routing.solver.bound.tree import Branch, split
from routing.solver.budget import StopSignal, Stopwatch, never_stop
from routing.solver.elements import Routes
from routing.solver.instance import Instance

_LABELS = 300_000
"""Labels that one pricing may hold; where it needs more the bound stays where it is."""

_THREADS = 2
"""Classes of shifts that are priced at a time."""

_NEAR = 12
"""How many requests are remembered at a request at first."""

MOST_REQUESTS = 60
"""Requests of a day up to which a bound is looked for: larger ones take far longer than anybody waits."""

_ROUNDED = 5
"""Components of a cost that the bound knows and that are rounded to points, down by half a point at most."""


@dataclass(frozen=True, kw_only=True)
class Bound:
    """What no plan of a day costs less than. `finished` says that more time would not have raised it."""

    points: int
    finished: bool
    seconds: float
    branches: int
    rounds: int


Weigher: TypeAlias = Callable[[Routes], float]
"""Told of routes that may make a good plan, which it may have to repair; says what the best plan costs now."""


def lower_bound(
    instance: Instance,
    *,
    seconds: float,
    plan: Plan | None = None,
    weigh: Weigher | None = None,
    stop: StopSignal = never_stop,
) -> Bound | None:
    """Return the best lower bound found within the seconds, or None where there was none.

    `plan`, the best one known, makes the search shorter. None also where the day is too large (see `is_provable`).
    """
    if not is_provable(instance.problem) or not is_told(instance):
        return None
    return _Proof(instance=instance, plan=plan, limit=seconds, weigh=weigh, asked=stop).run()


def is_provable(problem: Problem) -> bool:
    """Tell whether a day is small enough for a bound to be looked for."""
    return 0 < len(problem.requests) <= MOST_REQUESTS and bool(problem.shifts)


@dataclass(kw_only=True)
class _Proof:
    """One search for a bound. What is open is a heap of branches, the weakest first."""

    instance: Instance
    plan: Plan | None
    limit: float
    weigh: Weigher | None
    asked: StopSignal

    def __post_init__(self) -> None:
        self._watch = Stopwatch()
        self._kinds = kinds_of(self.instance)
        self._compiled = [Compiled(instance=self.instance, kind=kind) for kind in self._kinds]
        for compiled in self._compiled:
            compiled.whole.memory[:] = near(compiled.whole, _NEAR)
        self._rooms: SimpleQueue[Room] = SimpleQueue()
        for _ in range(_THREADS):
            self._rooms.put(make_room(len(self.instance.nodes), _LABELS))
        self._slack = (_ROUNDED + len(self.instance.problem.promises)) / 2
        self._upper = math.inf
        if self.plan is not None:
            self._upper = float(cost(self.instance.problem, self.instance.matrix, self.plan).total)
        self._rounds = 0

    def run(self) -> Bound | None:
        """Return the best bound met."""
        with ThreadPoolExecutor(max_workers=_THREADS) as self._pool:
            return self._search()

    def _search(self) -> Bound | None:
        """Return the bound of the weakest branch when time is over or every branch is as good as the plan."""
        waiting = [(-math.inf, 0, self._whole_day())]
        lowest, made, finished = math.inf, 1, True
        while waiting and waiting[0][0] < min(lowest, self._enough):
            _, _, branch = heapq.heappop(waiting)
            halves, bound = self._explore(branch)
            if halves is None:
                lowest = min(lowest, bound)
                finished = finished and not self._over()
                continue
            for half in halves:
                heapq.heappush(waiting, (half.bound, made, half))
                made += 1
        lowest = min([lowest, self._upper + self._slack, *(bound for bound, _, _ in waiting)])
        if lowest == -math.inf:
            return None
        points = max(0, math.ceil(lowest - self._slack - 1e-3))
        return Bound(points=points, finished=finished, seconds=self._watch.seconds, branches=made, rounds=self._rounds)

    @property
    def _enough(self) -> float:
        """Return the bound of a branch from which on it holds no better plan than the one known."""
        return self._upper - 1 + self._slack + 1e-2

    def _over(self) -> bool:
        return self.asked() or self._watch.seconds >= self.limit

    def _whole_day(self) -> Branch:
        kind_of = {shift: k for k, kind in enumerate(self._kinds) for shift in kind.shifts}
        gain, columns = np.zeros(len(self.instance.requests)), list[Column]()
        if self.plan is not None:
            gain, columns = shares(self.instance, self.plan), columns_of(self.instance, self.plan, kind_of)
        return Branch(
            bound=-math.inf,
            domains=linked_domains(self.instance),
            barred=(0,) * len(self._kinds),
            center=Duals(gain=gain, rent=np.zeros(len(self._kinds))),
            columns=tuple(columns),
        )

    def _explore(self, branch: Branch) -> tuple[tuple[Branch, Branch] | None, float]:
        """Return the two halves of a branch, or None where it is not to be split, and its bound."""
        generation = Generation(
            instance=self.instance,
            pricers=[
                Pricer(kind=k, tables=compiled.narrowed(branch.domains, barred), rooms=self._rooms)
                for k, (compiled, barred) in enumerate(zip(self._compiled, branch.barred, strict=True))
            ],
            counts=tuple(len(kind.shifts) for kind in self._kinds),
            center=branch.center,
            enough=self._enough,
            over=self._over,
            pool=self._pool,
        )
        whole = generation.run(branch.columns)
        self._rounds += generation.rounds
        if self.weigh is not None and generation.used and not self.asked():
            self._upper = min(self._upper, self.weigh(rounded(self.instance, self._kinds, generation.used)))
        bound = max(branch.bound, generation.best)
        if not whole:
            return None, bound
        if bound >= self._enough:
            return None, math.inf
        left = replace(branch, bound=bound, center=generation.center, columns=tuple(generation.master.columns))
        return split(self.instance, left, generation.used), bound
