"""How long riders sit in the car beyond the direct way, at times that spare them waiting there."""

from __future__ import annotations

from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import Data, Rows
from routing.solver.kernel.rules import DELIVERY, PICKUP
from routing.solver.kernel.state import Room
from routing.solver.kernel.timing import begin, begin_by, go, leave_by, punctual_by


@compiled
def seconds_aboard(d: Data, shift: int, sequence: Rows, size: int, room: Room) -> int:
    """Return the seconds that riders of a timed route spend aboard beyond their direct ways.

    The first of a group is fetched as late as the rest of the route allows, then the car goes on without waiting, and
    at last everybody else is fetched as late as the stop after it allows.
    """
    go_on(d, shift, sequence, size, room)
    fetch_late(d, shift, sequence, size, room)
    profile, total, moment = d.profile[shift], 0, room.moment
    for i in range(size):
        node = sequence[i]
        if d.kind[node] == PICKUP:
            ride = moment[room.spot[d.partner[node]]] - moment[i] - d.duration[node]
            total += max(0, ride - d.direct[d.request[node], profile])
    return total


@compiled
def go_on(d: Data, shift: int, sequence: Rows, size: int, room: Room) -> None:
    """Fill `moment`: begins as late as possible with nobody aboard, as early as possible otherwise."""
    moment, riders, ready = room.moment, 0, 0
    for i in range(size):
        node, moment[i] = sequence[i], room.latest[i]
        if riders > 0:
            arrive = go(d, d.profile[shift], ready, d.place[sequence[i - 1]], d.place[node])
            arrive = max(arrive, room.own[node], met_from(d, node, sequence, i, room))
            moment[i] = min(moment[i], begin(d, node, arrive))
        ready = moment[i] + d.duration[node]
        riders += 1 if d.kind[node] == PICKUP else -1 if d.kind[node] == DELIVERY else 0


@compiled
def met_from(d: Data, node: int, sequence: Rows, i: int, room: Room) -> int:
    """Return from when the return at position `i` may be fetched where the route made the way there too, else 0."""
    out = d.link_in[d.request[node]] if d.kind[node] == PICKUP else -1
    if out < 0:
        return 0
    dropped = d.first[out] + 1
    position = room.spot[dropped]
    if position >= i or sequence[position] != dropped:
        return 0
    return int(room.moment[position] + d.duration[dropped] + d.stay[out])


@compiled
def fetch_late(d: Data, shift: int, sequence: Rows, size: int, room: Room) -> None:
    """Put the begins of pickups off until the stops after them ask for them."""
    moment = room.moment
    for i in range(size - 2, -1, -1):
        node, after = sequence[i], sequence[i + 1]
        if d.kind[node] == PICKUP and not d.firm[node] and d.follower[node] < 0 and d.leader[node] < 0:
            by = leave_by(d, d.profile[shift], moment[i + 1], d.place[node], d.place[after])
            moment[i] = max(moment[i], punctual_by(d, node, moment[i], begin_by(d, node, by - d.duration[node])))
