"""How cold the search is: once from hot to cold in a short budget, in longer and longer turns in a long one."""

from __future__ import annotations

_FIRST = 30.0
"""Seconds of the first turn of a long search: whoever stops it early has a good plan by then."""

_SHORT = 3 * _FIRST
"""Seconds up to which a search is one turn: cooling slowly once is worth more than twice in haste."""

_WARMTH = 0.4
"""Where later turns begin: warm enough to leave a solution, not so hot as to forget it."""


def cooled(used: float, seconds: float | None) -> float:
    """Return how far the search has cooled down, 0 hot and 1 cold, when the share `used` of its budget is gone.

    `seconds` is the whole length of the search, None where rounds are counted.
    """
    if seconds is None or seconds <= _SHORT:
        return min(1.0, used)
    now, begun, length = used * seconds, 0.0, _FIRST
    while begun + length <= now and begun + 3 * length <= seconds:
        begun, length = begun + length, 2 * length
    if begun + 3 * length > seconds:
        length = seconds - begun
    done = min(1.0, (now - begun) / length)
    return done if begun == 0 else _WARMTH + (1 - _WARMTH) * done


def heat_at(first: float, last: float, cold: float) -> float:
    """Return the heat between `first` and `last` by how far the search has cooled down: falling evenly."""
    return float(first * (last / first) ** min(1.0, cold))
