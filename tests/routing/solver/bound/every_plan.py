"""The cheapest of all plans of a tiny day, by trying every one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from routing.cost import cost
from routing.review.check import check
from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.soundness import holds
from routing.solver.timetable import timetable


def cheapest(instance: Instance) -> int:
    """Return the points of the cheapest sound plan."""
    empty: Routes = tuple(() for _ in instance.shifts)
    points = []
    for routes in all_routes(instance, empty, 0):
        plan = timetable(instance, routes) if holds(instance, routes) else None
        if plan is not None and not check(instance.problem, instance.matrix, plan):
            points.append(cost(instance.problem, instance.matrix, plan).total)
    return min(points)


def all_routes(instance: Instance, routes: Routes, request: int) -> Iterator[Routes]:
    """Yield every way of adding requests from `request` on, each left out or anywhere."""
    if request == len(instance.requests):
        yield routes
        return
    yield from all_routes(instance, routes, request + 1)
    able = [data.index for data in instance.shifts if instance.static_block(request, data.index) is None]
    for team in combinations(able, instance.crew[request]):
        for placed in _placed(instance, routes, request, team):
            yield from all_routes(instance, placed, request + 1)


def _placed(instance: Instance, routes: Routes, request: int, team: tuple[int, ...]) -> Iterator[Routes]:
    if not team:
        yield routes
        return
    nodes, old = instance.nodes_of_request[request], routes[team[0]]
    for first in range(len(old) + 1):
        begun = (*old[:first], nodes[0], *old[first:])
        seconds = range(first + 1, len(begun) + 1) if len(nodes) == 2 else [None]
        for second in seconds:
            new = begun if second is None else (*begun[:second], nodes[1], *begun[second:])
            changed = (*routes[: team[0]], new, *routes[team[0] + 1 :])
            yield from _placed(instance, changed, request, team[1:])
