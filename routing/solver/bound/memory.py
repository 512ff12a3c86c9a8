"""Which requests a route still knows at each other: at first near ones, then those that were served twice."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from routing.solver.bound.column import Column
from routing.solver.bound.pricing.data import FAR, Ints, Tables
from routing.solver.bound.tables import mask


def near(tables: Tables, count: int) -> Ints:
    """Return, per request, the mask of the `count` requests that can be reached from it soonest, itself included."""
    first = {int(tables.request[stop]): stop for stop in reversed(range(tables.stops))}
    ways = tables.go
    masks = np.zeros(len(tables.people), np.int64)
    for request in first:
        mine = [s for s in range(tables.stops) if tables.request[s] == request]

        def seconds(other: int, mine: list[int] = mine) -> int:
            theirs = [s for s in range(tables.stops) if tables.request[s] == other]
            return min(min(int(ways[a, b]), int(ways[b, a]), FAR) for a in mine for b in theirs)

        others = sorted((r for r in first if r != request), key=lambda r: (seconds(r), r))
        masks[request] = mask([request, *others[: count - 1]])
    return masks


def lengthen(memory: Ints, columns: Iterable[Column], most: int) -> bool:
    """Let what lies between two services of one request remember it; return whether anything was added."""
    added = False
    for column in columns:
        last: dict[int, int] = {}
        for position, request in enumerate(column.requests):
            if request in last:
                for between in column.requests[last[request] + 1 : position]:
                    known = int(memory[between])
                    if not known >> request & 1 and known.bit_count() < most:
                        memory[between] = known | 1 << request
                        added = True
            last[request] = position
    return added


def keeps(memory: Ints, column: Column) -> bool:
    """Tell whether a route serves nobody again whom it still knows."""
    known = 0
    for request in column.requests:
        if known >> request & 1:
            return False
        known = known & int(memory[request]) | 1 << request
    return True
