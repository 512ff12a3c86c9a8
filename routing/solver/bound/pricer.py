"""Find the cheapest routes of one class of shifts under given duals."""

from __future__ import annotations

from dataclasses import dataclass
from queue import SimpleQueue

import numpy as np

from routing.solver.bound.column import Column
from routing.solver.bound.pricing.data import FULL, SIZE, Floats, Room, Tables
from routing.solver.bound.pricing.floor import best_first, value_requests
from routing.solver.bound.pricing.labels import Aim, begin, run
from routing.solver.budget import StopSignal

_PIECE = 2_000
"""Labels that grow between two questions whether to stop."""

_TINY = 1e-6
"""Points that count as nothing."""


@dataclass(frozen=True, kw_only=True)
class Priced:
    """What a pricing came to: routes found, the cheapest first, and what none is below (None if it was cut off)."""

    columns: list[Column]
    least: float | None


@dataclass(kw_only=True)
class Pricer:
    """The pricing of one class."""

    kind: int
    tables: Tables
    rooms: SimpleQueue[Room]
    most: int = 8

    def price(self, gain: Floats, limit: float, *, crowd: int, stop: StopSignal) -> Priced:
        """Return what `_price` does in a room that nobody else uses meanwhile."""
        room = self.rooms.get()
        try:
            return self._price(room, gain, limit, crowd=crowd, stop=stop)
        finally:
            self.rooms.put(room)

    def _price(self, room: Room, gain: Floats, limit: float, *, crowd: int, stop: StopSignal) -> Priced:
        """Return routes whose points minus `gain` are below `limit`, with a `crowd` perhaps not the cheapest."""
        requests = len(gain)
        seconds, worth = np.zeros(requests, np.int64), np.zeros(requests)
        value_requests(self.tables, gain, seconds, worth)
        order = best_first(seconds, worth)
        aim = Aim(gain=gain, order=order, seconds=seconds, worth=worth, limit=limit - _TINY, crowd=crowd)
        begin(self.tables, room)
        whole = False
        while not whole and not stop():
            whole = run(self.tables, room, aim, _PIECE)
        size = int(room.state[SIZE])
        columns = self._columns(room, gain, limit)
        proven = whole and crowd == 0 and not room.state[FULL]
        cheapest = float(room.final[:size].min())
        return Priced(columns=columns, least=min(limit - _TINY, cheapest) if proven else None)

    def _columns(self, room: Room, gain: Floats, limit: float) -> list[Column]:
        final = room.final[: room.state[SIZE]]
        below = np.flatnonzero(final < limit - _TINY)
        best = below[np.argsort(final[below], kind="stable")]
        found: dict[frozenset[int], Column] = {}
        for label in best[: 10 * self.most]:
            times = self._times(room, int(label))
            requests = tuple(int(self.tables.request[stop]) for stop, _ in times if self.tables.kind[stop] != 2)
            if len(found) < self.most and frozenset(requests) not in found:
                points = float(final[label]) + float(gain[list(requests)].sum())
                found[frozenset(requests)] = Column(kind=self.kind, points=points, requests=requests, times=times)
        return list(found.values())

    def _times(self, room: Room, label: int) -> tuple[tuple[int, int], ...]:
        """Return the stops of a way in order with their times, were it left as late as costs nothing."""
        found = []
        leaves = min(room.leave[label], room.ready[label] - room.busy[label])
        while room.parent[label] >= 0:
            stop = int(room.stop[label])
            ready = max(room.ready[label], leaves + room.busy[label])
            found.append((stop, int(ready - self.tables.length[stop])))
            label = int(room.parent[label])
        return tuple(reversed(found))
