"""Move work by hand: to another shift, place or time, off the plan, or in exchange for something else."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from routing.dispatch.desk import Desk
from routing.dispatch.forced import forced
from routing.dispatch.judge import Moved, judge
from routing.dispatch.placing import Wanted, best, homes, moved_nodes, moved_requests
from routing.dispatch.timing import settle
from routing.errors import UsageError
from routing.plan import Plan
from routing.problem import Step
from routing.solver.elements import Routes
from routing.solver.insertion import without


def move(
    desk: Desk,
    plan: Plan,
    request: str,
    shift: str,
    *,
    position: int | None = None,
    begin: int | None = None,
    instead_of: str | None = None,
) -> Moved:
    """Return what putting `request` on `shift` comes to: at its best place, as stop `position`, or to begin at `begin`.

    `position` counts the stops of the shift's requests from 0, without the request itself; `begin` is in seconds from
    local midnight. Everybody else keeps shift and order, and times where they can. A ride takes a linked one along
    where one shift must make both, or where neither was planned. Of a crew, `instead_of` (or whoever is cheapest) hands
    over. UsageError for an unknown request or shift, or a position that the route has not.
    """
    desk.request(request)
    wanted = Wanted(
        request=desk.request(request),
        shift=desk.shift(shift),
        position=position,
        instead_of=None if instead_of is None else desk.shift(instead_of),
    )
    _check_position(desk, plan, wanted)
    timed = desk if begin is None else desk.beginning_at(request, begin)
    made = best(timed, plan, wanted)
    if made is None:
        exact = () if begin is None else desk.instance.nodes_of_request[wanted.request][:1]
        free = moved_nodes(timed, plan, wanted)
        made = forced(timed, plan, _somewhere(timed, plan, wanted), free=free, exact=exact)
    moved = moved_requests(desk.instance, desk.routes(plan), wanted.request)
    return judge(desk, plan, made, frozenset(desk.instance.requests[member].id for member in moved))


def unassign(desk: Desk, plan: Plan, request: str) -> Moved:
    """Return what taking a request off the plan comes to, and the ride linked to it."""
    unit = desk.unit(request)
    left = without(desk.instance, desk.routes(plan), [desk.request(member) for member in unit])
    return judge(desk, plan, _timed(desk, plan, left), frozenset(unit))


def shift_time(desk: Desk, plan: Plan, request: str, begin: int) -> Moved:
    """Return what beginning a planned request at `begin`, in seconds from local midnight, on its own shift comes to.

    It keeps its place among the others where that time allows, else it goes where that time puts it. UsageError where
    the request is not planned.
    """
    routes = desk.routes(plan)
    now = homes(desk.instance, routes, desk.request(request))
    if not now:
        raise UsageError(f"request {request!r} is not planned, so it has no time to change; move it to a shift first")
    timed = desk.beginning_at(request, begin)
    free = desk.instance.nodes_of_request[desk.request(request)]
    kept, about = settle(timed, plan, routes, free=free), frozenset({request})
    if kept is None and len(now) == 1:
        return move(desk, plan, request, desk.instance.shifts[now[0]].shift.id, begin=begin)
    made = forced(timed, plan, routes, free=free, exact=free[:1]) if kept is None else kept
    return judge(desk, plan, made, about)


def reorder(desk: Desk, plan: Plan, shift: str, steps: Sequence[Step]) -> Moved:
    """Return what serving the stops of a shift in another order comes to.

    UsageError where `steps` are not exactly those that the shift serves.
    """
    instance, routes, place = desk.instance, desk.routes(plan), desk.shift(shift)
    order = tuple(instance.node_of_step.get(step, -1) for step in steps)
    if sorted(order) != sorted(routes[place]):
        raise UsageError(f"the order names other stops than the {len(routes[place])} that shift {shift!r} serves")
    changed = (*routes[:place], order, *routes[place + 1 :])
    moved = _out_of_line(routes[place], order)
    return judge(
        desk,
        plan,
        _timed(desk, plan, changed, free=moved),
        frozenset(instance.nodes[node].step.request for node in moved),
    )


def swap(desk: Desk, plan: Plan, one: str, other: str) -> Moved:
    """Return what exchanging the shifts of two planned requests comes to, each at its best place.

    UsageError unless both are planned on one shift each, not the same.
    """
    instance, routes = desk.instance, desk.routes(plan)
    first, second = desk.request(one), desk.request(other)
    here, there = homes(instance, routes, first), homes(instance, routes, second)
    if len(here) != 1 or len(there) != 1 or here == there:
        raise UsageError(f"requests {one!r} and {other!r} must each be planned on one shift, not the same")
    units = {*moved_requests(instance, routes, first), *moved_requests(instance, routes, second)}
    bare = _timed(desk, plan, without(instance, routes, units))
    halfway = best(desk, bare, Wanted(request=first, shift=there[0]))
    made = None if halfway is None else best(desk, halfway, Wanted(request=second, shift=here[0]))
    if made is None:
        gone = without(instance, routes, units)
        for request, shift in ((first, there[0]), (second, here[0])):
            gone = _put(desk, plan, gone, Wanted(request=request, shift=shift))
        made = forced(desk, plan, gone, free=[n for r in units for n in instance.nodes_of_request[r]])
    return judge(desk, plan, made, frozenset(instance.requests[member].id for member in units))


def _timed(desk: Desk, plan: Plan, routes: Routes, *, free: Collection[int] = ()) -> Plan:
    made = settle(desk, plan, routes, free=free)
    return forced(desk, plan, routes, free=free) if made is None else made


def _out_of_line(before: tuple[int, ...], after: tuple[int, ...]) -> frozenset[int]:
    """Return the fewest stops that leave the others in the order they were in: all outside a longest common row."""
    rank = {node: position for position, node in enumerate(before)}
    rows: list[tuple[int, ...]] = []
    for node in after:
        fitting = [row for row in rows if rank[row[-1]] < rank[node]]
        rows.append((*_longest(fitting), node))
    return frozenset(after) - frozenset(_longest(rows))


def _longest(rows: list[tuple[int, ...]]) -> tuple[int, ...]:
    return max(rows, key=len) if rows else ()


def _check_position(desk: Desk, plan: Plan, wanted: Wanted) -> None:
    routes = desk.routes(plan)
    left = without(desk.instance, routes, moved_requests(desk.instance, routes, wanted.request))[wanted.shift]
    if wanted.position is not None and not 0 <= wanted.position <= len(left):
        raise UsageError(f"position {wanted.position} is not on this route; it has positions 0 to {len(left)}")


def _somewhere(desk: Desk, plan: Plan, wanted: Wanted) -> Routes:
    """Return the routes with a request where it was asked for, or about where its time would have it."""
    instance, routes = desk.instance, desk.routes(plan)
    moved, team = moved_requests(instance, routes, wanted.request), homes(instance, routes, wanted.request)
    left = without(instance, routes, moved)
    if len(team) > 1:
        leaver = wanted.shift if wanted.shift in team else wanted.instead_of if wanted.instead_of in team else team[0]
        (node,) = instance.nodes_of_request[wanted.request]
        left = tuple(left[s] if s in (leaver, wanted.shift) else routes[s] for s in range(len(routes)))
        left = tuple(routes[s] if s in team and s != leaver else left[s] for s in range(len(routes)))
        if node in left[wanted.shift]:
            return left
    for member in moved:
        place = wanted.position if member == wanted.request else None
        left = _put(desk, plan, left, Wanted(request=member, shift=wanted.shift, position=place))
    return left


def _put(desk: Desk, plan: Plan, routes: Routes, wanted: Wanted) -> Routes:
    """Return the routes with a request on a shift, its stops together, where its time comes among the others'."""
    instance = desk.instance
    nodes, sequence = instance.nodes_of_request[wanted.request], routes[wanted.shift]
    starts = {desk.instance.node_of_step.get(s, -1): served[0][1].start for s, served in plan.stops_by_step.items()}
    first = instance.nodes[nodes[0]]
    due = first.domain[0][0]
    if first.step not in desk.problem.time_lock_by_step:
        due = starts.get(first.index, due)
    place = wanted.position
    if place is None:
        place = sum(starts.get(node, due) < due for node in sequence)
    return (*routes[: wanted.shift], (*sequence[:place], *nodes, *sequence[place:]), *routes[wanted.shift + 1 :])
