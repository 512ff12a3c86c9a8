"""Seat layouts as linear capacity rows, so that either/or seating fits a model of plain capacities.

A vehicle offers several layouts, and a load must fit one of them. A row weighs seats, wheelchair places and stretcher
places; its capacity is the most any layout reaches. Rows with small weights cut off every load that lies outside the
convex hull of the layouts, which is all of them for the usual vans (such as 4+0, 2+1); what lies inside the hull but
fits no layout is caught later, stop by stop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from routing.solver.elements import Amounts

_MOST = 4
"""Largest weight tried: a wheelchair that takes the room of up to four seats."""


def capacity_rows(vehicles: Sequence[tuple[Amounts, ...]], largest: Amounts) -> Iterator[tuple[Amounts, list[int]]]:
    """Yield (weights, capacity per vehicle) rows; only what loads up to `largest` could exceed is bounded."""
    unit: list[Amounts] = [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    needed = [row for kind, row in enumerate(unit) if largest[kind] > 0]
    # One layout is a box, which the rows of its kinds bound exactly.
    several = dict.fromkeys(layouts for layouts in vehicles if len(layouts) > 1)
    wanted = [row for layouts in several for row in _cuts(layouts, largest)]
    for weights in dict.fromkeys([*needed, *wanted]):
        yield weights, [max(_weigh(weights, layout) for layout in layouts) for layouts in vehicles]


def _weigh(weights: Amounts, load: Amounts) -> int:
    return sum(a * b for a, b in zip(weights, load, strict=True))


def _cuts(layouts: tuple[Amounts, ...], largest: Amounts) -> list[Amounts]:
    """Return weights, simplest first, each of which excludes a load that fits no layout and no row before excluded."""
    tops = [min(largest[kind], max(layout[kind] for layout in layouts)) for kind in range(3)]
    loads = [(a, b, c) for a in range(tops[0] + 1) for b in range(tops[1] + 1) for c in range(tops[2] + 1)]
    rows = [(a, b, c) for a, b, c in product(range(_MOST + 1), repeat=3)]
    misfits = {
        load for load in loads if not any(all(a <= b for a, b in zip(load, lay, strict=True)) for lay in layouts)
    }
    chosen: list[Amounts] = []
    for weights in sorted(rows, key=lambda row: (sum(row), row)):
        capacity = max(_weigh(weights, layout) for layout in layouts)
        excluded = {load for load in misfits if _weigh(weights, load) > capacity}
        if excluded:
            chosen.append(weights)
            misfits -= excluded
    return chosen
