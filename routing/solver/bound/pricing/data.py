"""The arrays that compiled pricing reads and writes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

FAR = 1_000_000_000
"""Seconds that no day has."""

BUCKETS = 64
"""Into how many stretches of time the labels of one stop are sorted."""

SIZE, STRETCH, FULL = 0, 1, 2
"""Entries of `Room.state`: labels made, the stretch of time being worked on, and whether room ran out."""


class Tables(NamedTuple):
    """One class of alike shifts. Row and column `stops` of the ways are where a shift starts and ends.

    A request is a bit of a mask. Seconds are whole, points are floats; paid time is weighed through `pay` per second.
    """

    stops: int
    go: Ints  # least seconds from leaving one stop to arriving at the next, `FAR` where that may never be
    points: Floats  # points of the kilometres of that way
    quay: Ints  # with a ferry: seconds until it may sail, else 0
    line: Ints  # whose timetable counts, -1 without
    reach: Ints  # least seconds on any way, stops between included
    boat: Ints
    boat_at: Ints
    # stops
    low: Ints  # intervals in which service may begin
    high: Ints
    domain_at: Ints
    last: Ints  # end of the last interval
    close: Ints  # end of the last window: whoever begins later is late
    late: Floats  # points per second of lateness
    told: Ints  # latest second that is no change of what was promised, `FAR` without a promise
    moved: Floats  # points per second after that
    length: Ints
    request: Ints
    kind: Ints  # 0 visit, 1 pickup, 2 delivery
    partner: Ints
    load: Ints  # change of people aboard, packed
    goods: Ints
    usable: Flags
    too_late: Ints  # stop, request: whoever is ready after this cannot begin it any more
    # requests
    people: Floats  # points of being served by this class
    direct: Ints
    limit: Ints  # longest ride, `FAR` without
    apart: Ints  # mask of requests not to be aboard together
    never: Ints  # mask of requests that may not follow it on one route
    back: Ints  # outbound ride -> its return on the same shift, -1
    fore: Ints  # return -> its outbound ride, -1
    stays: Flags  # by return: nothing may come before it
    nearby: Ints  # by return: mask of the visits that may, -1 for everything
    memory: Ints  # mask of the requests that are still known at a stop of this one
    # the shift
    earliest: int
    latest: int
    hard_end: int
    longest: int
    hold: int  # goods that go into the vehicle, `FAR` where all do
    pause_low: Ints
    pause_high: Ints
    pause_length: Ints
    pause_after: Ints
    layout: Ints  # rows of rooms
    width: int  # bits per kind of room in a packed load
    # weights, per second but for the last
    pay: float
    over: float
    aboard: float
    used: float


class Room(NamedTuple):
    """The labels of one run, and the lists they hang in. A label is a way from the start to a stop, service done."""

    state: Ints
    worked: Floats  # points minus duals, were no second waited: paid time as driven and served
    waited: Floats  # points minus duals without paid time, minus what leaving at `leave` instead of at 0 is worth
    ready: Ints
    busy: Ints  # seconds without waiting
    leave: Ints  # latest sensible time to leave the start
    open: Ints  # who is aboard
    due: Ints  # returns that must still follow
    memory: Ints
    shut: Ints  # requests that cannot follow
    load: Ints
    goods: Ints
    stop: Ints
    rest: Ints  # breaks taken
    parent: Ints
    rank: Floats  # label, 3: worked, waited and ready side by side, for most comparisons end there
    alive: Flags
    final: Floats  # reduced cost of going home from here, infinite where that may not be
    onward: Ints  # next in the queue of a stretch of time
    queue: Ints
    beside: Ints  # next at the same stop in the same stretch
    shelf: Ints  # stop, stretch
    least: Floats  # stop, stretch: no label there has worked for less
    kept: Ints  # stop, stretch: labels that were put there


def make_room(stops: int, labels: int) -> Room:
    """Return room for so many labels."""

    def ints() -> Ints:
        return np.zeros(labels, np.int64)

    return Room(
        state=np.zeros(3, np.int64),
        worked=np.zeros(labels),
        waited=np.zeros(labels),
        ready=ints(),
        busy=ints(),
        leave=ints(),
        open=ints(),
        due=ints(),
        memory=ints(),
        shut=ints(),
        load=ints(),
        goods=ints(),
        stop=ints(),
        rest=ints(),
        parent=ints(),
        rank=np.zeros((labels, 3)),
        alive=np.zeros(labels, np.bool_),
        final=np.zeros(labels),
        onward=ints(),
        queue=np.zeros(BUCKETS + 1, np.int64),
        beside=ints(),
        shelf=np.zeros((stops + 1, BUCKETS + 1), np.int64),
        least=np.zeros((stops + 1, BUCKETS + 1)),
        kept=np.zeros((stops + 1, BUCKETS + 1), np.int64),
    )
