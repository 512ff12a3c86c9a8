"""Labels by time: all ways from the start of a shift that no other way makes pointless.

Label setting after Feillet, Dejax, Gendreau & Gueguen 2004, with a memory of neighbours (ng-routes; Baldacci, Mingozzi &
Roberti 2011): a request may come again once the route has gone where nobody remembers it.
"""

from __future__ import annotations

import numpy as np

from routing.solver.bound.pricing.data import BUCKETS, FAR, FULL, SIZE, STRETCH, Floats, Ints, Room, Tables
from routing.solver.bound.pricing.floor import most_gain
from routing.solver.bound.pricing.steps import (
    arrival,
    first_start,
    in_time_for_all,
    may_follow,
    may_rest,
    shut_out,
)
from routing.solver.bound.pricing.lean import lean
from routing.solver.kernel.compiled import compiled


@lean
def _stretch(t: Tables, ready: int) -> int:
    span = max(1, (t.hard_end - t.earliest) // BUCKETS + 1)
    return min(BUCKETS, max(0, (ready - t.earliest) // span))


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


@lean
def _prefers(t: Tables, room: Room, one: int, other: int, crowd: int) -> bool:
    """Tell whether whatever follows `other` may follow `one` and is no dearer there; a `crowd` forgets memories."""
    if room.worked[one] > room.worked[other] or room.ready[one] > room.ready[other]:
        return False
    if room.waited[one] > room.waited[other] or room.open[one] != room.open[other]:
        return False
    if room.rest[one] != room.rest[other] or room.due[one] != room.due[other]:
        return False
    if crowd == 0 and room.memory[one] & ~room.shut[other]:
        return False
    if t.hold < FAR and room.goods[one] > room.goods[other]:
        return False
    rested = room.rest[one] == (1 << len(t.pause_low)) - 1
    if rested and t.longest >= FAR:
        return True
    return bool(room.busy[one] <= room.busy[other] and room.leave[one] >= room.leave[other])


@lean
def _is_beaten(t: Tables, room: Room, fresh: int, crowd: int) -> bool:
    stop, until = room.stop[fresh], _stretch(t, room.ready[fresh])
    for stretch in range(until + 1):
        if room.least[stop, stretch] > room.worked[fresh]:
            continue
        label = room.shelf[stop, stretch]
        while label >= 0 and room.worked[label] <= room.worked[fresh]:
            if _prefers(t, room, label, fresh, crowd):
                return True
            label = room.beside[label]
    return False


@lean
def _drop_beaten(t: Tables, room: Room, fresh: int, crowd: int) -> None:
    stop, since = room.stop[fresh], _stretch(t, room.ready[fresh])
    for stretch in range(since, BUCKETS + 1):
        before, label = -1, room.shelf[stop, stretch]
        while label >= 0:
            after = room.beside[label]
            if room.worked[label] >= room.worked[fresh] and _prefers(t, room, fresh, label, crowd):
                room.alive[label] = False
                if before < 0:
                    room.shelf[stop, stretch] = after
                else:
                    room.beside[before] = after
            else:
                before = label
            label = after


@lean
def _is_crowded(t: Tables, room: Room, stop: int, ready: int, worked: float, crowd: int) -> bool:
    """Tell whether a `crowd` of labels is there already, and a better one among them."""
    stretch = _stretch(t, ready)
    return bool(crowd and room.kept[stop, stretch] >= crowd and worked >= room.least[stop, stretch])


@lean
def _shelve(room: Room, stop: int, stretch: int, fresh: int) -> None:
    """Put a label among its like, by what was worked for."""
    before, after = -1, room.shelf[stop, stretch]
    while after >= 0 and room.worked[after] < room.worked[fresh]:
        before, after = after, room.beside[after]
    room.beside[fresh] = after
    if before < 0:
        room.shelf[stop, stretch] = fresh
    else:
        room.beside[before] = fresh


@lean
def _keep(t: Tables, room: Room, fresh: int, crowd: int) -> None:
    """Keep a label that was just written behind the last one, unless another beats it."""
    stop, stretch = room.stop[fresh], _stretch(t, room.ready[fresh])
    if _is_beaten(t, room, fresh, crowd):
        return
    _drop_beaten(t, room, fresh, crowd)
    room.kept[stop, stretch] += 1
    _shelve(room, stop, stretch, fresh)
    room.least[stop, stretch] = min(room.least[stop, stretch], room.worked[fresh])
    room.onward[fresh] = room.queue[stretch]
    room.queue[stretch] = fresh
    room.alive[fresh] = True
    room.state[SIZE] += 1
    if room.state[SIZE] >= len(room.ready) - 1:
        room.state[FULL] = 1


@lean
def _go_home(t: Tables, room: Room, label: int, breaks: int) -> None:
    """Note what returning now costs, with these breaks on the way."""
    here, home = room.stop[label], t.stops
    back = arrival(t, room.ready[label], here, home, breaks)
    if back > t.hard_end:
        return
    busy, leave = room.busy[label] + t.go[here, home], room.leave[label]
    rested = 0
    for pause in range(len(t.pause_low)):
        if breaks >> pause & 1:
            busy += t.pause_length[pause]
            rested += t.pause_length[pause]
            leave = min(leave, t.pause_high[pause] - room.busy[label])
    lasts = max(busy, back - leave)
    if lasts > t.longest:
        return
    for pause in range(len(t.pause_low)):
        if not (room.rest[label] | breaks) >> pause & 1 and lasts > t.pause_after[pause]:
            return
    points = room.worked[label] - t.pay * room.busy[label] + t.points[here, home] + t.pay * (lasts - rested)
    room.final[label] = min(room.final[label], points + t.over * max(0, back - t.latest))


@lean
def _sensible(t: Tables, stop: int, start: int) -> int:
    """Return the latest time at which to begin at a stop, when that is not dearer than it spares paid time."""
    until = t.last[stop]
    if t.late[stop] >= t.pay:
        until = min(until, t.close[stop])
    if t.moved[stop] >= t.pay:
        until = min(until, t.told[stop])
    return max(until, start)


@lean
def _grow(
    t: Tables, room: Room, label: int, stop: int, breaks: int, gain: Floats, order: Ints, seconds: Ints, worth: Floats,
    limit: float, crowd: int,
) -> None:  # fmt: skip
    """Add a stop to a label, with these breaks on the way, and keep what comes of it if it may still pay."""
    here, request, kind = room.stop[label], t.request[stop], t.kind[stop]
    arrived = arrival(t, room.ready[label], here, stop, breaks)
    start = first_start(t, stop, arrived) if arrived < FAR else FAR
    if start >= FAR:
        return
    ready, aboard = start + t.length[stop], room.open[label]
    if ready + t.reach[stop, t.stops] > t.hard_end:
        return
    if aboard and not in_time_for_all(t, aboard, here, stop, ready):
        return
    fresh = room.state[SIZE]
    busy, leave, rested = room.busy[label] + t.go[here, stop], room.leave[label], 0
    for pause in range(len(t.pause_low)):
        if breaks >> pause & 1:
            busy += t.pause_length[pause]
            rested += t.pause_length[pause]
            leave = min(leave, t.pause_high[pause] - room.busy[label])
    leave = min(leave, _sensible(t, stop, start) - busy)
    busy += t.length[stop]
    if max(busy, ready - leave) > t.longest:
        return
    goods = room.goods[label] + t.goods[stop]
    if goods > t.hold:
        return
    points = t.points[here, stop] + t.late[stop] * max(0, start - t.close[stop])
    points += t.moved[stop] * max(0, start - t.told[stop])
    heads, rest = 0, aboard
    while rest:
        rest &= rest - 1
        heads += 1
    points += t.aboard * (heads * t.go[here, stop] + (heads - (kind == 2)) * t.length[stop])
    due, bit = room.due[label], 1 << request
    if kind == 2:
        aboard &= ~bit
        if t.back[request] >= 0:
            if aboard and (t.stays[t.back[request]] or t.nearby[t.back[request]] != -1):
                return
            due |= 1 << t.back[request]
    else:
        points += t.people[request] - gain[request]
        due &= ~bit
        if kind == 1:
            aboard |= bit
            points -= t.aboard * t.direct[request]
    worked = room.worked[label] + points + t.pay * (busy - room.busy[label] - rested)
    if _is_crowded(t, room, stop, ready, worked, crowd):
        return
    memory = room.memory[label] & t.memory[request] | bit | t.never[request] | aboard
    shut = shut_out(t, stop, ready, memory)
    if worked - most_gain(order, seconds, worth, shut, t.hard_end - ready) >= limit:
        return
    room.worked[fresh], room.waited[fresh] = worked, worked - t.pay * (busy + leave)
    room.ready[fresh], room.busy[fresh], room.leave[fresh] = ready, busy, leave
    room.open[fresh], room.due[fresh], room.memory[fresh], room.shut[fresh] = aboard, due, memory, shut
    room.load[fresh], room.goods[fresh], room.stop[fresh] = room.load[label] + t.load[stop], goods, stop
    room.rest[fresh], room.parent[fresh] = room.rest[label] | breaks, label
    room.final[fresh] = np.inf
    _keep(t, room, fresh, crowd)


@lean
def _grow_all(
    t: Tables, room: Room, label: int, gain: Floats, order: Ints, seconds: Ints, worth: Floats, limit: float,
    crowd: int,
) -> None:  # fmt: skip
    """Add every stop that may follow a label, with every choice of breaks, and note what going home costs."""
    rests = may_rest(t, room, label)
    choices = 1 << len(t.pause_low) if rests else 1
    for breaks in range(choices):
        if breaks & room.rest[label]:
            continue
        if room.open[label] == 0 and room.due[label] == 0 and room.parent[label] >= 0:
            _go_home(t, room, label, breaks)
        for stop in range(t.stops):
            if room.state[FULL]:
                return
            if may_follow(t, room, label, stop):
                _grow(t, room, label, stop, breaks, gain, order, seconds, worth, limit, crowd)


@compiled
def run(
    t: Tables, room: Room, gain: Floats, order: Ints, seconds: Ints, worth: Floats, limit: float, crowd: int,
    most: int,
) -> bool:  # fmt: skip
    """Let up to `most` labels grow, earliest first; return whether none is left to grow or room ran out."""
    for _ in range(most):
        while room.state[STRETCH] <= BUCKETS and room.queue[room.state[STRETCH]] < 0:
            room.state[STRETCH] += 1
        if room.state[STRETCH] > BUCKETS or room.state[FULL]:
            return True
        label = room.queue[room.state[STRETCH]]
        room.queue[room.state[STRETCH]] = room.onward[label]
        if room.alive[label]:
            _grow_all(t, room, label, gain, order, seconds, worth, limit, crowd)
    return False
