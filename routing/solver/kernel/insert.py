"""Find places for units that are left out: the cheapest by exact route times, blinking now and then."""

from __future__ import annotations

import numpy as np

from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import Data, Ints
from routing.solver.kernel.route import INFEASIBLE, weigh
from routing.solver.kernel.rules import NEARBY, STAYS, obeys
from routing.solver.kernel.settle import settle
from routing.solver.kernel.state import Room, State, copy_into
from routing.solver.kernel.timing import driven, go

KEPT = 4
"""How many places are kept per request, to fall back on where routes depend on each other."""

_AWAY = 4
"""How many visits nearby may come between a client's delivery and her collection."""


@compiled
def offer(found: np.ndarray, points: float, shift: int, i: int, j: int, k: int, m: int) -> None:
    """Keep a place among the `KEPT` cheapest rows (points, shift, i, j, k, m)."""
    if points >= found[KEPT - 1, 0]:
        return
    row = KEPT - 1
    while row > 0 and found[row - 1, 0] > points:
        found[row] = found[row - 1]
        row -= 1
    found[row, 0], found[row, 1], found[row, 2] = points, shift, i
    found[row, 3], found[row, 4], found[row, 5] = j, k, m


@compiled
def spliced(old: Ints, size: int, nodes: Ints, at: Ints, new: Ints) -> int:
    """Write `old` with `nodes` put in before its positions `at` (not falling) into `new`; return the new size."""
    put, filled = 0, 0
    for i in range(size + 1):
        while put < nodes.shape[0] and at[put] == i:
            new[filled] = nodes[put]
            filled += 1
            put += 1
        if i < size:
            new[filled] = old[i]
            filled += 1
    return filled


@compiled
def reach(d: Data, s: State, shift: int, i: int, node: int) -> bool:
    """Tell whether a shift can be at `node` in time when it comes after its position `i - 1`, whatever follows."""
    profile = d.profile[shift]
    if i == 0:
        ready, here = s.leave[shift], d.start[shift]
    else:
        before = s.routes[shift, i - 1]
        ready, here = s.begins[shift, i - 1] + d.duration[before], d.place[before]
    return go(d, profile, ready, here, d.place[node]) <= d.high[d.domain_at[node + 1] - 1]


@compiled
def longer(d: Data, s: State, shift: int, i: int, node: int) -> float:
    """Return the points of driving that `node` adds between positions `i - 1` and `i`."""
    profile = d.profile[shift]
    here = d.start[shift] if i == 0 else d.place[s.routes[shift, i - 1]]
    there = d.end[shift] if i == s.size[shift] else d.place[s.routes[shift, i]]
    way = driven(d, profile, here, d.place[node]) + driven(d, profile, d.place[node], there)
    return d.weight[0] * (way - (driven(d, profile, here, there) if s.size[shift] > 0 else 0))


@compiled
def weigh_tried(d: Data, s: State, shift: int, size: int, room: Room) -> float:
    """Return what the route in `room.tried` adds to the points of a shift."""
    if not obeys(d, shift, room.tried, size, room.inside):
        return INFEASIBLE
    points = weigh(
        d,
        shift,
        room.tried,
        size,
        s.floor,
        s.leave[shift],
        room.starts,
        room.gaps,
        room.chosen,
        room.latest,
        room.begins,
        room.free,
        room.ready,
        room.own,
    )
    return points if points >= INFEASIBLE else points - s.points[shift]


@compiled
def try_visit(d: Data, s: State, shift: int, node: int, blink: float, found: np.ndarray, room: Room) -> None:
    """Offer every position of a visit on a shift."""
    nodes, at = np.array([node]), np.zeros(1, np.int64)
    people = d.people[d.request[node], shift]
    for i in range(s.size[shift] + 1):
        if not reach(d, s, shift, i, node):
            break
        if np.random.random() < blink or longer(d, s, shift, i, node) + people >= found[KEPT - 1, 0]:
            continue
        at[0] = i
        size = spliced(s.routes[shift], s.size[shift], nodes, at, room.tried)
        offer(found, weigh_tried(d, s, shift, size, room), shift, i, 0, 0, 0)


@compiled
def try_ride(d: Data, s: State, shift: int, pickup: int, blink: float, found: np.ndarray, room: Room) -> None:
    """Offer every pair of positions of a ride on a shift."""
    nodes, at = np.array([pickup, pickup + 1]), np.zeros(2, np.int64)
    people = d.people[d.request[pickup], shift]
    for i in range(s.size[shift] + 1):
        if not reach(d, s, shift, i, pickup):
            break
        for j in range(i, s.size[shift] + 1):
            if j > i and not reach(d, s, shift, j, pickup + 1):
                break
            if j > i and d.kind[s.routes[shift, j - 1]] == 0:
                break
            if np.random.random() < blink:
                continue
            if (
                j > i
                and longer(d, s, shift, i, pickup) + longer(d, s, shift, j, pickup + 1) + people >= found[KEPT - 1, 0]
            ):
                continue
            at[0], at[1] = i, j
            size = spliced(s.routes[shift], s.size[shift], nodes, at, room.tried)
            offer(found, weigh_tried(d, s, shift, size, room), shift, i, j, 0, 0)


@compiled
def try_chain(d: Data, s: State, shift: int, out: int, back: int, blink: float, found: np.ndarray, room: Room) -> None:
    """Offer positions of a ride and its return on one shift."""
    manner, size = d.manner[d.request[out]], s.size[shift]
    nodes, at = np.array([out, out + 1, back, back + 1]), np.zeros(4, np.int64)
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
                    if np.random.random() < blink:
                        continue
                    at[0], at[1], at[2], at[3] = i, j, k, m
                    tried = spliced(s.routes[shift], size, nodes, at, room.tried)
                    offer(found, weigh_tried(d, s, shift, tried, room), shift, i, j, k, m)


@compiled
def put(s: State, shift: int, nodes: Ints, at: Ints, room: Room) -> None:
    """Put nodes into a route, without timing it."""
    size = spliced(s.routes[shift], s.size[shift], nodes, at, room.tried)
    s.routes[shift, :size] = room.tried[:size]
    s.size[shift] = size


@compiled
def search_request(d: Data, s: State, request: int, blink: float, barred: Ints, room: Room) -> np.ndarray:
    """Return the `KEPT` cheapest places of one request on shifts of workers that are not `barred`."""
    found = np.full((KEPT, 6), INFEASIBLE)
    shunned = with_other_visit(d, s, d.first[request])
    for shift in range(s.size.shape[0]):
        if not d.allowed[request, shift] or shunned[shift]:
            continue
        if d.crew[request] > 1:
            taken = False
            for other in barred:
                taken = taken or (other >= 0 and d.worker[other] == d.worker[shift])
            if taken or must_be_pinned(d, request, shift, barred):
                continue
        node = d.first[request]
        if d.kind[node] == 0:
            try_visit(d, s, shift, node, blink, found, room)
        else:
            try_ride(d, s, shift, node, blink, found, room)
    return found


@compiled
def with_other_visit(d: Data, s: State, node: int) -> np.ndarray:
    """Mark the shifts of workers who make the other visit of a gap that asks `node` for two carers."""
    marked = np.zeros(s.size.shape[0], np.bool_)
    for gap in range(d.gap_apart.shape[0]):
        if not d.gap_apart[gap] or (d.gap_first[gap] != node and d.gap_second[gap] != node):
            continue
        other = d.gap_second[gap] if d.gap_first[gap] == node else d.gap_first[gap]
        for shift in range(s.size.shape[0]):
            for i in range(s.size[shift]):
                if s.routes[shift, i] == other:
                    marked |= d.worker == d.worker[shift]
    return marked


@compiled
def must_be_pinned(d: Data, request: int, shift: int, barred: Ints) -> bool:
    """Tell whether the places left in a crew are all needed for shifts that a lock names, and this is none."""
    left, named = d.crew[request], d.pins[request]
    for other in barred:
        if other >= 0:
            left -= 1
            named -= 1 if d.pinned[request, other] else 0
    return named >= left and not d.pinned[request, shift]


@compiled
def place_request(d: Data, s: State, spare: State, request: int, blink: float, barred: Ints, room: Room) -> int:
    """Put one request (or one of its crew) where it is cheapest and timely; return the shift, -1 where nowhere."""
    found = search_request(d, s, request, blink, barred, room)
    node = d.first[request]
    ride = d.kind[node] != 0
    for row in range(KEPT):
        if found[row, 0] >= INFEASIBLE:
            return -1
        shift = int(found[row, 1])
        copy_into(s, spare)
        if ride:
            put(s, shift, np.array([node, node + 1]), np.array([int(found[row, 2]), int(found[row, 3])]), room)
        else:
            put(s, shift, np.array([node]), np.array([int(found[row, 2])]), room)
        dirty = np.zeros(s.size.shape[0], np.bool_)
        dirty[shift] = True
        if settle(d, s, dirty, room):
            return shift
        copy_into(spare, s)
    return -1


@compiled
def place_chain(d: Data, s: State, spare: State, out: int, back: int, blink: float, room: Room) -> bool:
    """Put a ride and its return on one shift."""
    found = np.full((KEPT, 6), INFEASIBLE)
    for shift in range(s.size.shape[0]):
        if d.allowed[out, shift] and d.allowed[back, shift]:
            try_chain(d, s, shift, d.first[out], d.first[back], blink, found, room)
    a, b = d.first[out], d.first[back]
    for row in range(KEPT):
        if found[row, 0] >= INFEASIBLE:
            return False
        shift = int(found[row, 1])
        copy_into(s, spare)
        at = np.array([int(found[row, 2]), int(found[row, 3]), int(found[row, 4]), int(found[row, 5])])
        put(s, shift, np.array([a, a + 1, b, b + 1]), at, room)
        dirty = np.zeros(s.size.shape[0], np.bool_)
        dirty[shift] = True
        if settle(d, s, dirty, room):
            return True
        copy_into(spare, s)
    return False


@compiled
def place_unit(d: Data, s: State, spare: State, keep: State, unit: int, blink: float, room: Room) -> bool:
    """Put a unit in, whole or not at all; return whether it is in."""
    first, second = d.member[unit, 0], d.member[unit, 1]
    if second >= 0 and d.manner[first] > 0:
        placed = place_chain(d, s, spare, first, second, blink, room)
    else:
        copy_into(s, keep)
        barred = np.full(d.crew[first], -1, np.int64)
        placed = True
        for copy in range(d.crew[first]):
            barred[copy] = place_request(d, s, spare, first, blink, barred, room)
            if barred[copy] < 0:
                placed = False
                break
        if placed and second >= 0:
            placed = place_request(d, s, spare, second, blink, barred, room) >= 0
        if not placed:
            copy_into(keep, s)
    if placed:
        s.out[unit] = False
    return placed
