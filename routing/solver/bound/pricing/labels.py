"""Labels by time: all ways from the start of a shift that no other way makes pointless.

Label setting after Feillet, Dejax, Gendreau & Gueguen 2004, with a memory of neighbours (ng-routes; Baldacci, Mingozzi
& Roberti 2011): a request may come again once the route has gone where nobody remembers it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from routing.solver.bound.pricing.data import BUCKETS, FAR, FULL, SIZE, STRETCH, Floats, Ints, Room, Tables
from routing.solver.bound.pricing.floor import most_gain
from routing.solver.bound.pricing.lean import lean
from routing.solver.bound.pricing.shelf import is_crowded, keep
from routing.solver.bound.pricing.steps import (
    arrival,
    first_start,
    in_time_for_all,
    may_follow,
    may_rest,
    sensible,
    shut_out,
)
from routing.solver.kernel.compiled import compiled


class Aim(NamedTuple):
    """What is looked for: routes below `limit`, where serving each request gains its dual.

    `order`, `seconds` and `worth` are those of `floor`. With a `crowd` so many labels at one stop in one stretch of
    time are enough, and memories count for nothing: a guess at the cheapest routes.
    """

    gain: Floats
    order: Ints
    seconds: Ints
    worth: Floats
    limit: float
    crowd: int


@lean
def begin(t: Tables, room: Room) -> None:
    """Empty the room and put the label of the start into it."""
    room.state[:] = 0
    room.queue[:] = -1
    room.shelf[:] = -1
    room.least[:] = np.inf
    room.kept[:] = 0
    room.worked[0] = t.used
    room.ready[0], room.busy[0], room.leave[0] = t.earliest, 0, t.hard_end
    room.waited[0] = t.used - t.pay * t.hard_end
    room.open[0] = room.due[0] = room.memory[0] = room.shut[0] = room.load[0] = room.rest[0] = room.goods[0] = 0
    room.stop[0], room.parent[0], room.alive[0], room.final[0] = t.stops, -1, True, np.inf
    room.onward[0] = room.beside[0] = -1
    room.queue[0] = 0
    room.state[SIZE] = 1


@compiled
def run(t: Tables, room: Room, aim: Aim, most: int) -> bool:
    """Let up to `most` labels grow, earliest first; return whether none is left to grow or room ran out."""
    for _ in range(most):
        while room.state[STRETCH] <= BUCKETS and room.queue[room.state[STRETCH]] < 0:
            room.state[STRETCH] += 1
        if room.state[STRETCH] > BUCKETS or room.state[FULL]:
            return True
        label = room.queue[room.state[STRETCH]]
        room.queue[room.state[STRETCH]] = room.onward[label]
        if room.alive[label]:
            _grow_all(t, room, aim, label)
    return False


@lean
def _grow_all(t: Tables, room: Room, aim: Aim, label: int) -> None:
    """Add every stop that may follow a label, with every choice of breaks, and note what going home costs."""
    choices = 1 << len(t.pause_low) if may_rest(t, room, label) else 1
    for breaks in range(choices):
        if breaks & room.rest[label]:
            continue
        if room.open[label] == 0 and room.due[label] == 0 and room.parent[label] >= 0:
            _go_home(t, room, label, breaks)
        for stop in range(t.stops):
            if room.state[FULL]:
                return
            if may_follow(t, room, label, stop):
                _grow(t, room, aim, label, stop, breaks)


@lean
def _grow(t: Tables, room: Room, aim: Aim, label: int, stop: int, breaks: int) -> None:
    """Add a stop to a label, with these breaks on the way, and keep what comes of it if it may still pay."""
    fresh, request = room.state[SIZE], t.request[stop]
    if not _set_times(t, room, label, stop, breaks) or not _set_people(t, room, label, stop):
        return
    ready, busy = room.ready[fresh], room.busy[fresh]
    paid = busy - room.busy[label] - _rested(t, breaks)
    worked = room.worked[label] + _points(t, room, aim, label, stop) + t.pay * paid
    if is_crowded(t, room, stop, ready, worked, aim.crowd):
        return
    memory = room.memory[label] & t.memory[request] | 1 << request | t.never[request] | room.open[fresh]
    shut = shut_out(t, stop, ready, memory)
    if worked - most_gain(aim.order, aim.seconds, aim.worth, shut, t.hard_end - ready) >= aim.limit:
        return
    room.worked[fresh], room.waited[fresh] = worked, worked - t.pay * (busy + room.leave[fresh])
    room.memory[fresh], room.shut[fresh] = memory, shut
    room.rest[fresh], room.parent[fresh], room.final[fresh] = room.rest[label] | breaks, label, np.inf
    keep(t, room, fresh, aim.crowd)


@lean
def _rested(t: Tables, breaks: int) -> int:
    seconds = 0
    for pause in range(len(t.pause_low)):
        if breaks >> pause & 1:
            seconds += t.pause_length[pause]
    return seconds


@lean
def _rested_leave(t: Tables, room: Room, label: int, breaks: int) -> int:
    """Return the latest time to leave the start at which these breaks can still begin after a label."""
    leave = room.leave[label]
    for pause in range(len(t.pause_low)):
        if breaks >> pause & 1:
            leave = min(leave, t.pause_high[pause] - room.busy[label])
    return leave


@lean
def _set_times(t: Tables, room: Room, label: int, stop: int, breaks: int) -> bool:
    """Write the times of the label that comes of adding a stop; return whether they are allowed."""
    here, fresh = room.stop[label], room.state[SIZE]
    arrived = arrival(t, room.ready[label], here, stop, breaks)
    start = first_start(t, stop, arrived) if arrived < FAR else FAR
    if start >= FAR:
        return False
    ready, aboard = start + t.length[stop], room.open[label]
    if ready + t.reach[stop, t.stops] > t.hard_end:
        return False
    if aboard and not in_time_for_all(t, aboard, here, stop, ready):
        return False
    busy = room.busy[label] + t.go[here, stop] + _rested(t, breaks)
    leave = min(_rested_leave(t, room, label, breaks), sensible(t, stop, start) - busy)
    busy += t.length[stop]
    room.stop[fresh], room.ready[fresh], room.busy[fresh], room.leave[fresh] = stop, ready, busy, leave
    return bool(busy <= t.longest)


@lean
def _set_people(t: Tables, room: Room, label: int, stop: int) -> bool:
    """Write who and what is aboard, and what must still follow; return whether that is allowed."""
    fresh, request = room.state[SIZE], t.request[stop]
    aboard, due, bit = room.open[label], room.due[label] & ~(1 << request), 1 << request
    if t.kind[stop] == 1:
        aboard |= bit
    elif t.kind[stop] == 2:
        aboard &= ~bit
        back = t.back[request]
        if back >= 0:
            if aboard and (t.stays[back] or t.nearby[back] != -1):
                return False
            due |= 1 << back
    room.open[fresh], room.due[fresh] = aboard, due
    room.load[fresh], room.goods[fresh] = room.load[label] + t.load[stop], room.goods[label] + t.goods[stop]
    return bool(room.goods[fresh] <= t.hold)


@lean
def _points(t: Tables, room: Room, aim: Aim, label: int, stop: int) -> float:
    """Return what adding a stop costs without paid time, minus what it gains."""
    here, fresh, request, kind = room.stop[label], room.state[SIZE], t.request[stop], t.kind[stop]
    start = room.ready[fresh] - t.length[stop]
    heads, rest = 0, room.open[label]
    while rest:
        rest &= rest - 1
        heads += 1
    points = t.points[here, stop] + t.late[stop] * max(0, start - t.close[stop])
    points += t.moved[stop] * max(0, start - t.told[stop])
    points += t.aboard * (heads * t.go[here, stop] + (heads - (kind == 2)) * t.length[stop])
    if kind != 2:
        points += t.people[request] - aim.gain[request]
    if kind == 1:
        points -= t.aboard * t.direct[request]
    return float(points)


@lean
def _go_home(t: Tables, room: Room, label: int, breaks: int) -> None:
    """Note what returning now costs, with these breaks on the way."""
    here, home = room.stop[label], t.stops
    back = arrival(t, room.ready[label], here, home, breaks)
    if back > t.hard_end:
        return
    rested = _rested(t, breaks)
    busy = room.busy[label] + t.go[here, home] + rested
    lasts = max(busy, back - _rested_leave(t, room, label, breaks))
    if busy > t.longest:  # not `lasts`: who must be home in time may leave later than is sensible
        return
    for pause in range(len(t.pause_low)):
        if not (room.rest[label] | breaks) >> pause & 1 and busy > t.pause_after[pause]:
            return
    points = room.worked[label] - t.pay * room.busy[label] + t.points[here, home] + t.pay * (lasts - rested)
    room.final[label] = min(room.final[label], points + t.over * max(0, back - t.latest))
