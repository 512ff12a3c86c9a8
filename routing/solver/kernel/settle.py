"""Agree the times of routes that depend on each other: push begins up until nothing moves."""

from __future__ import annotations

from routing.solver.elements import NEVER
from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import KILOMETRE, LATE, Data, Flags, Ints
from routing.solver.kernel.ends import join, plain_points, refresh
from routing.solver.kernel.rides import rides_fit
from routing.solver.kernel.route import INFEASIBLE, weigh
from routing.solver.kernel.state import Room, State, copy_row

_ROUNDS = 60


@compiled
def time_route(d: Data, s: State, shift: int, room: Room) -> bool:
    """Weigh one route anew; return whether it has times."""
    s.changed[shift] = True
    refresh(d, s, shift)
    size = s.size[shift]
    if size == 0:
        s.points[shift] = 0.0
        s.begins[shift, 0] = 0
        return True
    if s.plain[shift]:
        way = d.seconds[d.profile[shift], d.place[s.routes[shift, size - 1]], d.end[shift]]
        span, start, by = join(
            s.head_span[shift, size], s.head_from[shift, size], s.head_by[shift, size], way, 0, 0, d.hard_end[shift]
        )
        points = plain_points(d, shift, s.metres[shift], s.fixed[shift], span, start, by)
        if points >= 0:
            for i in range(size):
                s.begins[shift, i] = s.ready[shift, i + 1] - d.duration[s.routes[shift, i]]
            s.begins[shift, size] = start + span
            s.points[shift] = points
            return True
    if s.loose[shift]:
        s.points[shift] = loose_points(d, s, shift)
        return s.points[shift] < INFEASIBLE
    if s.gentle[shift]:
        fits = rides_fit(d, shift, s.routes[shift], size, s.floor, s.leave[shift], room, s.begins[shift])
        s.points[shift] = d.weight[KILOMETRE] * s.metres[shift] + s.fixed[shift] if fits else INFEASIBLE
        return fits
    if s.ready[shift, size] >= NEVER or s.ready[shift, 0] > s.until[shift, 0]:
        s.points[shift] = INFEASIBLE
    else:
        s.points[shift] = weigh(d, shift, s.routes[shift], size, s.floor, s.leave[shift], room, s.begins[shift])
    return s.points[shift] < INFEASIBLE


@compiled
def loose_points(d: Data, s: State, shift: int) -> float:
    """Return the points of a route of which only ways and lateness are weighed, and write its begins."""
    size, late = s.size[shift], 0
    for i in range(size):
        node = s.routes[shift, i]
        start = s.ready[shift, i + 1] - d.duration[node]
        if start > d.shuts[node]:
            return INFEASIBLE
        late += max(0, start - d.punctual[node])
        s.begins[shift, i] = start
    last = s.routes[shift, size - 1]
    back = s.ready[shift, size] + d.seconds[d.profile[shift], d.place[last], d.end[shift]]
    s.begins[shift, size] = back
    if back > d.hard_end[shift]:
        return INFEASIBLE
    return d.weight[KILOMETRE] * s.metres[shift] + d.weight[LATE] * late + s.fixed[shift]


@compiled
def save(s: State, spare: State, shift: int, room: Room) -> None:
    """Keep a route as it is before the first change of the present attempt."""
    if not room.saved[shift]:
        room.saved[shift] = True
        copy_row(s, spare, shift)


@compiled
def attempt(d: Data, s: State, spare: State, room: Room) -> None:
    """Begin an attempt that may be taken back."""
    room.saved[:] = False
    if d.bound_up:
        spare.floor[:] = s.floor


@compiled
def take_back(d: Data, s: State, spare: State, room: Room) -> None:
    """Undo the present attempt."""
    for shift in range(s.size.shape[0]):
        if room.saved[shift]:
            copy_row(spare, s, shift)
    if d.bound_up:
        s.floor[:] = spare.floor


@compiled
def settle(d: Data, s: State, spare: State, room: Room) -> bool:
    """Time every route marked `dirty` and all that depend on them; return whether they have common times.

    What changes is kept in `spare` for `take_back`.
    """
    dirty = room.dirty
    for _ in range(_ROUNDS):
        for shift in range(s.size.shape[0]):
            if dirty[shift]:
                dirty[shift] = False
                save(s, spare, shift, room)
                if not time_route(d, s, shift, room):
                    return False
        if not d.bound_up or not ask(d, s, spare, room):
            return True
    return False


@compiled
def tangled(d: Data, s: State, shift: int) -> bool:
    """Tell whether the times of a route depend on other routes, or theirs on it."""
    for pair in range(d.follows.shape[0]):
        if d.follows[pair, 0] == shift or d.follows[pair, 1] == shift:
            return True
    for i in range(s.size[shift]):
        if d.tied[d.request[s.routes[shift, i]]]:
            return True
    return False


@compiled
def ask(d: Data, s: State, spare: State, room: Room) -> bool:
    """Raise what routes ask of each other and mark those it moves; return whether anything moved."""
    dirty, begun, home, moved = room.dirty, room.begun, room.hosts, False
    home[:] = -1
    for shift in range(s.size.shape[0]):
        for i in range(s.size[shift]):
            node = s.routes[shift, i]
            if home[node] >= 0 and s.begins[shift, i] != begun[node]:  # a crew that does not begin together yet
                s.floor[node] = max(s.floor[node], begun[node], s.begins[shift, i])
                dirty[shift] = dirty[shift] or s.begins[shift, i] < s.floor[node]
                dirty[home[node]] = dirty[home[node]] or begun[node] < s.floor[node]
                moved = True
            if home[node] < 0 or s.begins[shift, i] > begun[node]:
                home[node], begun[node] = shift, s.begins[shift, i]
    for request in range(d.first.shape[0]):
        back = d.link_out[request]
        if back >= 0:
            dropped, collected = d.first[request] + 1, d.first[back]
            if home[dropped] >= 0 and home[collected] >= 0:
                lag = d.duration[dropped] + d.stay[request]
                moved |= raise_floor(s, dirty, begun, home, collected, begun[dropped] + lag)
    for gap in range(d.gap_first.shape[0]):
        first, second = d.gap_first[gap], d.gap_second[gap]
        if home[first] >= 0 and home[second] >= 0:
            end = begun[first] + d.duration[first]
            moved |= raise_floor(s, dirty, begun, home, second, end + d.gap_least[gap])
            moved |= raise_floor(s, dirty, begun, home, first, begun[second] - d.gap_most[gap] - d.duration[first])
    for pair in range(d.follows.shape[0]):
        a, b = d.follows[pair, 0], d.follows[pair, 1]
        if s.begins[a, 0] > s.begins[b, 0]:
            a, b = b, a
        if s.size[a] > 0 and s.size[b] > 0 and s.begins[a, s.size[a]] > s.leave[b]:
            save(s, spare, b, room)
            s.leave[b] = s.begins[a, s.size[a]]
            dirty[b] = True
            moved = True
    return moved


@compiled
def raise_floor(s: State, dirty: Flags, begun: Ints, home: Ints, node: int, least: int) -> bool:
    """Let a node begin no earlier than `least`; return whether that moves it."""
    if begun[node] >= least:
        return False
    s.floor[node] = max(s.floor[node], least)
    dirty[home[node]] = True
    return True


@compiled
def forget(d: Data, s: State) -> None:
    """Drop what routes ask of each other, for it to be found anew."""
    s.floor[:] = 0
    s.leave[:] = d.earliest
