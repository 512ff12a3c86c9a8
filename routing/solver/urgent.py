"""Put one urgent request into a plan that is being driven already: nobody else changes hands or order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from routing.cost import cost
from routing.errors import UsageError
from routing.matrix import Matrix
from routing.plan import Plan, Route
from routing.problem import Problem
from routing.solver.elements import Routes
from routing.solver.insertion import insertions, unit_of, without
from routing.solver.instance import Instance
from routing.solver.solve import routes_of
from routing.solver.timetable import Timetables

_WEIGHED = 2
"""How many places, the cheapest by their driving, are timed and weighed in full."""


def insert(problem: Problem, matrix: Matrix, plan: Plan, request: str) -> Plan | None:
    """Return `plan` with `request` (and a linked ride) at its cheapest sound place, or None where there is none.

    Every other stop stays on its shift and in its order. Routes that the newcomer joins, and those whose times must
    give way to it, get new times within everybody's windows and locks; all others keep theirs to the second. UsageError
    for a request that the problem does not know.
    """
    instance = Instance(problem, matrix)
    if request not in instance.request_index:
        raise UsageError(f"request {request!r} is not in this day; it has {', '.join(sorted(instance.request_index))}")
    unit = unit_of(instance, instance.request_index[request])
    routes = without(instance, routes_of(instance, plan), unit)
    found = list(islice(_plans(instance, plan, routes, unit), _WEIGHED))
    return min(found, key=lambda tried: cost(problem, matrix, tried).total, default=None)


def _plans(instance: Instance, plan: Plan, routes: Routes, unit: tuple[int, ...]) -> Iterator[Plan]:
    """Yield the plan with a unit at each place that has a timetable, in the order of what driving it adds."""
    times, stale = Timetables(instance), _stale(instance, plan, routes)
    names = {data.index: data.shift.id for data in instance.shifts if routes[data.index]}
    driven = {shift: plan.route_by_shift[name] for shift, name in names.items() if shift not in stale}
    times.begin_from({shift: (routes[shift], route) for shift, route in driven.items()})
    for candidate in insertions(instance, routes, unit):
        made = candidate.apply(routes)
        printed = times.around(made, [*(shift for shift, _ in candidate.changes), *stale])
        if printed is not None:
            yield _plan(instance, plan, made, {instance.shifts[s].shift.id: route for s, route in printed.items()})


def _stale(instance: Instance, plan: Plan, routes: Routes) -> list[int]:
    """Return the shifts whose printed route has stops that are no longer asked for there."""
    stops = {route.shift: sum(stop.step is not None for stop in route.stops) for route in plan.routes}
    return [data.index for data in instance.shifts if stops.get(data.shift.id, 0) != len(routes[data.index])]


def _plan(instance: Instance, plan: Plan, routes: Routes, printed: dict[str, Route]) -> Plan:
    """Return a plan with some routes printed anew and the others as they were."""
    served = {instance.nodes[index].request for sequence in routes for index in sequence}
    known = {**plan.route_by_shift, **printed}
    used = [data.shift.id for data in instance.shifts if routes[data.index]]
    return Plan(
        routes=tuple(known[shift] for shift in used),
        unassigned=tuple(request.id for i, request in enumerate(instance.requests) if i not in served),
    )
