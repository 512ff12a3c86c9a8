"""Where column generation begins: the routes of a plan, and what serving each request costs in it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from routing.cost import cost
from routing.plan import Plan, Route
from routing.solver.bound.column import Column
from routing.solver.bound.pricing.data import Floats
from routing.solver.instance import Instance


def columns_of(instance: Instance, plan: Plan, kind_of: Mapping[int, int]) -> list[Column]:
    """Return the routes of a plan at what each costs by itself, which is never too little."""
    found = []
    for route in plan.routes:
        whole = cost(instance.problem, instance.matrix, Plan(routes=(route,)))
        times = tuple(
            (instance.node_of_step[stop.step], stop.start) for stop in route.stops if stop.step in instance.node_of_step
        )
        requests = tuple(dict.fromkeys(instance.nodes[index].request for index, _ in times))
        kind = kind_of[instance.shift_index[route.shift]]
        found.append(Column(kind=kind, points=float(whole.total - whole.imbalance), requests=requests, times=times))
    return found


def shares(instance: Instance, plan: Plan) -> Floats:
    """Return what serving each request costs in a plan: every route's points shared out by what it asks."""
    found = np.zeros(len(instance.requests))
    for name in plan.unassigned:
        request = instance.request_index[name]
        found[request] = instance.unassigned_points(request)
    for route in plan.routes:
        points = cost(instance.problem, instance.matrix, Plan(routes=(route,))).total
        efforts = _efforts(instance, route)
        whole = max(1e-9, sum(efforts.values()))
        for request, effort in efforts.items():
            found[request] += points * effort / whole / instance.crew[request]
    return found


def _efforts(instance: Instance, route: Route) -> dict[int, float]:
    """Return, per request of a route, the points of its service and of half the ways to and from it."""
    weigh, found = instance.problem.objective, dict[int, float]()
    for stop, after in pairwise(route.stops):
        if stop.request is not None:
            seconds = (stop.travel + after.travel) / 2 + stop.departure - stop.start
            metres = (stop.metres + after.metres) / 2
            points = weigh.paid_minute * seconds / 60 + weigh.kilometre * metres / 1000
            request = instance.request_index[stop.request]
            found[request] = found.get(request, 0.0) + points
    return found
