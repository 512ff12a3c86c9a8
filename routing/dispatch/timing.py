"""Give times to routes that were changed by hand; everybody else keeps what is printed.

Only the routes that lost or got stops are timed anew, beside the printed times of all others; where that fails those
that depend on them directly make way, then all that depend on them at all. On a route that is timed anew the stops stay
near the times they had: moving one costs as much as breaking a promise, so a visit is delayed where it must be, and
comes back to its time where it may.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from routing.dispatch.desk import Desk
from routing.plan import Plan, Route, StopKind
from routing.solver.earliest import dependent, neighbours
from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.timing_blocks import time_block
from routing.solver.timing_model import Wishes
from routing.solver.walk import Walk, walk

_WORK = 0.03
"""Deterministic seconds of CP-SAT for one group of routes; one that depends on no other takes thousandths."""

_KEPT = 20_000
"""How many timed routes a desk remembers."""


def settle(
    desk: Desk, plan: Plan, routes: Routes, *, free: Collection[int] = (), wishes: Wishes | None = None
) -> Plan | None:
    """Return `plan` with other sequences and the times these take, or None where they have none.

    The nodes in `free` are timed as is best; all others stay near their times, or near what `wishes` say.
    """
    printed, changed = desk.printed(plan), changed_routes(desk, plan, routes, free)
    wishes = wishes or wishes_of(desk, plan, free)
    timed = retime(desk, printed, routes, changed | _away(desk, plan, routes, changed, wishes), wishes)
    return None if timed is None else plan_of(desk, routes, timed)


def _away(desk: Desk, plan: Plan, routes: Routes, changed: set[int], wishes: Wishes) -> set[int]:
    """Return the other routes that depend on changed ones and are away from their wishes: they may come back now."""
    instance, found = desk.instance, set[int]()
    for shift, route in desk.printed(plan).items():
        begins = ((instance.node_of_step.get(stop.step, -1), stop.start) for stop in route.stops if stop.step)
        if routes[shift] and shift not in changed and any(wishes.starts.get(n, begin) != begin for n, begin in begins):
            found.add(shift)
    if not found:
        return found
    return found & (dependent(instance, desk.routes(plan), changed) | dependent(instance, routes, changed))


def plan_of(desk: Desk, routes: Routes, printed: Mapping[int, Route]) -> Plan:
    """Return a plan of printed routes; what no sequence serves is left out."""
    instance = desk.instance
    served = {instance.nodes[index].request for sequence in routes for index in sequence}
    return Plan(
        routes=tuple(printed[shift] for shift, sequence in enumerate(routes) if sequence),
        unassigned=tuple(request.id for i, request in enumerate(instance.requests) if i not in served),
    )


def changed_routes(desk: Desk, plan: Plan, routes: Routes, free: Collection[int] = ()) -> set[int]:
    """Return the used shifts whose printed route is not theirs any more, or has a stop to be timed anew."""
    before, printed, open_nodes = desk.routes(plan), desk.printed(plan), set(free)
    return {
        shift
        for shift, sequence in enumerate(routes)
        if sequence
        and (
            sequence != before[shift]
            or not open_nodes.isdisjoint(sequence)
            or sum(stop.step is not None for stop in printed[shift].stops) != len(sequence)
        )
    }


def wishes_of(desk: Desk, plan: Plan, free: Collection[int] = ()) -> Wishes:
    """Return the times that people were told, else those of the plan, of all stops but those in `free`."""
    instance, weigh = desk.instance, desk.problem.objective
    starts: dict[int, int] = {}
    for told in (plan, desk.told or plan):
        for step, served in told.stops_by_step.items():
            node = instance.node_of_step.get(step, -1)
            if node >= 0 and (node not in starts or _hands(served) == _hands(plan.stops_by_step.get(step, ()))):
                starts[node] = served[0][1].start
    pauses = {
        shift: tuple(stop.start for stop in route.stops if stop.kind is StopKind.BREAK)
        for shift, route in desk.printed(plan).items()
    }
    return Wishes(
        starts={node: start for node, start in starts.items() if node not in free},
        pauses=pauses,
        per_minute=max(1, weigh.changed_minute, 3 * weigh.paid_minute),
    )


def upset(desk: Desk, made: Plan, wishes: Wishes) -> int:
    """Return the points that `made` takes people away from the times they wish, as the timing weighs them."""
    served = made.stops_by_step
    steps = ((desk.instance.nodes[node].step, wish) for node, wish in wishes.starts.items())
    away = sum(abs(served[step][0][1].start - wish) for step, wish in steps if step in served)
    return round(wishes.per_minute * away / 60)


def _hands(served: tuple[tuple[str, object], ...]) -> set[str]:
    return {shift for shift, _ in served}


def retime(
    desk: Desk, printed: Mapping[int, Route], routes: Routes, changed: Collection[int], wishes: Wishes
) -> Mapping[int, Route] | None:
    """Return the printed routes of all used shifts, those in `changed` timed anew, or None where they have no times."""
    instance = desk.instance
    if not all(isinstance(walk(instance, shift, routes[shift]), Walk) for shift in changed):
        return None
    near = neighbours(instance, routes)
    current = {s: route for s, route in printed.items() if routes[s] and s not in changed}
    for part in _parts(near, changed):
        alone = len(part) == 1 and not near.get(part[0])
        if alone:
            timed = _alone(desk, routes, part[0], wishes)
        else:
            timed = _part(instance, current, printed, routes, part, near, wishes)
        if timed is None:
            return None
        current.update(timed)
    return current


def _alone(desk: Desk, routes: Routes, shift: int, wishes: Wishes) -> Mapping[int, Route] | None:
    """Return a route that depends on no other, timed now or as it was timed before."""
    pauses = wishes.pauses.get(shift, ())
    key = (shift, routes[shift], tuple(wishes.starts.get(node) for node in routes[shift]), pauses, wishes.per_minute)
    if key not in desk.timed:
        if len(desk.timed) >= _KEPT:
            desk.timed.clear()
        timed = time_block(desk.instance, routes, [shift], {}, _WORK, wishes=wishes)
        desk.timed[key] = None if timed is None else timed.routes[shift]
    found = desk.timed[key]
    return None if found is None else {shift: found}


def _part(
    instance: Instance,
    current: Mapping[int, Route],
    before: Mapping[int, Route],
    routes: Routes,
    part: list[int],
    near: Mapping[int, set[int]],
    wishes: Wishes,
) -> Mapping[int, Route] | None:
    for block in _blocks(instance, routes, part, near, before):
        missing = [s for s in block if s not in current and not isinstance(walk(instance, s, routes[s]), Walk)]
        around = {s: route for s, route in before.items() if s in block and routes[s]} | dict(current)
        timed = None if missing else time_block(instance, routes, block, around, _WORK, wishes=wishes)
        if timed is not None:
            return timed.routes
    return None


def _blocks(
    instance: Instance, routes: Routes, part: list[int], near: Mapping[int, set[int]], before: Mapping[int, Route]
) -> Iterator[list[int]]:
    """Yield the routes to time together: as few as may do, then more; a shift not used before with who shares with it.

    Which of two shifts that share a worker comes first is free only where both are timed.
    """
    partners = {b if a in part else a for a, b in instance.shared if (a in part) != (b in part)}
    fresh = partners if any(shift not in before for shift in part) else set()
    few = set(part) | {shift for shift in fresh if routes[shift]}
    more = few.union(*(near.get(shift, set()) for shift in part))
    tried: list[set[int]] = []
    for block in (few, more, set(dependent(instance, routes, part))):
        if block not in tried:
            tried.append(block)
            yield sorted(block)


def _parts(near: Mapping[int, set[int]], changed: Collection[int]) -> Iterator[list[int]]:
    """Yield the changed routes in parts that do not touch each other."""
    left = set(changed)
    while left:
        part, fresh = set[int](), {min(left)}
        while fresh:
            part |= fresh
            fresh = {other for shift in fresh for other in near.get(shift, set()) & left} - part
        left -= part
        yield sorted(part)
