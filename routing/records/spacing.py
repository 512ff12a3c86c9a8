"""How many days of a week can be taken when they must lie apart."""

from __future__ import annotations

from collections.abc import Sequence


def room_for(days: Sequence[int], apart: int) -> int:
    """Return how many of some days in order can be taken so that any two lie at least `apart`."""
    count, last = 0, None
    for day in days:
        if last is None or day - last >= apart:
            count, last = count + 1, day
    return count
