"""The instance as numpy arrays, in one named tuple that compiled code takes whole."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Rows = NDArray[np.int32]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
KILOMETRE, PAID, OVERTIME, LATE, ABOARD, UNEVEN, CHANGED, USED, GREATEST_LATE = range(9)
"""Positions in `Data.weight`, whose points are per metre, per second, and per shift in use."""


class Data(NamedTuple):
    """All that compiled code reads; names and units as in `routing.solver.elements`.

    Ragged lists are flat arrays with a start per owner (`..._at`, one longer than the owners). Points are floats.
    """

    seconds: Ints  # profile, place, place
    metres: Ints
    seconds_to: Ints  # the same, the later place first: what leads to one place lies together in memory
    metres_to: Ints
    # nodes
    place: Ints
    duration: Ints
    request: Ints
    partner: Ints
    kind: Ints  # 0 visit, 1 pickup, 2 delivery
    load: Ints  # node, 3
    goods: Ints
    low: Ints  # domain intervals
    high: Ints
    domain_at: Ints
    open: Ints  # windows
    close: Ints
    window_at: Ints
    promised: Ints  # begin promised for a node, -1 without
    # requests
    first: Ints
    crew: Ints
    points: Floats
    unit: Ints
    allowed: Flags  # request, shift
    people: Floats  # request, shift
    limit: Ints  # request, profile; -1 without
    direct: Ints  # request, profile
    apart: Flags  # request, request, or (0, 0) where nobody is
    pinned: Flags  # request, shift
    pins: Ints
    # units: one request, or a ride and its return
    member: Ints  # unit, 2; -1 where single
    worth: Floats
    rank: Floats  # unit: 1 where the least would be lost by leaving it out, 1 more for ten times as much
    near: Ints  # unit, units by closeness
    # shifts
    profile: Ints
    start: Ints
    end: Ints
    earliest: Ints
    latest: Ints
    hard_end: Ints
    hold: Ints  # goods, NEVER without a limit
    longest: Ints
    worker: Ints
    group: Ints
    layout: Ints  # all layouts
    layout_at: Ints
    pause_low: Ints
    pause_high: Ints
    pause_length: Ints
    pause_after: Ints
    pause_at: Ints
    follows: Ints  # pairs of shifts that share a worker or a vehicle, the earlier first
    # links, by request of the outbound and inbound ride
    link_out: Ints  # request -> its return, -1
    link_in: Ints  # request -> its outbound, -1
    manner: Ints  # outbound request
    stay: Ints
    close_by: Flags  # link number, profile, place
    link_number: Ints
    # gaps
    gap_first: Ints
    gap_second: Ints
    gap_least: Ints
    gap_most: Ints
    gap_apart: Flags  # two carers
    firm: Flags  # node: made by a crew, or in several gaps alike: its time is others' business whatever the route
    follower: Ints  # node: the second of the one gap in which it is the first, -1
    leader: Ints  # node: the first of the one gap with a longest time in which it is the second, -1
    pause: Ints  # node: the shortest time of the gap to its follower
    # sequence locks
    lock_shift: Ints
    lock_strict: Flags
    lock_node: Ints
    lock_at: Ints
    # ferries
    side: Ints
    quay: Ints  # ferry, 2: mainland and island
    boat: Ints
    boat_at: Ints  # ferry * 2 + homeward
    sail: Ints  # ferry, 2: duration and boarding
    # weights
    weight: Floats  # see KILOMETRE and the rest
    free_change: int
    tied: Flags  # request: its times depend on other routes
    # derived, for quick tests
    opens: Ints  # node: first and last moment to begin, lateness allowed
    shuts: Ints
    punctual: Ints  # node: the end of its window
    simple: Flags  # node: one window, one interval
    plain: Flags  # node: simple, and nothing weighs on it but way and time
    gentle: Flags  # node: plain but for the length of a ride
    ample: Flags  # node: plain but for ties to other routes
    escorted: Flags  # request: a carer waits during it
    far: Ints  # unit: way from the first shift's start
    bulk: Floats  # unit: how much it takes of a route, in time and room
    alike: Ints  # shift: the first shift that is in all respects like this one
    locked: Flags  # shift: a sequence lock names it
    unbroken: Ints  # shift: longest time from leaving to return without a break
    rest: Ints  # shift: length of all breaks
    loose: Flags  # shift: only ways and lateness are weighed, no breaks, any length
    even: Flags  # shift: only ways are weighed, and there are no breaks to place
    untimed: Flags  # shift: only ways count, and nobody may be late
    bound_up: bool  # some routes depend on each other
