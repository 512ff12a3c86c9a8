"""Whole numbers out of fractions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.formulation import Whole

_ROUNDING = 1e-6
"""Noise of double precision, in whole numbers: a length that is whole but for it stays what it is."""


def beeline(points: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Return the Euclidean lengths between all points, shape (n, n)."""
    at = np.array(points, dtype=np.float64).reshape(-1, 2)
    lengths: NDArray[np.float64] = np.hypot(at[:, None, 0] - at[None, :, 0], at[:, None, 1] - at[None, :, 1])
    return lengths


def upward(values: NDArray[np.float64], scale: int) -> Whole:
    """Return values scaled and rounded up: what fits these travel times fits the exact ones."""
    return np.ceil(values * scale - _ROUNDING).astype(np.int64)


def nearest(values: NDArray[np.float64], scale: int) -> Whole:
    """Return values scaled and rounded to the nearest: as good as exact for costs."""
    return np.rint(values * scale).astype(np.int64)


def cut(values: NDArray[np.float64]) -> Whole:
    """Return tenths, the rest cut off: lengths and times of the DIMACS convention."""
    return np.floor(values * 10 + 1e-8).astype(np.int64)


def scaled(value: float, scale: int) -> int:
    """Return a time of the file in whole numbers."""
    return round(value * scale)
