"""Exchange the ends of two routes that come near each other, or all of them, before units are taken out.

Strings of a few stops never bring a whole neighbourhood to another route; with ends exchanged (2-opt*, Potvin and
Rousseau 1995) a long route may go on to another neighbourhood. A whole route changes its depot or vehicle as it is,
which taken apart it would hardly find again.
"""

from __future__ import annotations

from routing.solver.kernel.chance import below, draw
from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import Data
from routing.solver.kernel.rules import obeys
from routing.solver.kernel.settle import attempt, save, take_back, time_route
from routing.solver.kernel.state import Room, State

_LONGEST_OF = 4
"""The longest way of how many drawn is cut: long ways lie between neighbourhoods."""

_TAKEN = 0.15
"""How likely each next neighbour on another route is where that one is cut."""


@compiled
def cross(d: Data, s: State, spare: State, room: Room) -> int:
    """Exchange the ends of two routes where both then have times; return a unit at the joint, -1 where not."""
    unit, one, i = _longest_way(d, s, room)
    if unit < 0 or s.riders[one, i + 1] > 0:
        return -1
    for k in range(1, d.near.shape[1]):
        near = d.near[unit, k]
        if s.out[near]:
            continue
        node = d.first[d.member[near, 0]]
        other = s.home[node]
        if other == one or not room.mine[other] or draw(room.chance) > _TAKEN:
            continue
        j = s.spot[node]
        if s.riders[other, j] > 0:
            return -1
        return unit if _exchange(d, s, spare, room, one, i + 1, other, j) else -1
    return -1


@compiled
def split(d: Data, s: State, spare: State, room: Room) -> int:
    """Let an empty shift take over the end of a route; return a unit at the joint, -1 where none can."""
    unit, one, i = _longest_way(d, s, room)
    if unit < 0 or s.riders[one, i + 1] > 0 or i + 1 >= s.size[one]:
        return -1
    shifts = s.size.shape[0]
    begin = below(room.chance, shifts)
    for k in range(shifts):
        other = (begin + k) % shifts
        if s.size[other] == 0 and room.open[other] and room.mine[other]:
            return unit if _exchange(d, s, spare, room, one, i + 1, other, 0) else -1
    return -1


@compiled
def swap(d: Data, s: State, spare: State, room: Room) -> int:
    """Exchange the routes of two shifts that are not alike; return a unit on one of them, -1 where they may not."""
    shifts, unit = s.size.shape[0], below(room.chance, d.worth.shape[0])
    if s.out[unit]:
        return -1
    one, begin = s.home[d.first[d.member[unit, 0]]], below(room.chance, shifts)
    if not room.mine[one]:
        return -1
    for k in range(shifts):
        other = (begin + k) % shifts
        if d.alike[other] != d.alike[one] and room.mine[other] and (s.size[other] > 0 or room.open[other]):
            return unit if _exchange(d, s, spare, room, one, 0, other, 0) else -1
    return -1


@compiled
def mixed(d: Data) -> bool:
    """Tell whether not all shifts are alike."""
    for shift in range(d.alike.shape[0]):
        if d.alike[shift] != d.alike[0]:
            return True
    return False


@compiled
def _longest_way(d: Data, s: State, room: Room) -> tuple[int, int, int]:
    """Return a unit with its route and position, of some drawn the one from where it is farthest to the next stop."""
    chosen, on, at, farthest = -1, 0, 0, -1
    for _ in range(_LONGEST_OF):
        unit = below(room.chance, d.worth.shape[0])
        if s.out[unit]:
            continue
        node = d.first[d.member[unit, 0]]
        if d.kind[node] != 0:
            node += 1
        shift = s.home[node]
        i = s.spot[node]
        if room.mine[shift] and s.leg_metres[shift, i + 1] > farthest:
            chosen, on, at, farthest = unit, shift, i, s.leg_metres[shift, i + 1]
    return chosen, on, at


@compiled
def _exchange(d: Data, s: State, spare: State, room: Room, one: int, i: int, other: int, j: int) -> bool:
    """Let `one` go on from its position `i` with what `other` has from `j` on, and the other way round."""
    size, size_other = s.size[one], s.size[other]
    new, new_other = i + size_other - j, j + size - i
    if max(new, new_other) > s.routes.shape[1] - 2:
        return False
    for k in range(i, size):
        if not d.allowed[d.request[s.routes[one, k]], other]:
            return False
    for k in range(j, size_other):
        if not d.allowed[d.request[s.routes[other, k]], one]:
            return False
    attempt(d, s, spare, room)
    save(s, spare, one, room)
    save(s, spare, other, room)
    for k in range(j, size_other):
        s.routes[one, i + k - j] = spare.routes[other, k]
    for k in range(i, size):
        s.routes[other, j + k - i] = spare.routes[one, k]
    s.size[one], s.size[other] = new, new_other
    for shift in (one, other):
        legal = obeys(d, shift, s.routes[shift], s.size[shift], room.inside)
        if not (legal and time_route(d, s, shift, room)):
            take_back(d, s, spare, room)
            return False
    return True
