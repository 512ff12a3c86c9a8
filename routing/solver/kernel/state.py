"""A solution in progress: routes, their times and points, what others ask of them, and what quick tests read."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import Data, Flags, Floats, Ints, Rows

KEPT = 4
"""How many places are kept per request, to fall back on where routes depend on each other."""

CANDIDATES = 48
"""How many places of one request on one route wait to be weighed exactly, the most promising ones."""

SCATTERED, MOST_OUT, LONGEST = 0.5, 10.0, 10.0
"""How often ruin takes units out one by one, how many on average at most, and how many of one route in a row."""

_STOPS = 256
"""Positions a row has at least, where there are as many nodes: more stops than a day has time for."""

WANTED, NEXT_BLINK, SINCE_FADED = range(3)
"""Positions in `Room.tally`: units to be put back, places until the next blink, rounds since absences were halved."""

SCATTER, MOST, STRING, NOTED, PRICE, CHEAPEST, DEAREST, FORGIVEN = range(8)
"""Positions in `Room.knobs`: how often ruin scatters, most units out, longest string; points off the best within which
routes are noted; the price of leaving one unit out, its least and its most; points of a shift in use that do not count
on the way."""


class State(NamedTuple):
    """Routes row by row: one row per shift, `size` nodes each; `begins` per position, the return last.

    `floor` and `leave` are the earliest begin per node and the earliest leaving per shift that other routes ask for.
    `out` marks the units that are left out. Column `i` of the rows from `ready` on describes the route up to, or from,
    the place between position `i - 1` and position `i`; breaks are left out of account there.
    """

    routes: Rows
    size: Ints
    points: Floats
    begins: Rows
    floor: Ints
    leave: Ints
    out: Flags
    home: Ints  # node: a shift it stands on ...
    spot: Ints  # ... and its position there
    at: Rows  # the place where position i - 1 is, the start first and the end last
    leg_seconds: Rows  # way from position i - 1 to i, 0 on an empty route
    leg_metres: Rows
    ready: Rows  # earliest leaving of position i - 1
    until: Rows  # latest arrival at position i, lateness allowed, for the rest to be served
    head_span: Rows  # shortest time from leaving home to leaving position i - 1, nobody late
    head_from: Rows  # from when on one leaves home for that ...
    head_by: Rows  # ... and until when
    tail_span: Rows  # the same from beginning position i to the return
    tail_from: Rows
    tail_by: Rows
    spare: Rows  # by how much the way from position i - 1 to i may grow for the rides aboard to be short enough
    aboard: NDArray[np.int32]  # shift, position, 3: places taken
    riders: Rows
    metres: Ints  # shift
    work: Ints  # shift: driving and service
    fixed: Floats  # shift: points that do not depend on the order
    cargo: Ints  # shift: goods for all its visits
    plain: Flags  # shift: way and time are all that is weighed
    gentle: Flags  # shift: way, time and the length of rides are
    loose: Flags  # shift: way and lateness are, whatever other routes ask
    escorting: Flags  # shift: a carer waits for a client
    changed: Flags  # shift: differs from the solution the round began with


class Room(NamedTuple):
    """Scratch arrays of one search."""

    starts: NDArray[np.int64]  # position, breaks taken
    gaps: NDArray[np.int64]
    chosen: Ints
    latest: Ints
    moment: Ints  # position: when to begin so that riders wait least
    begins: Rows
    tried: Rows
    free: Flags
    ready: Ints
    own: Ints
    alone: Ints  # node: 0, the floor of a route that nobody asks anything of
    inside: Ints
    spot: Ints  # node: its position on the route at hand
    begun: Ints  # node: when it begins, the latest of its crew ...
    hosts: Ints  # ... and on which shift
    bound: Floats  # candidate
    places: NDArray[np.int64]  # candidate, 3: two positions, and whether the bound is exact
    found: Floats  # KEPT, 6
    order: Ints
    marked: Flags  # unit: to be taken out
    line: Ints  # units in the order of a route
    tally: Ints  # see WANTED and the rest
    knobs: Floats  # see SCATTER and the rest
    chance: NDArray[np.uint64]
    dirty: Flags  # shift: to be timed
    cut: Flags  # shift: has lost a string
    saved: Flags  # shift: its route before the present attempt is kept
    open: Flags  # shift: may be used although it is empty
    near: Flags  # shift: worth a look
    mine: Flags  # shift: within the part of the day that this search changes
    idle: Flags  # unit: left out, and another search's to put back
    crew: Ints  # shifts that the request at hand stands on already, -1 behind them
    kinds: Flags  # shift: an empty one like it is looked at already
    tilt: Floats  # shift: points that serving the request at hand there adds to uneven work, roughly


def blank(d: Data) -> State:
    """Return the solution that serves nobody."""
    shifts, nodes = len(d.start), len(d.place)
    width = min(nodes, max(_STOPS, 8 * nodes // max(1, shifts))) + 2

    def rows() -> Rows:
        return np.zeros((shifts, width), np.int32)

    return State(
        routes=rows(),
        size=np.zeros(shifts, np.int64),
        points=np.zeros(shifts, np.float64),
        begins=rows(),
        floor=np.zeros(nodes, np.int64),
        leave=d.earliest.copy(),
        out=np.ones(len(d.worth), np.bool_),
        home=np.full(nodes, -1, np.int64),
        spot=np.zeros(nodes, np.int64),
        **{name: rows() for name in _ROWS},
        aboard=np.zeros((shifts, width, 3), np.int32),
        metres=np.zeros(shifts, np.int64),
        work=np.zeros(shifts, np.int64),
        fixed=np.zeros(shifts, np.float64),
        cargo=np.zeros(shifts, np.int64),
        plain=np.zeros(shifts, np.bool_),
        gentle=np.zeros(shifts, np.bool_),
        loose=np.zeros(shifts, np.bool_),
        escorting=np.zeros(shifts, np.bool_),
        changed=np.zeros(shifts, np.bool_),
    )


_ROWS = (
    "at",
    "leg_seconds",
    "leg_metres",
    "ready",
    "until",
    "head_span",
    "head_from",
    "head_by",
    "tail_span",
    "tail_from",
    "tail_by",
    "riders",
    "spare",
)


def scratch(d: Data, seed: int) -> Room:
    """Return scratch arrays large enough for any route."""
    nodes, shifts = len(d.place) + 2, len(d.start)
    pauses = 1 + max((int(b - a) for a, b in zip(d.pause_at, d.pause_at[1:], strict=False)), default=0)

    def ints(*shape: int) -> NDArray[Any]:
        return np.zeros(shape, np.int64)

    return Room(
        starts=ints(nodes, pauses),
        gaps=ints(nodes, pauses),
        chosen=ints(nodes),
        latest=ints(nodes),
        moment=ints(nodes),
        begins=np.zeros(nodes, np.int32),
        tried=np.zeros(nodes, np.int32),
        free=np.zeros(nodes, np.bool_),
        ready=ints(pauses + 1),
        own=ints(nodes),
        alone=ints(nodes),
        inside=ints(nodes),
        spot=ints(nodes),
        begun=ints(nodes),
        hosts=ints(nodes),
        bound=np.zeros(CANDIDATES, np.float64),
        places=ints(CANDIDATES, 3),
        found=np.zeros((KEPT, 6), np.float64),
        order=ints(nodes),
        marked=np.zeros(len(d.worth), np.bool_),
        line=ints(nodes),
        tally=ints(3),
        knobs=np.array([SCATTERED, MOST_OUT, LONGEST, 0.0, 0.0, 0.0, 0.0, 0.0]),
        chance=np.array([seed], np.uint64),
        dirty=np.zeros(shifts, np.bool_),
        saved=np.zeros(shifts, np.bool_),
        cut=np.zeros(shifts, np.bool_),
        open=np.ones(shifts, np.bool_),
        near=np.ones(shifts, np.bool_),
        mine=np.ones(shifts, np.bool_),
        idle=np.zeros(len(d.worth), np.bool_),
        crew=np.full(1 + int(d.crew.max(initial=1)), -1, np.int64),
        kinds=np.zeros(shifts, np.bool_),
        tilt=np.zeros(shifts, np.float64),
    )


@compiled
def copy_row(source: State, target: State, shift: int) -> None:
    """Make one route of `target` equal to that of `source`, without what others ask of it."""
    size = source.size[shift]
    target.size[shift] = size
    for i in range(size):
        node = source.routes[shift, i]
        target.routes[shift, i] = node
        target.home[node] = shift
        target.spot[node] = i
    for i in range(size + 1):
        target.begins[shift, i] = source.begins[shift, i]
        target.at[shift, i] = source.at[shift, i]
        target.leg_seconds[shift, i] = source.leg_seconds[shift, i]
        target.leg_metres[shift, i] = source.leg_metres[shift, i]
        target.ready[shift, i] = source.ready[shift, i]
        target.until[shift, i] = source.until[shift, i]
        target.head_span[shift, i] = source.head_span[shift, i]
        target.head_from[shift, i] = source.head_from[shift, i]
        target.head_by[shift, i] = source.head_by[shift, i]
        target.tail_span[shift, i] = source.tail_span[shift, i]
        target.tail_from[shift, i] = source.tail_from[shift, i]
        target.tail_by[shift, i] = source.tail_by[shift, i]
        target.riders[shift, i] = source.riders[shift, i]
        target.spare[shift, i] = source.spare[shift, i]
        for k in range(3):
            target.aboard[shift, i, k] = source.aboard[shift, i, k]
    target.at[shift, size + 1] = source.at[shift, size + 1]
    target.points[shift] = source.points[shift]
    target.metres[shift] = source.metres[shift]
    target.work[shift] = source.work[shift]
    target.fixed[shift] = source.fixed[shift]
    target.cargo[shift] = source.cargo[shift]
    target.gentle[shift] = source.gentle[shift]
    target.loose[shift] = source.loose[shift]
    target.plain[shift] = source.plain[shift]
    target.escorting[shift] = source.escorting[shift]
    target.leave[shift] = source.leave[shift]


@compiled
def copy_all(source: State, target: State) -> None:
    """Make `target` equal to `source`; which routes it notes as changed stays as it is."""
    for shift in range(source.size.shape[0]):
        copy_row(source, target, shift)
    target.floor[:] = source.floor
    target.out[:] = source.out


@compiled
def copy_changed(source: State, target: State) -> None:
    """Make `target` equal to `source` where either notes a route as changed, and forget the notes."""
    for shift in range(source.size.shape[0]):
        if source.changed[shift] or target.changed[shift]:
            copy_row(source, target, shift)
            source.changed[shift] = False
            target.changed[shift] = False
    target.floor[:] = source.floor
    target.out[:] = source.out


@compiled
def keep_routes(source: State, target: State) -> None:
    """Write down the routes of `source` and what they weigh, without what quick tests read."""
    for shift in range(source.size.shape[0]):
        size = source.size[shift]
        target.size[shift] = size
        for i in range(size):
            target.routes[shift, i] = source.routes[shift, i]
        target.points[shift] = source.points[shift]
    target.out[:] = source.out


@compiled
def work(s: State, shift: int) -> int:
    """Return roughly how long a shift works: from its first stop to its return."""
    return s.begins[shift, s.size[shift]] - s.begins[shift, 0] if s.size[shift] > 0 else 0
