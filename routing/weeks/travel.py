"""Estimates of the way to clients, before any round is known: nearness, areas, islands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from routing.day.subjects import home_of
from routing.matrix import Matrix
from routing.problem import Crossing, Shift

AREA = 480
"""Seconds of driving within which homes count as one area."""
_NEAREST = 3
_FAR = 10**6
SHARE_OF_WAY = 0.65
"""Part of the way out and home again that one area more adds to a round which visits several."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """How a home is reached from where a shift begins and ends, in seconds.

    Between `earliest` and `latest` somebody can be there; the bounds come from the shift and, on an island, the boats.
    """

    there: int
    back: int
    earliest: int
    latest: int


@dataclass(frozen=True, kw_only=True)
class Travel:
    """The matrix between the week's places, and the homes grouped into areas."""

    matrix: Matrix
    clients: tuple[str, ...]

    @cached_property
    def areas(self) -> dict[str, int]:
        """Return the area of each client: those within `AREA` of its first, who has most others near her."""
        left, found = list(self.clients), dict[str, int]()
        while left:
            heart = max(left, key=lambda one: (sum(self.between(one, other) <= AREA for other in left), one))
            members = [one for one in left if one == heart or self.between(heart, one) <= AREA]
            number = len(set(found.values()))
            found |= dict.fromkeys(members, number)
            left = [one for one in left if one not in found]
        return found

    @cached_property
    def legs(self) -> dict[str, int]:
        """Return the seconds that one visit more in an area adds: the way to the nearest other home there."""
        return {one: self._leg(one) for one in self.clients}

    def _leg(self, client: str) -> int:
        beside = [other for other in self.clients if other != client and self.areas[other] == self.areas[client]]
        return min((self.between(client, other) for other in beside), default=0)

    @cached_property
    def onward(self) -> dict[str, int]:
        """Return the seconds from each home to the next one, on the whole: those to its three nearest, on average."""
        return {one: self._onward(one) for one in self.clients}

    def _onward(self, client: str) -> int:
        near = sorted(self.between(client, other) for other in self.clients if other != client)[:_NEAREST]
        return sum(near) // len(near) if near and near[-1] < _FAR else 0

    def between(self, one: str, other: str) -> int:
        """Return the seconds from one client's home to another's, a very long time where no road leads."""
        found = self.matrix.travel(home_of(one), home_of(other))
        return _FAR if found is None else found

    def way(self, shift: Shift, client: str, crossings: Sequence[Crossing]) -> Way | None:
        """Return how a shift gets to a home, or None where it cannot that day."""
        home = home_of(client)
        there, back = self.matrix.travel(shift.start_place, home), self.matrix.travel(home, shift.end_place)
        if there is not None and back is not None:
            return Way(there=there, back=back, earliest=shift.earliest + there, latest=shift.latest - back)
        return self._by_boat(shift, home, crossings)

    def _by_boat(self, shift: Shift, home: str, crossings: Iterable[Crossing]) -> Way | None:
        for ferry in crossings:
            if home not in ferry.island or not ferry.outward or not ferry.homeward:
                continue
            legs = (
                self.matrix.travel(shift.start_place, ferry.mainland_harbour),
                self.matrix.travel(ferry.island_harbour, home),
                self.matrix.travel(home, ferry.island_harbour),
                self.matrix.travel(ferry.mainland_harbour, shift.end_place),
            )
            if None not in legs:
                found = _sail(shift, ferry, [leg or 0 for leg in legs])
                if found is not None:
                    return found
        return None


def _sail(shift: Shift, ferry: Crossing, legs: Sequence[int]) -> Way | None:
    """Return the way by the first boat out that is reached and the last one home that is early enough."""
    drive, onward, down, home = legs
    outward = [boat for boat in ferry.outward if boat >= shift.earliest + drive + ferry.boarding]
    homeward = [boat for boat in ferry.homeward if boat + ferry.duration + home <= shift.latest + shift.overtime]
    if not outward or not homeward:
        return None
    earliest = min(outward) + ferry.duration + onward
    latest = max(homeward) - ferry.boarding - down
    there = min(outward) - shift.earliest + ferry.duration + onward
    back = ferry.boarding + down + ferry.duration + home
    return Way(there=there, back=back, earliest=earliest, latest=latest) if earliest < latest else None
