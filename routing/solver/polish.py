"""Improve a plan by taking a few requests out and inserting them again exactly: large neighbourhood search.

After Shaw 1998 and Ropke & Pisinger 2006. What is taken out lies close together; everything left out before gets its
chance too; a plan is accepted by its true cost, printed times included, so that promises, lateness and waiting count as
they are felt and not as the model estimates them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from routing.cost import Cost, cost
from routing.plan import Plan
from routing.solver.elements import Routes
from routing.solver.insertion import insertions, left_out, unit_of, without
from routing.solver.instance import Instance
from routing.solver.timetable import Timetables

_MOST_OUT = 6
"""How many requests (with what is linked to them) are taken out at most in one round."""

_BLINK = 0.1
"""How often the best place is passed over for the next (Christiaens & Vanden Berghe 2020)."""


_TRIALS = 20
"""How many places are tested exactly for each request of a round."""

_ALLOWANCE = 400
"""Points by which a plan may be dearer than the best and still be gone on with (record-to-record, Dueck 1993)."""


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

    def round(self, current: Timed) -> Timed | None:
        """Return a plan with a few requests placed anew, or None where it has no timetable."""
        chosen = self._choose(current.routes)
        routes = without(self.instance, current.routes, {request for unit in chosen for request in unit})
        return self.time(self._insert(routes, [*chosen, *left_out(self.instance, current.routes)]))

    def time(self, routes: Routes) -> Timed | None:
        """Return the sequences with their best times, or None where they have none."""
        plan = self.timetables.plan(routes)
        if plan is None:
            return None
        return Timed(routes=routes, plan=plan, cost=cost(self.instance.problem, self.instance.matrix, plan))

    def _choose(self, routes: Routes) -> list[tuple[int, ...]]:
        """Return some units that are near each other in place and time."""
        nodes = [index for sequence in routes for index in sequence]
        if not nodes:
            return []
        seed = self.instance.nodes[self.chance.choice(nodes)]
        seconds = self.instance.shifts[0].seconds
        noise = {index: self.chance.random() for index in sorted(nodes)}

        def distance(index: int) -> float:
            other = self.instance.nodes[index]
            apart = abs(other.domain[0][0] - seed.domain[0][0])
            return (min(seconds[seed.place][other.place], 7200) + apart / 4) * noise[index]

        ranked = dict.fromkeys(
            unit_of(self.instance, self.instance.nodes[index].request) for index in sorted(noise, key=distance)
        )
        first = unit_of(self.instance, seed.request)
        near = [unit for unit in ranked if unit != first]
        return [first, *near[: self.chance.randrange(_MOST_OUT)]]

    def _insert(self, routes: Routes, units: list[tuple[int, ...]]) -> Routes:
        def dearness(unit: tuple[int, ...]) -> float:
            return -sum(self.instance.unassigned_points(r) for r in unit) * self.chance.random()

        for unit in sorted(units, key=dearness):
            places = insertions(self.instance, routes, unit, trials=_TRIALS)
            place = next((place for place in places if self.chance.random() >= _BLINK), None)
            if place is not None:
                routes = place.apply(routes)
        return routes


def improve(polish: Polish, start: Timed, *, go_on: Callable[[int], bool], on_better: Callable[[Timed], None]) -> Timed:
    """Return the best plan found while `go_on(rounds done)` says so, never worse than `start`."""
    best = current = start
    rounds = 0
    while go_on(rounds):
        rounds += 1
        found = polish.round(current)
        if found is not None and found.cost.total <= best.cost.total + _ALLOWANCE:
            current = found
        if current.cost.total < best.cost.total:
            best = current
            on_better(best)
    return best
