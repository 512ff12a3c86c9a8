"""Routes that the searches have seen, each once, with what it costs: what set partitioning chooses from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeAlias

from routing.solver.earliest import shared
from routing.solver.elements import Routes, Sequence
from routing.solver.instance import Instance
from routing.solver.kernel.data import Data
from routing.solver.kernel.engine import Seen

_MOST = 12_000
"""How many routes are held at most."""

_KEPT = 8_000
"""How many are left when there are more: those of the best solutions."""

Key: TypeAlias = tuple[int, Sequence]
"""The class of alike shifts that drives a route, and its nodes in order."""


class Column(NamedTuple):
    """What a route costs, and the points of the best solution that it was part of."""

    points: float
    total: float


@dataclass(kw_only=True)
class Pool:
    """The routes seen so far. `alike` is the class of every shift: a number that interchangeable shifts share."""

    alike: tuple[int, ...]
    columns: dict[Key, Column] = field(default_factory=dict)

    def add(self, seen: Iterable[Seen]) -> None:
        """Take in routes; one seen before keeps what it cost in the better solution."""
        for shift, sequence, points, total in seen:
            key = (self.alike[shift], sequence)
            known = self.columns.get(key)
            if known is None or total < known.total:
                self.columns[key] = Column(points, total)
        if len(self.columns) > _MOST:
            best = sorted(self.columns.items(), key=lambda item: item[1].total)
            self.columns = dict(best[:_KEPT])

    def copied(self) -> Pool:
        """Return the pool as it is now, for another thread to read."""
        return Pool(alike=self.alike, columns=dict(self.columns))

    @property
    def shifts_of_class(self) -> Counter[int]:
        """Return how many shifts each class has."""
        return Counter(self.alike)

    def placed(self, chosen: Iterable[Key], before: Routes) -> Routes:
        """Return chosen routes on shifts of their classes, on the same as `before` where they were there."""
        free: dict[int, list[int]] = {}
        for shift, number in enumerate(self.alike):
            free.setdefault(number, []).append(shift)
        routes: list[Sequence] = [()] * len(self.alike)
        at = {(self.alike[shift], sequence): shift for shift, sequence in enumerate(before)}
        keys = sorted(chosen, key=lambda key: (at.get(key, len(before)), key))
        for number, sequence in keys:
            shift = at.get((number, sequence), free[number][0])
            free[number].remove(shift)
            routes[shift] = sequence
        return tuple(routes)


def alike(instance: Instance, data: Data) -> tuple[int, ...]:
    """Return the class of every shift: shifts share one where every route costs the same on either of them.

    A shift that shares its worker or vehicle with another, or that a lock names, is alone in its class.
    """
    single = {shift for pair in shared(instance) for shift in pair}
    single |= {shift for shift, _, _ in instance.sequence_locks}
    single |= {shift for shifts in instance.pinned.values() for shift in shifts}
    numbers: dict[Hashable, int] = {}
    found = []
    for own in instance.shifts:
        place = own.index
        shift = replace(own.shift, id="", worker="", vehicle="")
        vehicle = replace(instance.problem.vehicle_by_id[own.shift.vehicle], id="")
        people = (data.allowed[:, place].tobytes(), data.people[:, place].tobytes())
        key: Hashable = place if place in single else (shift, vehicle, *people)
        found.append(numbers.setdefault(key, len(numbers)))
    return tuple(found)
