"""A solution in progress: routes, their times and points, and what others ask of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import Data, Flags, Floats, Ints


class State(NamedTuple):
    """Routes row by row, `size` nodes each; `begins` per position, the return last.

    `floor` and `leave` are the earliest begin per node and the earliest leaving per shift that other routes ask for.
    `out` marks the units that are left out.
    """

    routes: Ints
    size: Ints
    points: Floats
    begins: Ints
    floor: Ints
    leave: Ints
    out: Flags


class Room(NamedTuple):
    """Scratch arrays for weighing one route."""

    starts: Ints
    gaps: Ints
    chosen: Ints
    latest: Ints
    begins: Ints
    tried: Ints
    free: Flags
    ready: Ints
    own: Ints
    inside: Ints


@compiled
def blank(d: Data) -> State:
    """Return the solution that serves nobody."""
    shifts, nodes = d.start.shape[0], d.place.shape[0]
    return State(
        np.zeros((shifts, nodes + 1), np.int64),
        np.zeros(shifts, np.int64),
        np.zeros(shifts, np.float64),
        np.zeros((shifts, nodes + 2), np.int64),
        np.zeros(nodes, np.int64),
        d.earliest.copy(),
        np.ones(d.worth.shape[0], np.bool_),
    )


@compiled
def scratch(d: Data) -> Room:
    """Return scratch arrays large enough for any route."""
    nodes = d.place.shape[0]
    pauses = 1
    for shift in range(d.start.shape[0]):
        pauses = max(pauses, d.pause_at[shift + 1] - d.pause_at[shift] + 1)
    return Room(
        np.zeros((nodes + 2, pauses), np.int64),
        np.zeros((nodes + 2, pauses), np.int64),
        np.zeros(nodes + 2, np.int64),
        np.zeros(nodes + 2, np.int64),
        np.zeros(nodes + 2, np.int64),
        np.zeros(nodes + 2, np.int64),
        np.zeros(nodes + 2, np.bool_),
        np.zeros(pauses + 1, np.int64),
        np.zeros(nodes + 2, np.int64),
        np.zeros(nodes + 2, np.int64),
    )


@compiled
def copy_into(source: State, target: State) -> None:
    """Make `target` equal to `source`."""
    for shift in range(source.size.shape[0]):
        size = source.size[shift]
        target.size[shift] = size
        target.routes[shift, :size] = source.routes[shift, :size]
        target.begins[shift, : size + 1] = source.begins[shift, : size + 1]
    target.points[:] = source.points
    target.floor[:] = source.floor
    target.leave[:] = source.leave
    target.out[:] = source.out
