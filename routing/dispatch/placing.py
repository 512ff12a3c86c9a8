"""All ways to put one request on one shift, everybody else staying on theirs and in order."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from routing.dispatch.desk import Desk
from routing.dispatch.forced import forced
from routing.dispatch.timing import settle, upset, wishes_of
from routing.plan import Plan
from routing.review.check import check
from routing.solver.carers import barred_workers
from routing.solver.elements import Routes
from routing.solver.insertion import candidates, insertions, unit_of, without
from routing.solver.instance import Instance
from routing.solver.places import placings
from routing.solver.refit import fits
from routing.solver.timing_model import Wishes
from routing.solver.walk import Walk, walk

_TRIALS = 60
"""How many places on one shift are tried exactly, the cheapest."""

_WEIGHED = 3
"""How many places, the cheapest by their driving, are timed and weighed in full."""

_LEGS = 3
"""How many places of one way of a ride are followed up with the other way anywhere."""


@dataclass(frozen=True, kw_only=True, order=True)
class Option:
    """A way to place a request: the points it is estimated to add, and all sequences with it in place."""

    points: int
    routes: Routes


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Where a request is to go: a shift, perhaps as its stop number `position` (from 0, the request not counted).

    `instead_of` names which shift of a crew hands its part over; without it any of them may.
    """

    request: int
    shift: int
    position: int | None = None
    instead_of: int | None = None


def best(desk: Desk, plan: Plan, wanted: Wanted) -> Plan | None:
    """Return the plan with a request at its best place on a shift, or None where there is none.

    Best is what costs least, the trouble of others who must begin at another time counted in.
    """
    instance = desk.instance
    free = moved_nodes(desk, plan, wanted)
    wishes = wishes_of(desk, plan, free)
    tried = (
        _timed(desk, plan, option.routes, free, wishes)
        for option in islice(options(instance, desk.routes(plan), wanted), _WEIGHED)
    )
    found = [made for made in tried if made is not None]
    return min(found, key=lambda made: desk.cost(made).total + upset(desk, made, wishes), default=None)


def _timed(desk: Desk, plan: Plan, routes: Routes, free: Collection[int], wishes: Wishes) -> Plan | None:
    """Return a plan of sequences; driven straight through where the timing finds nothing, if that breaks no rule.

    The timing knows no two breaks between the same two stops, which are allowed.
    """
    made = settle(desk, plan, routes, free=free, wishes=wishes)
    if made is not None:
        return made
    made = forced(desk, plan, routes, free=free, wishes=wishes)
    return None if check(desk.problem, desk.matrix, made) else made


def moved_nodes(desk: Desk, plan: Plan, wanted: Wanted) -> frozenset[int]:
    """Return the nodes that get new times: of the request, and of the ride that goes along with it."""
    instance = desk.instance
    moved = moved_requests(instance, desk.routes(plan), wanted.request)
    return frozenset(node for request in moved for node in instance.nodes_of_request[request])


def moved_requests(instance: Instance, routes: Routes, request: int) -> tuple[int, ...]:
    """Return what changes hands with a request: the linked ride too where one shift makes both, or where none does."""
    link, unit = instance.link_of.get(request), unit_of(instance, request)
    planned = any(homes(instance, routes, member) for member in unit)
    return (request,) if link is None or (planned and not link.one_shift) else unit


def homes(instance: Instance, routes: Routes, request: int) -> tuple[int, ...]:
    """Return the shifts that serve a request."""
    first = instance.nodes_of_request[request][0]
    return tuple(shift for shift, sequence in enumerate(routes) if first in sequence)


def options(instance: Instance, routes: Routes, wanted: Wanted) -> Iterator[Option]:
    """Yield the ways to place a request that have a timetable, cheapest estimate first."""
    request, shift = wanted.request, wanted.shift
    moved, now = moved_requests(instance, routes, request), homes(instance, routes, request)
    left = without(instance, routes, moved)
    if instance.crew[request] > 1:
        yield from _with_crew(instance, routes, wanted, now) if now else _fresh_crew(instance, left, wanted)
    elif len(moved) == 1:
        yield from _alone(instance, left, wanted)
    elif instance.link_of[request].one_shift:
        for candidate in insertions(instance, left, moved, shifts=[shift], trials=_TRIALS):
            if _stands_at(instance, candidate.apply(left), wanted):
                yield Option(points=candidate.points, routes=candidate.apply(left))
    else:
        yield from _both_ways(instance, left, wanted, moved)


def _alone(instance: Instance, left: Routes, wanted: Wanted) -> Iterator[Option]:
    """Yield the places of one request on one shift."""
    request, shift = wanted.request, wanted.shift
    barred = barred_workers(instance, left, request)
    if instance.static_block(request, shift) is not None or instance.shifts[shift].shift.worker in barred:
        return
    nodes = instance.nodes_of_request[request]
    for placing in islice(sorted(placings(instance, shift, left[shift], request)), _TRIALS):
        if wanted.position is not None and placing.first != wanted.position:
            continue
        tried = placing.on(left[shift], nodes)
        if isinstance(walk(instance, shift, tried), Walk) and fits(instance, left, [(shift, tried)]):
            yield Option(points=placing.points, routes=(*left[:shift], tried, *left[shift + 1 :]))


def _with_crew(instance: Instance, routes: Routes, wanted: Wanted, team: tuple[int, ...]) -> Iterator[Option]:
    """Yield the places of one part of a crew visit whose other parts stay where they are."""
    (node,) = instance.nodes_of_request[wanted.request]
    leaving = _who_leaves(wanted, team)
    workers = {shift: instance.shifts[shift].shift.worker for shift in (*team, wanted.shift)}
    pinned = instance.pinned.get(wanted.request, frozenset())
    each = []
    for member in leaving:
        after = (set(team) - {member}) | {wanted.shift}
        if len({workers[s] for s in after}) == len(team) and (pinned <= after or after <= pinned):
            lighter = tuple(index for index in routes[member] if index != node)
            left = (*routes[:member], lighter, *routes[member + 1 :])
            each.append(_alone(instance, left, wanted))
    yield from merge(*each)


def _who_leaves(wanted: Wanted, team: tuple[int, ...]) -> tuple[int, ...]:
    if wanted.shift in team:
        return (wanted.shift,)
    if wanted.instead_of is None:
        return team
    return (wanted.instead_of,) if wanted.instead_of in team else ()


def _fresh_crew(instance: Instance, left: Routes, wanted: Wanted) -> Iterator[Option]:
    """Yield crews for a visit that nobody makes yet, one of them on the wanted shift."""
    found = candidates(instance, left, (wanted.request,), tuple(range(len(left))))
    joined = (c for c in found if wanted.shift in dict(c.changes))
    for candidate in islice(joined, _TRIALS):
        if _stands_at(instance, candidate.apply(left), wanted) and fits(instance, left, candidate.changes):
            yield Option(points=candidate.points, routes=candidate.apply(left))


def _both_ways(instance: Instance, left: Routes, wanted: Wanted, unit: tuple[int, ...]) -> Iterator[Option]:
    """Yield places of a ride on one shift with its other way wherever that is cheapest."""
    (other,) = (request for request in unit if request != wanted.request)
    found = []
    for leg in islice(_alone(instance, left, wanted), _LEGS):
        back = next(_anywhere(instance, leg.routes, other), None)
        if back is not None:
            found.append(Option(points=leg.points + back.points, routes=back.routes))
    yield from sorted(found)


def _anywhere(instance: Instance, routes: Routes, request: int) -> Iterator[Option]:
    each = (_alone(instance, routes, Wanted(request=request, shift=shift)) for shift in range(len(routes)))
    yield from merge(*each)


def _stands_at(instance: Instance, routes: Routes, wanted: Wanted) -> bool:
    first = instance.nodes_of_request[wanted.request][0]
    return wanted.position is None or routes[wanted.shift].index(first) == wanted.position
