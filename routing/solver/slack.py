"""Say quickly between which stops of a route another stop could stand.

The forward times and latest starts of one sequence bound every insertion into it (Savelsbergh 1992, "The vehicle
routing problem with time windows: minimizing route duration"). The bound is loose, so no insertion that works is lost;
`routing.solver.walk` and `routing.solver.earliest` decide.
"""

from __future__ import annotations

from dataclasses import dataclass

from routing.solver.elements import NEVER, Sequence, ShiftData
from routing.solver.instance import KEPT, Instance


@dataclass(frozen=True, kw_only=True, slots=True)
class Slack:
    """Bounds of one sequence on one shift.

    Per gap: `before` is where and when the stop before is left at the earliest, `after` where and when the stop after
    must begin at the latest. `driven` is what its ways cost in `ARC_SCALE` parts of a point, even where it is empty.
    """

    data: ShiftData
    before: tuple[tuple[int, int], ...]
    after: tuple[tuple[int, int], ...]
    driven: int


def slack(instance: Instance, shift: int, sequence: Sequence) -> Slack | None:
    """Return the bounds of a sequence, or None where it cannot be driven as it is."""
    key = (shift, sequence)
    if key in instance.bounds:
        return instance.bounds[key]
    if len(instance.bounds) >= KEPT // 10:
        instance.bounds = {}
    found = instance.bounds[key] = _slack(instance, shift, sequence)
    return found


def _slack(instance: Instance, shift: int, sequence: Sequence) -> Slack | None:
    before = _forward(instance, shift, sequence)
    if before is None:
        return None
    data = instance.shifts[shift]
    after = _backward(instance, data, sequence)
    legs = instance.arc_points[data.profile]
    driven = sum(legs[here][there] for (here, _), (there, _) in zip(before, after, strict=True))
    return Slack(data=data, before=before, after=after, driven=driven)


def gaps(instance: Instance, bounds: Slack, index: int) -> list[int]:
    """Return the gaps in which a node could stand: gap `i` lies before stop `i`, the last one before the return."""
    return [gap for gap, _ in openings(instance, bounds, index)]


def openings(instance: Instance, bounds: Slack, index: int) -> list[tuple[int, int]]:
    """Return the gaps in which a node could stand, each with when it would begin there at the earliest."""
    node, data, side = instance.nodes[index], bounds.data, instance.side
    found: list[tuple[int, int]] = []
    for gap, ((here, ready), (there, latest)) in enumerate(zip(bounds.before, bounds.after, strict=True)):
        if side[here] == side[node.place]:
            arrived: int | None = ready + data.seconds[here][node.place]
        else:
            passage = instance.passage(data.index, here, node.place)
            arrived = passage.arrive(ready) if passage else None
        start = None if arrived is None else node.next_start(arrived)
        if start is None:
            continue
        onward = data.seconds[node.place][there] if side[node.place] == side[there] else 0
        if start + node.duration + onward <= latest:
            found.append((gap, start))
    return found


def _forward(instance: Instance, shift: int, sequence: Sequence) -> tuple[tuple[int, int], ...] | None:
    data = instance.shifts[shift]
    here, now = data.start, data.shift.earliest
    found = [(here, now)]
    for index in sequence:
        node = instance.nodes[index]
        passage = instance.passage(shift, here, node.place)
        arrived = passage.arrive(now) if passage else None
        start = None if arrived is None else node.next_start(arrived)
        if start is None:
            return None
        here, now = node.place, start + node.duration
        found.append((here, now))
    return tuple(found)


def _backward(instance: Instance, data: ShiftData, sequence: Sequence) -> tuple[tuple[int, int], ...]:
    there, latest = data.end, data.hard_end
    found = [(there, latest)]
    for index in reversed(sequence):
        node = instance.nodes[index]
        leg = data.seconds[node.place][there] if instance.side[node.place] == instance.side[there] else 0
        latest = min(node.domain[-1][1], latest - node.duration - min(leg, NEVER))
        there = node.place
        found.append((there, latest))
    return tuple(reversed(found))
