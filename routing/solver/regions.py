"""Share a large day between the searches: each changes the routes of its own part, and the parts change often.

Two searches of the whole day find much the same; two that work on a part each do twice the work on it (decomposition,
as in Taillard 1993, drawn anew each time).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import numpy as np
from numpy.typing import NDArray

from routing.solver.elements import Routes
from routing.solver.kernel.data import Data
from routing.solver.team import Team

_LARGE, _ROUTES = 300, 20
"""From how many units on a day is shared, and how many routes a part has at least: on fewer each is too cramped."""


@dataclass(kw_only=True)
class Regions:
    """The parts of the day that the searches of a team work on."""

    team: Team
    seed: int
    _chance: Random = field(init=False)
    _parts: tuple[NDArray[np.bool_], ...] = field(default=(), init=False)
    _loads: tuple[int, ...] = field(default=(), init=False)

    def __post_init__(self) -> None:
        self._chance = Random(self.seed)  # noqa: S311  # reproducible, not secret

    @property
    def useful(self) -> bool:
        """Tell whether the day is large, its routes stand alone and several search."""
        kernel, count = self.team.best, len(self.team.kernels)
        used = int((kernel.best.size > 0).sum())
        large = len(kernel.data.worth) >= _LARGE and used >= _ROUTES * count
        return large and count > 1 and not kernel.data.bound_up

    def draw(self) -> None:
        """Put together what the searches have made of their parts, and give each another part of it."""
        whole = self._joined()
        kernels, data = self.team.kernels, self.team.kernels[0].data
        self.team.each(lambda kernel: kernel.go_on(whole))
        number, owner = shares(data, whole, len(kernels), self._chance)
        self._parts = tuple(number == own for own in range(len(kernels)))
        for own, kernel in enumerate(kernels):
            kernel.keep_to(self._parts[own], owner == own)
        self._loads = tuple(kernel.loads for kernel in kernels)

    def _joined(self) -> Routes:
        """Return the routes of each search in its own part; the best solution where one was loaded meanwhile."""
        if self._loads != tuple(kernel.loads for kernel in self.team.kernels):
            return self.team.best.routes
        found = [kernel.current_routes for kernel in self.team.kernels]
        owner = np.argmax(self._parts, axis=0)
        return tuple(found[own][shift] for shift, own in enumerate(owner))


def shares(data: Data, routes: Routes, count: int, chance: Random) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each shift and each unit the number of its part: as many routes each, between two places drawn."""
    nodes = len(data.place)
    one, other = (int(data.place[chance.randrange(nodes)]) for _ in range(2))
    lean = data.metres[0][:, one].astype(np.int64) - data.metres[0][:, other]
    number = np.arange(len(routes)) % count  # empty ones in turn
    used = [shift for shift, sequence in enumerate(routes) if sequence]
    leaning = {shift: float(lean[data.place[list(routes[shift])]].mean()) for shift in used}
    used.sort(key=leaning.__getitem__)
    number[used] = np.arange(len(used)) * count // max(1, len(used))
    borders = [leaning[used[len(used) * part // count]] for part in range(1, count)] if used else []
    return number, np.searchsorted(borders, lean[data.place[data.first[data.member[:, 0]]]], side="right")
