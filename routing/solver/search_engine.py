"""Engine `search`: the compiled ruin and recreate, run in pieces short enough to be stopped."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.kernel.engine import Kernel

_PIECE = 0.15
"""Seconds that one piece of the search should take, so that a wish to stop is heard."""

REDUCING = 0.2
"""Part of the budget that goes to serving everybody on fewer shifts, where using one costs more than a request."""

_TEPID = 0.15
"""Heat while shifts are reduced, as a part of the first heat."""

_ROUNDS = 20
"""Rounds of the first piece, and of every piece where rounds are counted instead of seconds."""


@dataclass(kw_only=True)
class SearchEngine:
    """The compiled search on one instance. `rounds` counts what was done."""

    instance: Instance
    seed: int
    rounds: int = 0

    def improve(
        self, start: Routes, *, used: Callable[[int], float], counted: bool, on_better: Callable[[Routes], None]
    ) -> None:
        """Search from `start` while `used(rounds)`, the used share of the budget, is below 1.

        `on_better` is told of sequences that are better as the search weighs them; it does not stop for them to be
        timed exactly. With `counted` rounds the pieces are all alike, so that the same seed does the same.
        """
        kernel = Kernel(self.instance, self.seed)
        kernel.load(start)
        if kernel.run(1, 0.0):
            on_better(kernel.routes)
        first, size, reducing = kernel.first_heat(), _ROUNDS, kernel.costly_shifts and kernel.complete
        while (share := used(self.rounds)) < 1:
            begun = time.monotonic()
            if reducing and share < REDUCING:
                better = kernel.reduce(size, _TEPID * first)
            else:
                if reducing:
                    reducing = not kernel.load(kernel.routes)
                better = kernel.run(size, kernel.heat_at(first, share))
            self.rounds += size
            if better:
                on_better(kernel.routes)
            if not counted:
                taken = max(1e-3, time.monotonic() - begun)
                size = max(1, min(4 * size, round(size * _PIECE / taken)))
