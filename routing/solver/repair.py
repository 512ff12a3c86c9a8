"""Turn sequences that nearly work into ones that do: the step that completes the OR-Tools model.

What the model holds roughly or not at all is put right here: half-served crews and linked rides are taken out, routes
without a timetable lose the request that hurts least, and everything left out is inserted where it exactly fits.
"""

from __future__ import annotations

from routing.solver.budget import StopSignal, never_stop
from routing.solver.earliest import dependent
from routing.solver.elements import Routes
from routing.solver.insertion import insert_all, unit_of, without
from routing.solver.instance import Instance
from routing.solver.refit import clock_of
from routing.solver.soundness import is_allowed, is_sound


def repair(instance: Instance, routes: Routes, *, stop: StopSignal = never_stop) -> Routes:
    """Return routes that have a timetable, with no request left out that would fit."""
    return insert_all(instance, sound(instance, routes), stop=stop)


def sound(instance: Instance, routes: Routes) -> Routes:
    """Return the routes with just so much taken out that they have a timetable."""
    routes = drop_halves(instance, routes)
    used = [shift for shift, sequence in enumerate(routes) if sequence]
    if all(is_allowed(instance, routes, shift) for shift in used) and clock_of(instance, routes) is not None:
        return routes
    for shift in used:
        while routes[shift] and not is_sound(instance, routes, shift):
            routes = drop_halves(instance, without(instance, routes, _least_harm(instance, routes, shift)))
    return routes


def drop_halves(instance: Instance, routes: Routes) -> Routes:
    """Take out requests that are served in part: half a crew, a ride without its return."""
    served: dict[int, list[int]] = {}
    for sequence in routes:
        for index in sequence:
            served.setdefault(instance.nodes[index].request, []).append(index)
    whole = {
        request
        for request, nodes in served.items()
        if len(nodes) == instance.crew[request] * len(instance.nodes_of_request[request])
    }
    broken = {request for request in served if not set(unit_of(instance, request)) <= whole}
    return without(instance, routes, frozenset(broken))


def _least_harm(instance: Instance, routes: Routes, shift: int) -> frozenset[int]:
    """Return the unit to take out for a route's sake: the cheapest that mends it, or else its own cheapest."""
    there = {s for s in dependent(instance, routes, [shift]) if routes[s]}
    units = {frozenset(unit_of(instance, instance.nodes[index].request)) for s in there for index in routes[s]}
    price = {unit: sum(instance.unassigned_points(request) for request in unit) for unit in units}
    ranked = sorted(units, key=lambda unit: (price[unit], sorted(unit)))
    for unit in ranked:
        if is_sound(instance, without(instance, routes, unit), shift):
            return unit
    own = {frozenset(unit_of(instance, instance.nodes[index].request)) for index in routes[shift]}
    return min(own, key=lambda unit: (price[unit], sorted(unit)))
