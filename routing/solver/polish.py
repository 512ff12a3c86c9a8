"""Improve a plan by taking a few requests out and inserting them again exactly: large neighbourhood search.

After Shaw 1998 and Ropke & Pisinger 2006. What is taken out lies close together; everything left out before gets its
chance too; a plan is accepted by its true cost, printed times included, so that promises, lateness and waiting count as
they are felt and not as the model estimates them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from routing.cost import Cost, cost
from routing.plan import Plan
from routing.solver.budget import StopSignal, never_stop
from routing.solver.elements import Routes
from routing.solver.insertion import best_insertion, insertions, left_out, unit_of, without
from routing.solver.instance import Instance
from routing.solver.timetable import BETTER, QUICK, Timetables

_MOST_OUT = 6
"""How many requests (with what is linked to them) are taken out at most in one round."""

_BLINK = 0.1
"""How often the best place is passed over for the next (Christiaens & Vanden Berghe 2020)."""


_FOR_WAITING = 0.5
"""How often room is made for a request that was left out, which is then inserted first."""

_TRIALS = 20
"""How many places are tested exactly for each request of a round."""

_MOST_WAITING = 8
"""How many of the requests that were left out are tried again in one round."""

_ALLOWANCE = 1 / 6
"""Part of what serving one request costs by which a plan may be dearer than the best and still be gone on with
(record-to-record, Dueck 1993)."""

_FAR = 1 / 4
"""Part of the longest shift beyond whose length of travel nothing is farther still."""


@dataclass(frozen=True, kw_only=True)
class Timed:
    """Sequences with their printed plan and its cost."""

    routes: Routes
    plan: Plan
    cost: Cost


@dataclass(frozen=True, kw_only=True)
class Polish:
    """Rounds of taking out and inserting again, all chance from `chance`."""

    instance: Instance
    timetables: Timetables
    chance: Random
    over: StopSignal = never_stop
    _hopeless: dict[tuple[int, ...], bool] = field(default_factory=dict, init=False)

    def round(self, current: Timed) -> Timed | None:
        """Return a plan with a few requests placed anew, or None where it leaves more out or has no timetable."""
        waiting = [unit for unit in left_out(self.instance, current.routes) if not self.is_hopeless(unit)]
        waiting = self.chance.sample(waiting, min(len(waiting), _MOST_WAITING))
        first = self.chance.choice(waiting) if waiting and self.chance.random() < _FOR_WAITING else ()
        chosen = self._choose(current.routes, first)
        rest = [*chosen, *(unit for unit in waiting if unit != first)]
        routes = without(self.instance, current.routes, {request for unit in chosen for request in unit})
        routes = self._insert(routes, [first] if first else [])
        routes = self._insert(routes, sorted(rest, key=self._dearness))
        return self.time(routes) if self._points_left_out(routes) <= current.cost.unassigned else None

    def is_hopeless(self, unit: tuple[int, ...]) -> bool:
        """Tell whether a unit would find no place even if nothing else were planned."""
        if unit not in self._hopeless:
            empty: Routes = tuple(() for _ in self.instance.shifts)
            self._hopeless[unit] = best_insertion(self.instance, empty, unit) is None
        return self._hopeless[unit]

    def time(self, routes: Routes, *, work: float = QUICK) -> Timed | None:
        """Return the sequences with their best times, or None where they have none; `work` as in `Timetables`."""
        plan = self.timetables.plan(routes, work=work)
        if plan is None:
            return None
        return Timed(routes=routes, plan=plan, cost=cost(self.instance.problem, self.instance.matrix, plan))

    @cached_property
    def _far(self) -> float:
        return _FAR * max(data.hard_end - data.shift.earliest for data in self.instance.shifts)

    def _choose(self, routes: Routes, waiting: tuple[int, ...]) -> list[tuple[int, ...]]:
        """Return some served units that are near each other, or near a unit that waits for a place."""
        served = sorted({index for sequence in routes for index in sequence})
        around = [index for request in waiting for index in self.instance.nodes_of_request[request]] or served
        if not served:
            return []
        seed, seconds = self.instance.nodes[self.chance.choice(around)], self.instance.shifts[0].seconds
        noise = {index: self.chance.random() for index in served}

        def distance(index: int) -> float:
            other = self.instance.nodes[index]
            apart = abs(other.domain[0][0] - seed.domain[0][0])
            return (min(seconds[seed.place][other.place], self._far) + apart / 4) * noise[index]

        near = (unit_of(self.instance, self.instance.nodes[index].request) for index in sorted(served, key=distance))
        return list(dict.fromkeys(near))[: self.chance.randint(1, _MOST_OUT)]

    def _dearness(self, unit: tuple[int, ...]) -> float:
        return -sum(map(self.instance.unassigned_points, unit)) * self.chance.random()

    def _insert(self, routes: Routes, units: list[tuple[int, ...]]) -> Routes:
        for unit in units:
            if self.over():
                break
            places = insertions(self.instance, routes, unit, trials=_TRIALS)
            place = next((place for place in places if self.chance.random() >= _BLINK), None)
            if place is not None:
                routes = place.apply(routes)
        return routes

    def _points_left_out(self, routes: Routes) -> int:
        return sum(self.instance.unassigned_points(r) for unit in left_out(self.instance, routes) for r in unit)


def improve(polish: Polish, start: Timed, *, go_on: Callable[[int], bool], on_better: Callable[[Timed], None]) -> Timed:
    """Return the best plan found while `go_on(rounds done)` says so, never worse than `start`."""
    best = current = start
    served = max(1, len(polish.instance.requests) - len(start.plan.unassigned))
    allowance = _ALLOWANCE * (start.cost.total - start.cost.unassigned) / served
    rounds = 0
    while go_on(rounds):
        rounds += 1
        found = polish.round(current)
        if found is not None and found.cost.total <= best.cost.total + allowance:
            current = found
        if current.cost.total < best.cost.total:
            best = current = min(
                current, polish.time(current.routes, work=BETTER) or current, key=lambda timed: timed.cost.total
            )
            on_better(best)
    return best
