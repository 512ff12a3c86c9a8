"""Look at what the searches find, now and then: timing every better solution exactly would leave them no time."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from routing.solver.budget import Stopwatch
from routing.solver.elements import Routes

_APART = 0.5
"""Seconds between two exact timings at least."""

_SHARE = 0.04
"""Part of the time that exact timings may take in the long run."""

_PIECES = 10
"""Pieces of search between two timings where rounds are counted, so that the same seed does the same."""


@dataclass(kw_only=True)
class Lookout:
    """Takes a better solution to be timed exactly, with its points: the first, one now and then, and the last."""

    take: Callable[[Routes, float], None]
    counted: bool
    watch: Stopwatch = field(default_factory=Stopwatch)
    _points: float = math.inf
    _pieces: int = 0
    _due: float = 0.0

    def look(self, points: float, routes: Callable[[], Routes], *, last: bool = False) -> None:
        """Look at the best solution after a piece of search, by its points as the search weighs them."""
        self._pieces += 1
        due = self._pieces % _PIECES == 1 if self.counted else self.watch.seconds >= self._due
        if points < self._points and (due or last):
            begun = self.watch.seconds
            self.take(routes(), points)
            now = self.watch.seconds
            self._points, self._due = points, now + max(_APART, (now - begun) / _SHARE)
