"""How one label grows by one stop: the relaxed rules of a route, and what it costs.

What is left out of the rules only lowers the bound. Kept are windows with their holes at the earliest time, driving and
ferries, pairs and order of rides, room, company, escorts, the end of the shift, and breaks between stops. The length of
the working day is exact where windows have no holes: from leaving at `leave` to returning at `ready`, and never shorter
than `busy` (Savelsbergh 1992). Lateness is weighed at the earliest time.
"""

from __future__ import annotations

from routing.solver.bound.pricing.data import FAR, Room, Tables
from routing.solver.bound.pricing.lean import lean


@lean
def may_follow(t: Tables, room: Room, label: int, stop: int) -> bool:
    """Tell whether a stop may come next, times aside."""
    request, kind, here = t.request[stop], t.kind[stop], room.stop[label]
    aboard, due = room.open[label], room.due[label]
    if not t.usable[stop] or t.go[here, stop] >= FAR:
        return False
    if kind == 2:
        return bool(aboard >> request & 1)
    if room.memory[label] >> request & 1 or (kind == 0 and aboard):
        return False
    if t.apart[request] & aboard or (t.fore[request] >= 0 and not due >> request & 1):
        return False
    if kind == 1 and not _has_room(t, room.load[label] + t.load[stop]):
        return False
    return due == 0 or _keeps_promise(t, due, request, kind)


@lean
def _keeps_promise(t: Tables, due: int, request: int, kind: int) -> bool:
    """Tell whether a carer who waits for clients may do this meanwhile."""
    for waited in range(len(t.back)):
        if not due >> waited & 1 or waited == request:
            continue
        if t.stays[waited]:
            return False
        if t.nearby[waited] != -1 and (kind != 0 or not t.nearby[waited] >> request & 1):
            return False
    return True


@lean
def _has_room(t: Tables, load: int) -> bool:
    kinds = t.layout.shape[1]
    mask = (1 << t.width) - 1
    for row in range(len(t.layout)):
        fits = True
        for kind in range(kinds):
            if load >> (kind * t.width) & mask > t.layout[row, kind]:
                fits = False
        if fits:
            return True
    return False


@lean
def may_rest(t: Tables, room: Room, label: int) -> bool:
    """Tell whether a break may be taken here: nobody aboard, no client stayed with."""
    if room.open[label]:
        return False
    for waited in range(len(t.back)):
        if room.due[label] >> waited & 1 and t.stays[waited]:
            return False
    return True


@lean
def arrival(t: Tables, ready: int, here: int, there: int, breaks: int) -> int:
    """Return when a way is done at the earliest with these breaks on it, `FAR` where that may not be."""
    line = t.line[here, there]
    if line >= 0:
        arrived = FAR
        for boat in range(t.boat_at[line], t.boat_at[line + 1]):
            if t.boat[boat] >= ready + t.quay[here, there]:
                arrived = t.boat[boat] + t.go[here, there] - t.quay[here, there]
                break
    else:
        arrived = ready + t.go[here, there]
    if arrived >= FAR or not breaks:
        return arrived
    direct, total = arrived, 0
    for pause in range(len(t.pause_low)):
        if breaks >> pause & 1:
            if ready > t.pause_high[pause]:
                return FAR
            total += t.pause_length[pause]
    if line < 0:  # with a ferry a break may fall into the wait for it
        arrived += total
    for pause in range(len(t.pause_low)):
        if breaks >> pause & 1:
            rested = t.pause_low[pause] + t.pause_length[pause]
            if line < 0 and direct > t.pause_high[pause]:
                rested += t.go[here, there]
            arrived = max(arrived, rested)
    return arrived


@lean
def first_start(t: Tables, stop: int, arrived: int) -> int:
    """Return when service may begin at the earliest, `FAR` where it may not any more."""
    for part in range(t.domain_at[stop], t.domain_at[stop + 1]):
        if arrived <= t.high[part]:
            return max(arrived, t.low[part])
    return FAR


@lean
def in_time_for_all(t: Tables, aboard: int, here: int, there: int, ready: int) -> bool:
    """Tell whether everybody aboard on a way can be brought where they go in time, and none rides for too long."""
    for stop in range(t.stops):
        request = t.request[stop]
        if t.kind[stop] != 2 or not aboard >> request & 1:
            continue
        first = t.partner[stop]
        ridden = t.go[here, there] if here == first else t.reach[first, here] + t.length[here] + t.go[here, there]
        if stop != there:
            if ready + t.reach[there, stop] > t.last[stop]:
                return False
            ridden += t.length[there] + t.reach[there, stop]
        if ridden > t.limit[request]:
            return False
    return True


@lean
def shut_out(t: Tables, there: int, ready: int, memory: int) -> int:
    """Return the requests that cannot follow: remembered ones and those too late for."""
    shut = memory
    for request in range(len(t.people)):
        shut |= (ready > t.too_late[there, request]) << request
    return shut


@lean
def sensible(t: Tables, stop: int, start: int) -> int:
    """Return the latest time at which to begin at a stop, when that is not dearer than it spares paid time."""
    until = t.last[stop]
    if t.late[stop] >= t.pay:
        until = min(until, t.close[stop])
    if t.moved[stop] >= t.pay:
        until = min(until, t.told[stop])
    return int(max(until, start))
