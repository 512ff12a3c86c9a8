"""Whether one round can be driven in time: bounds on when stops begin, and on the time between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.verify.verdict import TOLERANCE


@dataclass(frozen=True, kw_only=True, slots=True)
class Lag:
    """`later` begins at least `least` after `earlier` (a negative `least`: at most so long before)."""

    earlier: int
    later: int
    least: float


def drivable(bounds: Sequence[tuple[float, float]], lags: Sequence[Lag]) -> bool:
    """Tell whether times inside `bounds` keep all `lags`.

    The least times are found by raising them (Bellman & Ford): if any still has to rise after as many passes as there
    are times, the lags contradict each other.
    """
    times = [low for low, _ in bounds]
    for _ in range(len(times) + 1):
        risen = False
        for lag in lags:
            if times[lag.earlier] + lag.least > times[lag.later] + TOLERANCE / len(times):
                times[lag.later] = times[lag.earlier] + lag.least
                risen = True
        if any(time > high + TOLERANCE for time, (_, high) in zip(times, bounds, strict=True)):
            return False
        if not risen:
            return True
    return False
