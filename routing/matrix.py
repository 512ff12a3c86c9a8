"""Travel times and lengths between named places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from routing.errors import ProblemError

UNREACHABLE = -1
DEFAULT_PROFILE = "car"


@dataclass(frozen=True, kw_only=True, eq=False)
class Matrix:
    """Seconds and metres between every ordered pair of places, one pair of arrays per profile.

    `places` are place ids; `seconds[profile]` and `metres[profile]` are int64 arrays of shape (n, n), row = from,
    column = to. A pair that no road joins holds `UNREACHABLE` in both arrays: never a straight-line guess.
    Metres are measured along the fastest path, so they need not obey the triangle inequality.
    """

    places: tuple[str, ...]
    seconds: Mapping[str, NDArray[np.int64]]
    metres: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = (len(self.places), len(self.places))
        faults = [
            f"matrix {name!r} has shape {array.shape}, expected {shape}"
            for group in (self.seconds, self.metres)
            for name, array in group.items()
            if array.shape != shape
        ]
        if set(self.seconds) != set(self.metres):
            faults.append("seconds and metres must hold the same profiles")
        if faults:
            raise ProblemError(faults)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Return each place id's row and column."""
        return {place: position for position, place in enumerate(self.places)}

    def travel(self, origin: str, destination: str, profile: str = DEFAULT_PROFILE) -> int | None:
        """Return the seconds from `origin` to `destination`, or None where no road joins them."""
        value = int(self.seconds[profile][self.index[origin], self.index[destination]])
        return None if value == UNREACHABLE else value

    def length(self, origin: str, destination: str, profile: str = DEFAULT_PROFILE) -> int | None:
        """Return the metres from `origin` to `destination`, or None where no road joins them."""
        value = int(self.metres[profile][self.index[origin], self.index[destination]])
        return None if value == UNREACHABLE else value
