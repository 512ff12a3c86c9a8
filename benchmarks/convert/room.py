"""Rows of loads and capacities said in Hoolering's three kinds of places."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.formulation import Formulation
from routing.problem import Load

_KINDS = 3

_PART = 1000
"""Parts of a seat: a rider of whom only a row kept apart says anything takes one part, and the parts fit beside all
seats, because a ride must carry somebody."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """Which rows become seats, wheelchairs and stretchers, and which are said by keeping clients apart.

    `matters` is False where no vehicle can ever be full.
    """

    rows: tuple[int, ...]
    apart_rows: tuple[int, ...]
    matters: bool

    @property
    def why_not(self) -> str | None:
        """Return why the rows cannot be said, or None."""
        if len(self.rows) > _KINDS:
            return f"a load has {_KINDS} kinds of places, this family needs {len(self.rows)}"
        return None

    def load(self, amounts: tuple[int, ...]) -> Load:
        """Return the load of a ride; where rows are not loaded or do not matter it takes one seat."""
        if not self.matters:
            return Load(seats=1)
        seats, wheelchairs, stretchers = self._places(amounts)
        return Load(seats=seats * _PART or 1, wheelchairs=wheelchairs, stretchers=stretchers)

    def layout(self, capacity: tuple[int, ...]) -> Load:
        """Return the layout of a vehicle."""
        if not self.matters:
            return Load(seats=1_000_000)
        seats, wheelchairs, stretchers = self._places(capacity)
        return Load(seats=seats * _PART + _PART - 1, wheelchairs=wheelchairs, stretchers=stretchers)

    def _places(self, amounts: tuple[int, ...]) -> tuple[int, int, int]:
        seats, wheelchairs, stretchers = (*(amounts[row] for row in self.rows), 0, 0, 0)[:_KINDS]
        return seats, wheelchairs, stretchers


def rooms_of(formulation: Formulation) -> Room:
    """Return how the rows of a formulation are said.

    A row in which every vehicle holds any one request and none holds two is the same as keeping its users apart.
    """
    smallest = [min(amounts) for amounts in zip(*(v.capacity for v in formulation.vehicles), strict=True)]
    largest = [max(amounts) for amounts in zip(*(v.capacity for v in formulation.vehicles), strict=True)]
    loads = [sorted(stop.load[row] for stop in formulation.stops if stop.load[row] > 0) for row in range(len(smallest))]
    full = any(sum(row) > room for row, room in zip(loads, smallest, strict=True))
    used = [row for row in range(len(loads)) if loads[row]]
    apart = [
        row
        for row in used
        if len(used) > _KINDS
        and loads[row][-1] <= smallest[row]
        and (len(loads[row]) == 1 or sum(loads[row][:2]) > largest[row])
    ]
    return Room(rows=tuple(row for row in used if row not in apart), apart_rows=tuple(apart), matters=full)
