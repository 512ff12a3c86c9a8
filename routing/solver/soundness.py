"""Tell whether given sequences can be driven: every rule of one route, of crews, and a common timetable."""

from __future__ import annotations

from routing.solver.earliest import timetable_exists
from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.walk import Walk, walk


def is_sound(instance: Instance, routes: Routes, shift: int) -> bool:
    """Tell whether the route of `shift` keeps every rule, together with the routes whose times depend on it."""
    return is_allowed(instance, routes, shift) and timetable_exists(instance, routes, [shift])


def holds(instance: Instance, routes: Routes) -> bool:
    """Tell whether every route keeps every rule."""
    used = [shift for shift, sequence in enumerate(routes) if sequence]
    return all(is_allowed(instance, routes, shift) for shift in used) and timetable_exists(instance, routes, used)


def is_allowed(instance: Instance, routes: Routes, shift: int) -> bool:
    """Tell whether the route of `shift` keeps the rules that need no timetable."""
    requests = {instance.nodes[index].request for index in routes[shift]}
    return (
        all(instance.static_block(request, shift) is None for request in requests)
        and all(_is_whole_crew(instance, routes, request) for request in requests if instance.crew[request] > 1)
        and isinstance(walk(instance, shift, routes[shift]), Walk)
    )


def _is_whole_crew(instance: Instance, routes: Routes, request: int) -> bool:
    """Tell whether a crew is complete, of different workers, on the shifts that locks name."""
    (node,) = instance.nodes_of_request[request]
    team = [shift for shift, sequence in enumerate(routes) for index in sequence if index == node]
    workers = {instance.shifts[shift].shift.worker for shift in team}
    pinned = instance.pinned.get(request, frozenset())
    return len(team) == len(workers) == instance.crew[request] and (pinned <= set(team) or set(team) <= pinned)
