"""Put units that are left out where they cost least, so that routes which depend on each other keep common times."""

from __future__ import annotations

from routing.solver.elements import NEVER
from routing.solver.kernel.chance import draw
from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import UNEVEN, Data, Flags
from routing.solver.kernel.route import INFEASIBLE, weigh
from routing.solver.kernel.rules import NEARBY, STAYS, obeys
from routing.solver.kernel.seek import blinks, offer, seek_ride, seek_visit
from routing.solver.kernel.settle import attempt, save, settle, take_back, tangled, time_route
from routing.solver.kernel.state import KEPT, WANTED, Room, State, copy_all, work
from routing.solver.kernel.timing import go
from routing.solver.kernel.total import cost

_AWAY = 4
"""How many visits nearby may come between a client's delivery and her collection."""

_FIRST = 6
"""The routes of how many nearest units are looked at first."""

_NEIGHBOURS = 40
"""On the routes of how many of the nearest units that are served a narrow look is taken."""

_MANY, _NARROW = 150, 0.5
"""From how many units on the look is narrow, and how often: twice as fast, but blind to routes with room far off."""


@compiled
def worth_a_look(d: Data, s: State, request: int, room: Room) -> bool:
    """Mark the shifts on which a request may be: allowed, open or in use, near where there are many, one of a kind.

    Return whether only those of neighbours are marked.
    """
    shifts, near = s.size.shape[0], room.near
    unit = d.unit[request]
    many = d.near.shape[0] > _MANY and room.tally[WANTED] < _NEIGHBOURS and draw(room.chance) < _NARROW
    near[:] = not many
    if many:
        served = 0
        for k in range(1, d.near.shape[1]):
            other = d.near[unit, k]
            if not s.out[other]:
                near[s.home[d.first[d.member[other, 0]]]] = True
                served += 1
                if served == _NEIGHBOURS:
                    break
        if served < _NEIGHBOURS:  # hardly anybody near is served yet
            near[:] = True
            many = False
        for k in range(2):
            if d.member[unit, k] >= 0 and s.home[d.first[d.member[unit, k]]] >= 0:
                near[s.home[d.first[d.member[unit, k]]]] = True
    single = d.crew[request] == 1
    room.kinds[:] = False
    for shift in range(shifts):
        if s.size[shift] == 0:
            near[shift] = room.open[shift]
            if single and room.open[shift] and room.mine[shift]:  # one empty shift of a kind is enough
                near[shift] = not room.kinds[d.alike[shift]]
                room.kinds[d.alike[shift]] = True
        near[shift] = near[shift] and room.mine[shift] and d.allowed[request, shift]
    for gap in range(d.gap_apart.shape[0]):
        if d.gap_apart[gap]:
            if d.gap_first[gap] == d.first[request]:
                shun(d, s, d.gap_second[gap], near)
            elif d.gap_second[gap] == d.first[request]:
                shun(d, s, d.gap_first[gap], near)
    return many


@compiled
def shun(d: Data, s: State, node: int, near: Flags) -> None:
    """Strike out the shifts of workers who make a visit."""
    for shift in range(s.size.shape[0]):
        for i in range(s.size[shift]):
            if s.routes[shift, i] == node:
                for other in range(s.size.shape[0]):
                    near[other] = near[other] and d.worker[other] != d.worker[shift]


@compiled
def search_request(d: Data, s: State, request: int, kept: int, room: Room) -> None:
    """Fill `room.found` with the cheapest places of one request, for a crew on shifts of workers not in it yet."""
    room.found[:, 0] = INFEASIBLE
    narrow = worth_a_look(d, s, request, room)
    if d.weight[UNEVEN] > 0:
        tilt(d, s, request, room)
    unit = d.unit[request]
    if narrow and d.kind[d.first[request]] == 0 and d.crew[request] == 1:
        seek_beside(d, s, unit, d.first[request], kept, room)
        return
    # What a place beside a neighbour costs bounds what is worth a look elsewhere.
    for k in range(1, min(_FIRST, d.near.shape[1])):
        if not s.out[d.near[unit, k]]:
            seek(d, s, request, s.home[d.first[d.member[d.near[unit, k], 0]]], kept, room)
    for shift in range(s.size.shape[0]):
        if room.near[shift]:
            seek(d, s, request, shift, kept, room)


@compiled
def seek_beside(d: Data, s: State, unit: int, node: int, kept: int, room: Room) -> None:
    """Look for the places of a visit right before and behind its nearest neighbours, and on empty shifts."""
    served = 0
    for k in range(1, d.near.shape[1]):
        other = d.near[unit, k]
        if s.out[other]:
            continue
        for member in range(2):
            request = d.member[other, member]
            if request < 0:
                continue
            for at in range(d.first[request], d.first[request] + (1 if d.kind[d.first[request]] == 0 else 2)):
                shift, i = s.home[at], s.spot[at]
                if room.near[shift]:
                    seek_visit(d, s, shift, node, i, i + 1, kept, room)
        served += 1
        if served == _NEIGHBOURS:
            break
    for shift in range(s.size.shape[0]):
        if room.near[shift] and s.size[shift] == 0:
            seek_visit(d, s, shift, node, 0, 0, kept, room)


@compiled
def tilt(d: Data, s: State, request: int, room: Room) -> None:
    """Write what a request's own time adds to the uneven work of each shift's group."""
    node = d.first[request]
    longer = d.duration[node] + (d.duration[node + 1] if d.kind[node] != 0 else 0)
    for shift in range(s.size.shape[0]):
        room.tilt[shift] = 0.0
        if d.group[shift] < 0:
            continue
        own = work(s, shift)
        most, least, least_else = own, own, NEVER
        for other in range(s.size.shape[0]):
            if other != shift and d.group[other] == d.group[shift]:
                theirs = work(s, other)
                most, least_else = max(most, theirs), min(least_else, theirs)
        if least_else < NEVER:
            least = min(own, least_else)
            wider = max(most, own + longer) - min(own + longer, least_else) - most + least
            room.tilt[shift] = d.weight[UNEVEN] * wider


@compiled
def seek(d: Data, s: State, request: int, shift: int, kept: int, room: Room) -> None:
    """Look for the places of a request on one shift, once."""
    if not room.near[shift]:
        return
    room.near[shift] = False
    if d.crew[request] > 1 and not may_join(d, request, shift, room):
        return
    node = d.first[request]
    if d.kind[node] == 0:
        seek_visit(d, s, shift, node, 0, s.size[shift], kept, room)
    else:
        seek_ride(d, s, shift, node, kept, room)


@compiled
def may_join(d: Data, request: int, shift: int, room: Room) -> bool:
    """Tell whether a shift may complete a crew: another worker, and room left for all whom a lock names."""
    left, named = d.crew[request], d.pins[request]
    for k in range(room.crew.shape[0]):
        other = room.crew[k]
        if other < 0:
            break
        if d.worker[other] == d.worker[shift]:
            return False
        left -= 1
        named -= 1 if d.pinned[request, other] else 0
    return named < left or d.pinned[request, shift]


@compiled
def put(s: State, shift: int, node: int, at: int) -> None:
    """Put a node into a route before its position `at`, without timing it."""
    for i in range(s.size[shift], at, -1):
        s.routes[shift, i] = s.routes[shift, i - 1]
    s.routes[shift, at] = node
    s.size[shift] += 1


@compiled
def place_request(d: Data, s: State, spare: State, request: int, room: Room) -> int:
    """Put one request (or one of its crew) where it is cheapest and timely; return the shift, -1 where nowhere."""
    kept, tied = KEPT if d.bound_up else 1, d.tied[request]
    if tied:
        await_partners(d, s, d.first[request])
    search_request(d, s, request, kept, room)
    chosen, before, cheapest = -1, cost(d, s) if tied else 0.0, INFEASIBLE
    for row in range(kept):
        if room.found[row, 0] >= cheapest:  # other routes can only lose by it
            break
        if not try_place(d, s, spare, request, row, room):
            continue
        if not tied:
            return int(room.found[row, 1])
        points = cost(d, s) - before
        if points < cheapest:
            chosen, cheapest = row, points
        take_back(d, s, spare, room)
    if chosen < 0 or not try_place(d, s, spare, request, chosen, room):
        return -1
    return int(room.found[chosen, 1])


@compiled
def try_place(d: Data, s: State, spare: State, request: int, row: int, room: Room) -> bool:
    """Put a request at one of the places found; return whether all times agree, else leave everything as it was."""
    node = d.first[request]
    shift, i, j = int(room.found[row, 1]), int(room.found[row, 2]), int(room.found[row, 3])
    attempt(d, s, spare, room)
    save(s, spare, shift, room)
    if d.kind[node] != 0:
        put(s, shift, node + 1, j)
    put(s, shift, node, i)
    room.dirty[:] = False
    room.dirty[shift] = True
    if not d.bound_up or (not d.tied[request] and not tangled(d, s, shift)):
        timely = time_route(d, s, shift, room)
    else:
        timely = settle(d, s, spare, room)
    if not timely:
        take_back(d, s, spare, room)
    return timely


@compiled
def await_partners(d: Data, s: State, node: int) -> None:
    """Let a visit begin no earlier than the other visits of its gaps allow as they begin now."""
    floor = 0
    for gap in range(d.gap_first.shape[0]):
        if d.gap_second[gap] == node:
            begun = begin_of(d, s, d.gap_first[gap])
            if begun >= 0:
                floor = max(floor, begun + d.duration[d.gap_first[gap]] + d.gap_least[gap])
        elif d.gap_first[gap] == node:
            begun = begin_of(d, s, d.gap_second[gap])
            if begun >= 0:
                floor = max(floor, begun - d.gap_most[gap] - d.duration[node])
    s.floor[node] = floor if d.crew[d.request[node]] == 1 else max(s.floor[node], floor)


@compiled
def begin_of(d: Data, s: State, node: int) -> int:
    """Return when a node begins, -1 where it is left out."""
    if s.out[d.unit[d.request[node]]]:
        return -1
    shift = s.home[node]
    for i in range(s.size[shift]):
        if s.routes[shift, i] == node:
            return s.begins[shift, i]
    return -1


@compiled
def reach(d: Data, s: State, shift: int, i: int, node: int) -> bool:
    """Tell whether a shift can be at `node` in time when it comes after its position `i - 1`, whatever follows."""
    here = d.start[shift] if i == 0 else d.place[s.routes[shift, i - 1]]
    return go(d, d.profile[shift], s.ready[shift, i], here, d.place[node]) <= d.shuts[node]


@compiled
def try_chain(d: Data, s: State, shift: int, out: int, back: int, room: Room) -> None:
    """Offer positions of a ride and its return on one shift."""
    manner, size = d.manner[d.request[out]], s.size[shift]
    if size + 6 > s.routes.shape[1]:
        return
    tried = room.tried
    for i in range(size + 1):
        if not reach(d, s, shift, i, out):
            break
        for j in range(i, size + 1):
            if j > i and (d.kind[s.routes[shift, j - 1]] == 0 or not reach(d, s, shift, j, out + 1)):
                break
            last = j if manner == STAYS else min(size, j + _AWAY) if manner == NEARBY else size
            for k in range(j, last + 1):
                for m in range(k, size + 1):
                    if m > k and d.kind[s.routes[shift, m - 1]] == 0:
                        break
                    if blinks(room):
                        continue
                    filled = 0
                    for position in range(size + 1):
                        for node, at in ((out, i), (out + 1, j), (back, k), (back + 1, m)):
                            if at == position:
                                tried[filled] = node
                                filled += 1
                        if position < size:
                            tried[filled] = s.routes[shift, position]
                            filled += 1
                    if obeys(d, shift, tried, filled, room.inside):
                        points = weigh(d, shift, tried, filled, s.floor, s.leave[shift], room, room.begins)
                        if points < INFEASIBLE:
                            offer(room, KEPT, points - s.points[shift], shift, i, j, k, m)


@compiled
def place_chain(d: Data, s: State, spare: State, out: int, back: int, room: Room) -> bool:
    """Put a ride and its return on one shift."""
    room.found[:, 0] = INFEASIBLE
    worth_a_look(d, s, out, room)
    for shift in range(s.size.shape[0]):
        if room.near[shift] and d.allowed[back, shift]:
            try_chain(d, s, shift, d.first[out], d.first[back], room)
    a, b = d.first[out], d.first[back]
    for row in range(KEPT):
        if room.found[row, 0] >= INFEASIBLE:
            return False
        shift = int(room.found[row, 1])
        attempt(d, s, spare, room)
        save(s, spare, shift, room)
        put(s, shift, b + 1, int(room.found[row, 5]))
        put(s, shift, b, int(room.found[row, 4]))
        put(s, shift, a + 1, int(room.found[row, 3]))
        put(s, shift, a, int(room.found[row, 2]))
        room.dirty[:] = False
        room.dirty[shift] = True
        if settle(d, s, spare, room):
            return True
        take_back(d, s, spare, room)
    return False


@compiled
def place_unit(d: Data, s: State, spare: State, keep: State, unit: int, room: Room) -> bool:
    """Put a unit in, whole or not at all; return whether it is in."""
    first, second = d.member[unit, 0], d.member[unit, 1]
    if second >= 0 and d.manner[first] > 0:
        placed = place_chain(d, s, spare, first, second, room)
    else:
        parts = d.crew[first] + (1 if second >= 0 else 0)
        if parts > 1:
            copy_all(s, keep)
        room.crew[:] = -1
        placed = True
        for copy in range(d.crew[first]):
            room.crew[copy] = place_request(d, s, spare, first, room)
            if room.crew[copy] < 0:
                placed = False
                break
        if placed and second >= 0:
            placed = place_request(d, s, spare, second, room) >= 0
        if not placed and parts > 1:
            copy_all(keep, s)
    if placed:
        s.out[unit] = False
    return placed
