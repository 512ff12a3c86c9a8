"""Walk one sequence forward: the quick test of every rule that concerns a single route, at its earliest times.

A walk that is blocked can never become a route. A walk that goes through may still fail where routes depend on each
other, where a ride limit asks for a later pickup, or where a break finds no room; `routing.solver.earliest` decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from routing.problem import Waiting
from routing.solver.elements import NEVER, Node, Sequence, ShiftData
from routing.solver.instance import Instance


@dataclass(frozen=True, kw_only=True, slots=True)
class Walk:
    """What a sequence comes to: earliest time of return, seconds and metres of driving."""

    end: int
    driving: int
    metres: int


def walk(instance: Instance, shift: int, sequence: Sequence, *, partial: bool = False) -> Walk | str:
    """Return what a sequence comes to on a shift, or the code of the first rule that blocks it.

    `partial` allows an escorted client's return to be missing still.
    """
    blocked = order_block(instance, shift, sequence) or load_block(instance, shift, sequence)
    blocked = blocked or escort_block(instance, shift, sequence, partial=partial)
    return blocked or _drive(instance, shift, sequence)


def order_block(instance: Instance, shift: int, sequence: Sequence) -> str | None:
    """Return `order` or `locked` where rides or locked steps are in the wrong order, else None."""
    place = {node: position for position, node in enumerate(sequence)}
    for node, position in place.items():
        partner = instance.nodes[node].partner
        if partner >= 0 and (partner not in place or (partner > node) != (place[partner] > position)):
            return "order"
    for nodes, strict in instance.locked_on.get(shift, ()):
        at = [place[node] for node in nodes if node in place]
        if any(b <= a or (strict and b != a + 1) for a, b in pairwise(at)):
            return "locked"
    return None


def load_block(instance: Instance, shift: int, sequence: Sequence) -> str | None:
    """Return why people or goods cannot be aboard like this, else None.

    `room`: they find no place; `apart`: they may not be together; `aboard`: they would wait through a visit; `goods`:
    what the visits are brought does not go into the vehicle.
    """
    data, nodes, apart = instance.shifts[shift], instance.nodes, instance.apart
    if sum(nodes[index].goods for index in sequence) > data.hold:
        return "goods"
    seats = wheelchairs = stretchers = 0
    aboard: set[int] = set()
    for index in sequence:
        node = nodes[index]
        if node.partner < 0:
            if aboard:
                return "aboard"
            continue
        a, b, c = node.load
        seats, wheelchairs, stretchers = seats + a, wheelchairs + b, stretchers + c
        if not node.is_pickup:
            aboard.discard(node.request)
            continue
        if not data.fits((seats, wheelchairs, stretchers)):
            return "room"
        if aboard & apart[node.request]:
            return "apart"
        aboard.add(node.request)
    return None


def escort_block(instance: Instance, shift: int, sequence: Sequence, *, partial: bool = False) -> str | None:
    """Return `escort` where something is planned or somebody aboard while a carer stays with her client, else None."""
    waiting: dict[int, Waiting] = {}
    aboard = 0
    for index in sequence:
        node = instance.nodes[index]
        aboard += 0 if node.is_visit else 1 if node.is_pickup else -1
        link = instance.link_of.get(node.request)
        ends = link is not None and node.is_pickup and instance.requests[node.request].id == link.inbound
        if ends and link is not None:
            outbound = instance.request_index[link.outbound]
            if waiting.pop(outbound, None) is None and link.one_shift:
                return "escort"
        for outbound, manner in waiting.items():
            if manner is Waiting.STAYS or (
                manner is Waiting.NEARBY and not _is_nearby(instance, shift, outbound, node)
            ):
                return "escort"
        begins = link is not None and not node.is_pickup and instance.requests[node.request].id == link.outbound
        if begins and link is not None and link.one_shift:
            if aboard and link.waiting is not Waiting.FREE:
                return "escort"
            waiting[node.request] = link.waiting
    return "escort" if waiting and not partial else None


def _is_nearby(instance: Instance, shift: int, outbound: int, node: Node) -> bool:
    return node.is_visit and node.place in instance.nearby_places[instance.shifts[shift].profile, outbound]


def _drive(instance: Instance, shift: int, sequence: Sequence) -> Walk | str:
    data, nodes, side = instance.shifts[shift], instance.nodes, instance.side
    seconds, metres = data.seconds, data.metres
    now, here, driving, length, crossings = data.shift.earliest, data.start, 0, 0, 0
    for index in (*sequence, -1):
        there = nodes[index].place if index >= 0 else data.end
        if side[here] == side[there]:
            leg = seconds[here][there]
            if leg >= NEVER:
                return "unreachable"
            now += leg
            driving += leg
            length += metres[here][there]
        else:
            passage = instance.passage(shift, here, there)
            arrived = passage.arrive(now) if passage else None
            crossings += 1
            if passage is None or arrived is None or crossings > 2:
                return "ferry"
            now = arrived
            driving += passage.before + passage.after
            length += passage.metres_before + passage.metres_after
        if index >= 0:
            node = nodes[index]
            start = node.next_start(now)
            if start is None:
                return "window"
            now = start + node.duration
            here = there
    return _close(data, now, driving, length, sum(nodes[index].duration for index in sequence))


def _close(data: ShiftData, end: int, driving: int, metres: int, service: int) -> Walk | str:
    if end > data.hard_end:
        return "shift-end"
    longest = data.shift.max_duration
    if longest is not None and driving + service > longest:
        return "duration"
    return Walk(end=end, driving=driving, metres=metres)
