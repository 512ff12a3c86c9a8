"""How cold the search is: once from hot to cold in a short budget, in longer and longer turns in a long one."""

from __future__ import annotations

from dataclasses import dataclass, field

_FIRST = 30.0
"""Seconds of the first turn of a long search: whoever stops it early has a good plan by then."""

_SHORT = 3 * _FIRST
"""Seconds up to which a search is not long in itself."""

_TURN = 700.0
"""Rounds per unit of the day after which a first turn is over. Cooling more slowly hardly ends anywhere better, while
another turn ends elsewhere: the routes of both can be recombined."""

_NEXT = 2.5
"""How often the length of a turn has to be left at its beginning for another turn to follow it."""


@dataclass(kw_only=True)
class Cooling:
    """The course of one search of `units` units that begins when the share `begun` of its budget is used.

    `seconds` is the whole length of the search, None where rounds are counted; `rounds` how many were done before it.
    """

    begun: float
    seconds: float | None
    rounds: int
    units: int
    _first: float | None = field(default=None, init=False)

    def at(self, used: float, rounds: int) -> float:
        """Return how far the search has cooled down; its first rounds tell how many it will do, and so its turns."""
        gone = (used - self.begun) / (1 - self.begun)
        if self._first is None and gone > 0 and rounds > self.rounds:
            self._first = first_turn(self.seconds, (rounds - self.rounds) / gone, self.units)
        return cooled(gone, 1.0 if self._first is None else self._first)


def first_turn(seconds: float | None, rounds: float, units: int) -> float:
    """Return the share of a budget that its first turn takes.

    `seconds` is the whole length of the search, None where rounds are counted; `rounds` what it is about to do in all.
    """
    by_rounds = _TURN * units / max(1.0, rounds)
    return min(1.0, by_rounds, 1.0 if seconds is None or seconds <= _SHORT else _FIRST / seconds)


def cooled(used: float, first: float) -> float:
    """Return how far the search has cooled down, 0 hot and 1 cold, when the share `used` of its budget is gone.

    `first` is the share of the first turn. Each turn begins hot and is twice as long as the one before; the last takes
    what is left.
    """
    begun, length = 0.0, first
    while begun + length <= used and begun + _NEXT * length <= 1:
        begun, length = begun + length, 2 * length
    if begun + _NEXT * length > 1:
        length = 1 - begun
    return min(1.0, (used - begun) / length)


def heat_at(first: float, last: float, cold: float) -> float:
    """Return the heat between `first` and `last` by how far the search has cooled down: falling evenly."""
    return float(first * (last / first) ** min(1.0, cold))
