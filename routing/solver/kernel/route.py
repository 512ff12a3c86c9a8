"""Time and weigh one route: earliest times with breaks placed, the latest leaving that costs nothing, its points."""

from __future__ import annotations

from routing.solver.elements import NEVER
from routing.solver.kernel.aboard import seconds_aboard
from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import ABOARD, CHANGED, KILOMETRE, LATE, OVERTIME, PAID, USED, Data, Ints, Rows
from routing.solver.kernel.rules import DELIVERY, PICKUP, STAYS, obeys
from routing.solver.kernel.state import Room, State
from routing.solver.kernel.timing import begin, begin_by, driven, go, lateness, leave_by, punctual_by

INFEASIBLE = 1e18
_ROUNDS = 12
"""How often a pickup may be put off for a ride limit before the route counts as infeasible."""


@compiled
def restful(d: Data, sequence: Rows, size: int, room: Room) -> None:
    """Write for each gap of a sequence whether a break may fall in it: nobody aboard, no client stayed with."""
    aboard = 0
    for i in range(size + 1):
        room.free[i] = aboard == 0
        if i < size:
            node = sequence[i]
            request = d.request[node]
            if d.kind[node] == PICKUP:
                ends_stay = d.link_in[request] >= 0 and d.manner[d.link_in[request]] == STAYS
                aboard += 0 if ends_stay else 1
            elif d.kind[node] == DELIVERY:
                begins_stay = d.link_out[request] >= 0 and d.manner[request] == STAYS
                aboard -= 0 if begins_stay else 1


@compiled
def forward(d: Data, shift: int, sequence: Rows, size: int, floor: Ints, leave: int, room: Room) -> int:
    """Fill earliest `starts` per (position, breaks taken); return the size of the state space, 0 where it ends early.

    `gaps[position, b]` says how break `b - 1` came to be taken: 0 before this gap, 1 before leaving, 2 on arrival. The
    last position is the return.
    """
    pauses = d.pause_at[shift + 1] - d.pause_at[shift]
    starts, gaps, free, ready = room.starts, room.gaps, room.free, room.ready
    profile, here = d.profile[shift], d.start[shift]
    restful(d, sequence, size, room)
    ready[: pauses + 1] = NEVER
    ready[0] = leave
    for i in range(size + 1):
        there = d.place[sequence[i]] if i < size else d.end[shift]
        for b in range(pauses + 1):
            gaps[i, b] = 0
        if free[i]:
            for b in range(pauses):
                row = d.pause_at[shift] + b
                at = max(ready[b], d.pause_low[row])
                if ready[b] < NEVER and at <= d.pause_high[row] and at + d.pause_length[row] < ready[b + 1]:
                    ready[b + 1] = at + d.pause_length[row]
                    gaps[i, b + 1] = 1
        alive = False
        for b in range(pauses + 1):
            ready[b] = min(NEVER, go(d, profile, ready[b], here, there)) if ready[b] < NEVER else NEVER
        if free[i]:
            for b in range(pauses):
                row = d.pause_at[shift] + b
                at = max(ready[b], d.pause_low[row])
                if ready[b] < NEVER and at <= d.pause_high[row] and at + d.pause_length[row] < ready[b + 1]:
                    ready[b + 1] = at + d.pause_length[row]
                    gaps[i, b + 1] = 2
        for b in range(pauses + 1):
            if ready[b] >= NEVER:
                starts[i, b] = NEVER
                continue
            if i < size:
                node = sequence[i]
                starts[i, b] = begin(d, node, max(ready[b], floor[node]))
                ready[b] = starts[i, b] + d.duration[node] if starts[i, b] < NEVER else NEVER
            else:
                starts[i, b] = ready[b] if ready[b] <= d.hard_end[shift] else NEVER
            alive = alive or starts[i, b] < NEVER
        if not alive:
            return 0
        here = there
    return pauses + 1


@compiled
def settle_choice(size: int, state: int, room: Room) -> None:
    """Write into `chosen[position]` how many breaks are taken once the position is reached, for a final state."""
    b = state
    for i in range(size, -1, -1):
        room.chosen[i] = b
        while b > 0 and room.gaps[i, b] > 0:
            b -= 1


@compiled
def found_at(node: int, sequence: Rows, size: int, room: Room) -> int:
    """Return the position of a node on the route at hand, -1 where it is not on it."""
    position = room.spot[node]
    return position if position < size and sequence[position] == node else -1


@compiled
def held_by(d: Data, node: int, first: int, sequence: Rows, size: int, room: Room) -> int:
    """Return by when a node has to begin for the sake of nodes tied to it: `first` where those are on other routes.

    Behind a longest time it needs no holding back: what the whole route puts off by some time it puts off by no more.
    """
    if d.firm[node] or (d.leader[node] >= 0 and found_at(d.leader[node], sequence, size, room) < 0):
        return first
    by = NEVER
    if d.follower[node] >= 0:
        position = found_at(d.follower[node], sequence, size, room)
        if position < 0:
            return first
        by = room.latest[position] - d.pause[node] - d.duration[node]
    back = d.link_out[d.request[node]] if d.kind[node] == DELIVERY else -1
    if back >= 0:
        position = found_at(d.first[back], sequence, size, room)
        if position < 0:
            return first
        by = min(by, room.latest[position] - d.stay[d.request[node]] - d.duration[node])
    return by


@compiled
def backward(d: Data, shift: int, sequence: Rows, size: int, room: Room) -> int:
    """Fill the latest start of each position that neither delays the return nor adds lateness; return when to leave."""
    starts, gaps, chosen, latest = room.starts, room.gaps, room.chosen, room.latest
    profile, there = d.profile[shift], d.end[shift]
    by = starts[size, chosen[size]]
    latest[size] = by
    for i in range(size, -1, -1):
        here = d.place[sequence[i - 1]] if i > 0 else d.start[shift]
        before = chosen[i - 1] if i > 0 else 0
        b = chosen[i]
        while b > before and gaps[i, b] == 2:
            row = d.pause_at[shift] + b - 1
            by = min(by - d.pause_length[row], d.pause_high[row])
            b -= 1
        by = leave_by(d, profile, by, here, there)
        while b > before:
            row = d.pause_at[shift] + b - 1
            by = min(by - d.pause_length[row], d.pause_high[row])
            b -= 1
        if i > 0:
            node = sequence[i - 1]
            first = starts[i - 1, chosen[i - 1]]
            by = min(by - d.duration[node], held_by(d, node, first, sequence, size, room))
            by = max(first, punctual_by(d, node, first, begin_by(d, node, by)))
            latest[i - 1] = by
        there = here
    return by


@compiled
def weigh(d: Data, shift: int, sequence: Rows, size: int, floor: Ints, leave: int, room: Room, begins: Rows) -> float:
    """Return the points of a route at its best times, `INFEASIBLE` where it has none.

    `floor` are earliest begins per node that other routes ask for, `leave` the earliest leaving; `begins` receives the
    begin of each position, the return last.
    """
    own, starts = room.own, room.starts
    for i in range(size):
        own[sequence[i]] = floor[sequence[i]]
        room.spot[sequence[i]] = i
    for _ in range(_ROUNDS):
        states = forward(d, shift, sequence, size, own, leave, room)
        if states == 0:
            return INFEASIBLE
        state, push = -1, NEVER
        for b in range(states):
            if starts[size, b] >= NEVER:
                continue
            settle_choice(size, b, room)
            out = backward(d, shift, sequence, size, room)
            allowed = d.longest[shift]
            for row in range(d.pause_at[shift] + b, d.pause_at[shift + 1]):
                allowed = min(allowed, d.pause_after[row])
            if starts[size, b] - out <= allowed:
                state = b
                break
            push = min(push, starts[size, b] - allowed)
        if state < 0:
            if push >= NEVER or push <= leave:
                return INFEASIBLE
            leave = push  # too long when left so early: the breaks may fall better later
            continue
        late = overdue(d, shift, sequence, size, room)
        if late < 0:
            return points_of(d, shift, sequence, size, room, out, begins)
        put_off(d, shift, sequence, size, room)
    return INFEASIBLE


@compiled
def weigh_tried(d: Data, s: State, shift: int, size: int, agreed: bool, room: Room) -> float:
    """Return the points of the sequence in `room.tried`, `INFEASIBLE` where a rule forbids it or it has no times.

    `agreed` tells whether it keeps to what the other routes of a solution ask of it, or stands alone.
    """
    if not obeys(d, shift, room.tried, size, room.inside):
        return INFEASIBLE
    floor = s.floor if agreed else room.alone
    leave = s.leave[shift] if agreed else d.earliest[shift]
    return weigh(d, shift, room.tried, size, floor, leave, room, room.begins)


@compiled
def overdue(d: Data, shift: int, sequence: Rows, size: int, room: Room) -> int:
    """Return the position of a pickup whose ride is too long at the earliest times, -1 where none is."""
    starts, chosen = room.starts, room.chosen
    for i in range(size):
        node = sequence[i]
        limit = d.limit[d.request[node], d.profile[shift]]
        if d.kind[node] == PICKUP and limit >= 0:
            j = room.spot[d.partner[node]]
            if starts[j, chosen[j]] - starts[i, chosen[i]] - d.duration[node] > limit:
                return i
    return -1


@compiled
def put_off(d: Data, shift: int, sequence: Rows, size: int, room: Room) -> None:
    """Raise the floor of every pickup whose ride is too long, as far as its delivery asks."""
    starts, chosen, floor = room.starts, room.chosen, room.own
    for i in range(size):
        node = sequence[i]
        limit = d.limit[d.request[node], d.profile[shift]]
        if d.kind[node] == PICKUP and limit >= 0:
            j = room.spot[d.partner[node]]
            floor[node] = max(floor[node], starts[j, chosen[j]] - d.duration[node] - limit)


@compiled
def points_of(d: Data, shift: int, sequence: Rows, size: int, room: Room, out: int, begins: Rows) -> float:
    """Return the points of a route whose times are known, and write its begins."""
    starts, chosen, latest = room.starts, room.chosen, room.latest
    back, profile = starts[size, chosen[size]], d.profile[shift]
    begins[size] = back
    rest = 0
    for row in range(d.pause_at[shift], d.pause_at[shift] + chosen[size]):
        rest += d.pause_length[row]
    metres, here, late, changed, people = 0, d.start[shift], 0, 0, 0.0
    for i in range(size):
        node = sequence[i]
        request = d.request[node]
        begins[i] = starts[i, chosen[i]]
        metres += driven(d, profile, here, d.place[node])
        here = d.place[node]
        late += lateness(d, node, begins[i])
        if d.kind[node] != DELIVERY:
            people += d.people[request, shift]
        if d.promised[node] >= 0:
            nearest = min(max(d.promised[node], begins[i]), latest[i])
            changed += max(0, abs(nearest - d.promised[node]) - d.free_change)
    metres += driven(d, profile, here, d.end[shift])
    aboard = seconds_aboard(d, shift, sequence, size, room) if d.weight[ABOARD] > 0 else 0
    return (
        d.weight[KILOMETRE] * metres
        + d.weight[PAID] * (back - out - rest)
        + d.weight[OVERTIME] * max(0, back - d.latest[shift])
        + d.weight[LATE] * late
        + d.weight[ABOARD] * aboard
        + d.weight[CHANGED] * changed
        + d.weight[USED]
        + people
    )
