"""Chance of one search: its own state, so that searches side by side repeat themselves (SplitMix64)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from routing.solver.kernel.compiled import compiled

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_BY_30, _BY_27, _BY_31, _BY_11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_FRACTION = 1.0 / 9007199254740992.0


@compiled
def draw(chance: NDArray[np.uint64]) -> float:
    """Return a number from 0 up to 1, evenly."""
    chance[0] += _STEP
    mixed = chance[0]
    mixed = (mixed ^ (mixed >> _BY_30)) * _FIRST
    mixed = (mixed ^ (mixed >> _BY_27)) * _SECOND
    mixed = mixed ^ (mixed >> _BY_31)
    return float(mixed >> _BY_11) * _FRACTION


@compiled
def below(chance: NDArray[np.uint64], bound: int) -> int:
    """Return a whole number from 0 up to `bound`, evenly."""
    return int(draw(chance) * bound)


@compiled
def until_blink(chance: NDArray[np.uint64], rate: float) -> int:
    """Return how many places are looked at before the next is overlooked, where each is with a chance of `rate`."""
    return int(np.log(1.0 - draw(chance)) / np.log(1.0 - rate)) if rate > 0 else 1 << 60
