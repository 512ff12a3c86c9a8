"""The door to the compiled search: sequences in, better sequences out."""

from __future__ import annotations

import numpy as np

from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.kernel.data import Data, compile_data
from routing.solver.kernel.loop import anneal, cost, left_out, seed_chance
from routing.solver.kernel.settle import forget, settle
from routing.solver.kernel.state import State, blank, copy_into, scratch

_HEAT = 0.1
"""Heat at the start, as a part of what serving one unit costs on average in the first solution."""

_COLD = 1.0
"""Heat at the end, in points."""


class Kernel:
    """The compiled search on one instance."""

    def __init__(self, instance: Instance, seed: int, data: Data | None = None) -> None:
        self.data = compile_data(instance) if data is None else data
        self.room = scratch(self.data)
        self.current, self.best = blank(self.data), blank(self.data)
        self.absent = np.zeros(len(self.data.worth), np.int64)
        seed_chance(seed)

    def load(self, routes: Routes) -> bool:
        """Begin from sequences that have a timetable; return whether the kernel agrees that they have."""
        state = blank(self.data)
        for shift, sequence in enumerate(routes):
            state.routes[shift, : len(sequence)] = sequence
            state.size[shift] = len(sequence)
            for node in sequence:
                state.out[self.data.unit[self.data.request[node]]] = False
        forget(self.data, state)
        if not settle(self.data, state, np.ones(len(routes), np.bool_), self.room):
            return False
        copy_into(state, self.current)
        copy_into(state, self.best)
        return True

    def run(self, rounds: int, heat: float) -> int:
        """Run some rounds at one heat; return how often the best improved."""
        return int(anneal(self.data, self.current, self.best, self.absent, self.room, rounds, heat))

    @property
    def points(self) -> float:
        """Return the points of the best solution as the kernel weighs them."""
        return float(cost(self.data, self.best) + left_out(self.data, self.best))

    @property
    def routes(self) -> Routes:
        """Return the sequences of the best solution."""
        return _routes(self.best)

    @property
    def current_routes(self) -> Routes:
        """Return the sequences of the solution the search stands at."""
        return _routes(self.current)

    def seen(self) -> list[tuple[Routes, list[float], float]]:
        """Return the current and the best solution: routes, the points of each route, and those of the whole."""
        return [
            (_routes(state), state.points.tolist(), float(cost(self.data, state) + left_out(self.data, state)))
            for state in (self.current, self.best)
        ]

    def first_heat(self) -> float:
        """Return a heat that fits the size of the instance: a part of what serving one request costs on average."""
        served = max(1, int((~self.best.out).sum()))
        return max(_COLD, _HEAT * float(cost(self.data, self.best)) / served)

    def heat_at(self, first: float, share: float) -> float:
        """Return the heat when a share (0 to 1) of the budget is used: falling evenly from `first` to cold."""
        return float(first * (_COLD / first) ** min(1.0, share))


def _routes(state: State) -> Routes:
    return tuple(tuple(row[:size].tolist()) for row, size in zip(state.routes, state.size.tolist(), strict=True))
