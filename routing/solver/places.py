"""Where one request could stand on one route, and about what that adds: quick bounds, for `walk` to confirm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from routing.solver.elements import ARC_SCALE, Rows, Sequence
from routing.solver.instance import Instance
from routing.solver.slack import Slack, openings, slack


class Placing(NamedTuple):
    """A request on a shift between given stops: the points it adds, the gap of its first stop and of its last."""

    points: int
    shift: int
    first: int
    last: int

    def on(self, sequence: Sequence, nodes: Sequence) -> Sequence:
        """Return the sequence with the request's stops in their gaps."""
        return (
            *sequence[: self.first],
            nodes[0],
            *sequence[self.first : self.last],
            *nodes[1:],
            *sequence[self.last :],
        )


def placings(instance: Instance, shift: int, sequence: Sequence, request: int) -> list[Placing]:
    """Return the placings of a request on one shift that the bounds of the route allow, in no order."""
    bounds = slack(instance, shift, sequence)
    if bounds is None:
        return []
    legs = instance.arc_points[bounds.data.profile]
    base = instance.worker_points(request, shift)
    base += -(bounds.driven // ARC_SCALE) if sequence else instance.problem.objective.shift_used
    nodes = instance.nodes_of_request[request]
    added = _of_visit(instance, legs, bounds, nodes[0]) if len(nodes) == 1 else _of_ride(instance, legs, bounds, nodes)
    return [Placing((bounds.driven + more) // ARC_SCALE + base, shift, first, last) for more, first, last in added]


def _of_visit(instance: Instance, legs: Rows, bounds: Slack, node: int) -> Iterator[tuple[int, int, int]]:
    """Yield (driving and lateness added, gap, gap) of a visit."""
    place, late = instance.nodes[node].place, _lateness(instance, node)
    for gap, start in openings(instance, bounds, node):
        yield _detour(legs, bounds, gap, place, place) + late(start), gap, gap


def _of_ride(instance: Instance, legs: Rows, bounds: Slack, nodes: Sequence) -> Iterator[tuple[int, int, int]]:
    """Yield (driving and lateness added, gap of the pickup, gap of the delivery) of a ride."""
    pickup, delivery = (instance.nodes[node].place for node in nodes)
    late_first, late_last = (_lateness(instance, node) for node in nodes)
    ends = {gap: late_last(start) for gap, start in openings(instance, bounds, nodes[1])}
    drops = {gap: _detour(legs, bounds, gap, delivery, delivery) + late for gap, late in ends.items()}
    for first, start in openings(instance, bounds, nodes[0]):
        late = late_first(start)
        apart = _detour(legs, bounds, first, pickup, pickup) + late
        for last, late_there in ends.items():
            if first < last:
                yield apart + drops[last], first, last
            elif first == last:
                both = _detour(legs, bounds, first, pickup, delivery) + legs[pickup][delivery]
                yield both + late + late_there, first, last


def _lateness(instance: Instance, index: int) -> Callable[[int], int]:
    """Return how many parts of a point a stop costs that begins behind its windows; whom it delays is not weighed."""
    node, weight = instance.nodes[index], instance.problem.objective.late_minute * (ARC_SCALE // 60)
    if node.windows == node.domain or not weight:
        return lambda _: 0

    def late(start: int) -> int:
        return weight * max(0, start - max((high for low, high in node.windows if low <= start), default=start))

    return late


def _detour(legs: Rows, bounds: Slack, gap: int, there: int, back: int) -> int:
    """Return what leaving a gap's way for `there` and coming back from `back` adds to driving."""
    before, after = bounds.before[gap][0], bounds.after[gap][0]
    return legs[before][there] + legs[back][after] - legs[before][after]


def points_of(instance: Instance, shift: int, sequence: Sequence) -> int:
    """Return what driving a sequence costs, 0 where the shift stays at home."""
    if not sequence:
        return 0
    data, nodes = instance.shifts[shift], instance.nodes
    arcs, here, total = instance.arc_points[data.profile], data.start, 0
    for index in sequence:
        place = nodes[index].place
        total += arcs[here][place]
        here = place
    return (total + arcs[here][data.end]) // ARC_SCALE + instance.problem.objective.shift_used
