"""Tell whether a route keeps its rides short enough, where nothing but ways is weighed.

The earliest times that keep every ride within its limit are the least solution of difference constraints; the latest
ones the greatest. Both are found by going along the route and back to what has to move (Firat & Woeginger 2011 show
that this is a path problem); how long the route takes at least is the difference at its ends.
"""

from __future__ import annotations

from routing.solver.elements import NEVER
from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import Data, Ints, Rows
from routing.solver.kernel.rules import DELIVERY, PICKUP
from routing.solver.kernel.state import Room

_PATIENCE = 8
"""How often, per stop, one goes back before the route counts as infeasible."""


@compiled
def rides_fit(
    d: Data, shift: int, sequence: Rows, size: int, floor: Ints, leave: int, room: Room, begins: Rows
) -> bool:
    """Tell whether a route of single windows without breaks has times that keep rides and its duration within limits.

    `begins` receives the earliest ones, the return last.
    """
    profile, least, spot = d.profile[shift], room.own, room.spot
    for i in range(size):
        node = sequence[i]
        least[i] = max(d.opens[node], floor[node])
        spot[node] = i
    i, steps = 0, 0
    while i < size:
        steps += 1
        if steps > _PATIENCE * size:
            return False
        node = sequence[i]
        if i == 0:
            ready = leave + d.seconds[profile, d.start[shift], d.place[node]]
        else:
            before = sequence[i - 1]
            ready = begins[i - 1] + d.duration[before] + d.seconds[profile, d.place[before], d.place[node]]
        start = max(ready, least[i])
        if start > d.shuts[node]:
            return False
        begins[i] = start
        i += 1
        if d.kind[node] == DELIVERY:
            limit = d.limit[d.request[node], profile]
            if limit >= 0:
                pickup = spot[node - 1]
                late = start - limit - d.duration[node - 1]
                if begins[pickup] < late:
                    least[pickup] = late
                    i = pickup
    last = sequence[size - 1]
    back = begins[size - 1] + d.duration[last] + d.seconds[profile, d.place[last], d.end[shift]]
    begins[size] = back
    if back > d.hard_end[shift]:
        return False
    return (
        back - leave <= d.longest[shift] or back - leave_late(d, shift, sequence, size, back, room) <= d.longest[shift]
    )


@compiled
def leave_late(d: Data, shift: int, sequence: Rows, size: int, back: int, room: Room) -> int:
    """Return when a route that has times must be left for at the latest to be back at `back`."""
    profile, most, latest, spot = d.profile[shift], room.chosen, room.latest, room.spot
    for i in range(size):
        most[i] = d.shuts[sequence[i]]
    i, steps = size - 1, 0
    while i >= 0:
        steps += 1
        if steps > _PATIENCE * size:
            return -NEVER
        node = sequence[i]
        if i == size - 1:
            by = back - d.seconds[profile, d.place[node], d.end[shift]]
        else:
            after = sequence[i + 1]
            by = latest[i + 1] - d.seconds[profile, d.place[node], d.place[after]]
        latest[i] = min(by - d.duration[node], most[i])
        i -= 1
        if d.kind[node] == PICKUP:
            limit = d.limit[d.request[node], profile]
            if limit >= 0:
                delivery = spot[node + 1]
                early = latest[i + 1] + d.duration[node] + limit
                if latest[delivery] > early:
                    most[delivery] = early
                    i = delivery
    return latest[0] - d.seconds[profile, d.start[shift], d.place[sequence[0]]]
