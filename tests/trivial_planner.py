"""The simplest planner there is: one request per shift, at exact times; everything else is left out."""

from __future__ import annotations

from itertools import combinations

from routing.matrix import Matrix
from routing.plan import Plan, Route
from routing.problem import Problem, Request, SequenceLock, Shift, ShiftLock, Visit
from tests.walk import NoWayError, Walk


def trivial_plan(problem: Problem, matrix: Matrix) -> Plan:
    """Return a sound plan that gives each shift at most one request."""
    tied = {*problem.link_by_ride, *(name for gap in problem.gaps for name in (gap.first, gap.second))}
    routes: list[Route] = []
    unassigned = []
    for request in problem.requests:
        found = [] if request.id in tied else _served(problem, matrix, request, routes)
        routes += found
        if not found:
            unassigned.append(request.id)
    return Plan(routes=tuple(routes), unassigned=tuple(unassigned))


def _served(problem: Problem, matrix: Matrix, request: Request, routes: list[Route]) -> list[Route]:
    """Return the routes of the first crew that can serve `request`, or nothing."""
    crew = request.crew if isinstance(request, Visit) else 1
    locked = {
        lock.shift
        for lock in problem.locks
        if (isinstance(lock, ShiftLock) and request.id in lock.requests)
        or (isinstance(lock, SequenceLock) and request.id in [step.request for step in lock.steps])
    }
    able = [
        shift
        for shift in problem.shifts
        if request.skills <= problem.offers(shift) and shift.worker not in request.forbidden
        if (not locked or shift.id in locked) and _has_room(problem, request, shift)
    ]
    for team in combinations(able, crew):
        if len({shift.worker for shift in team}) == len({shift.vehicle for shift in team}) == crew:
            found = _together(problem, matrix, request, team)
            if len(found) == crew and not any(_clash(problem, route, other) for route in found for other in routes):
                return found
    return []


def _together(problem: Problem, matrix: Matrix, request: Request, team: tuple[Shift, ...]) -> list[Route]:
    """Return one route per shift of `team`, all beginning when the last of them can."""
    try:
        begin = max(_walk(problem, matrix, request, shift, None).stops[1].start for shift in team)
        found = [_walk(problem, matrix, request, shift, begin) for shift in team]
    except NoWayError:
        return []
    return [
        route
        for route, shift in zip(found, team, strict=True)
        if _keeps_hours(route, shift) and _is_quick(request, route)
    ]


def _walk(problem: Problem, matrix: Matrix, request: Request, shift: Shift, begin: int | None) -> Route:
    walk = Walk(problem, matrix, shift.id)
    if isinstance(request, Visit):
        return walk.visit(request.id, begin).end()
    return walk.pickup(request.id, begin).delivery(request.id).end()


def _keeps_hours(route: Route, shift: Shift) -> bool:
    due = any(route.duration > pause.required_after for pause in shift.breaks)
    too_long = shift.max_duration is not None and route.duration > shift.max_duration
    return not due and not too_long and route.stops[-1].arrival <= shift.latest + shift.overtime


def _has_room(problem: Problem, request: Request, shift: Shift) -> bool:
    if isinstance(request, Visit):
        room = problem.vehicle_by_id[shift.vehicle].goods
        return room is None or request.goods <= room
    return any(request.load.fits(layout) for layout in problem.vehicle_by_id[shift.vehicle].layouts)


def _is_quick(request: Request, route: Route) -> bool:
    if isinstance(request, Visit):
        return True
    pickup, delivery = route.stops[1:3]
    limit = request.ride_limit(delivery.travel)
    return limit is None or delivery.start - pickup.departure <= limit


def _clash(problem: Problem, one: Route, other: Route) -> bool:
    first, second = problem.shift_by_id[one.shift], problem.shift_by_id[other.shift]
    shared = first.worker == second.worker or first.vehicle == second.vehicle
    meet = one.stops[0].departure < other.stops[-1].arrival and other.stops[0].departure < one.stops[-1].arrival
    return first.id == second.id or (shared and meet)
