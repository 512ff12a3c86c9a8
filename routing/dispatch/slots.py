"""When would it fit? The best times for a request that somebody asks for on the phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from routing.dispatch.desk import Desk
from routing.dispatch.fits import Continuity, Delay, continuity, delays
from routing.dispatch.judge import judge
from routing.dispatch.placing import Wanted, options
from routing.dispatch.price import Price
from routing.dispatch.timing import settle
from routing.dispatch.warnings import Warned
from routing.errors import UsageError
from routing.plan import Plan
from routing.problem import Place, Problem, Request, RideLink, Shipment, Visit

APART = 1800
"""Seconds between the beginnings of two slots of one carer: nearer ones are no choice."""

_PLACES = 5
"""How many places on each shift are timed and weighed, the cheapest by their driving."""

_PROBES = 6
"""How many times inside the windows are asked for where the places alone give too little choice."""


@dataclass(frozen=True, kw_only=True)
class Template:
    """What is asked for: one request, or an outbound ride and its return with the link between them.

    `places` are those that the day does not know yet; the matrix must know them.
    """

    requests: tuple[Request, ...]
    link: RideLink | None = None
    places: tuple[Place, ...] = ()

    def add_to(self, problem: Problem) -> Problem:
        """Return the problem with the template in it; ProblemError where its ids are taken or refer to nothing."""
        return replace(
            problem,
            places=(*problem.places, *self.places),
            visits=(*problem.visits, *(r for r in self.requests if isinstance(r, Visit))),
            shipments=(*problem.shipments, *(r for r in self.requests if isinstance(r, Shipment))),
            links=problem.links if self.link is None else (*problem.links, self.link),
        )


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One way to serve a request: on `shift` (of a crew, one of them) from `begin`, in seconds from local midnight.

    `plan` is the day with it in place; `delays` are the others it moves, `warnings` what they and the client will feel.
    """

    shift: str
    begin: int
    continuity: Continuity
    price: Price
    plan: Plan
    delays: tuple[Delay, ...] = ()
    warnings: tuple[Warned, ...] = ()


def slots(desk: Desk, plan: Plan, template: Template, count: int = 3) -> tuple[Slot, ...]:
    """Return up to `count` of the best times at which a new request fits the plan, the cheapest first.

    Each has been tried: timed exactly and judged by the check. Two differ in their carer, or begin at least `APART`
    seconds apart. UsageError for a template that asks for nothing.
    """
    if not template.requests:
        raise UsageError("the template asks for nothing; it needs one request, or a ride and its return")
    asking = Desk(problem=template.add_to(desk.problem), matrix=desk.matrix, told=desk.told)
    waiting = replace(plan, unassigned=(*plan.unassigned, *(request.id for request in template.requests)))
    return slots_of(asking, waiting, template.requests[0].id, count)


def slots_of(desk: Desk, plan: Plan, request: str, count: int = 3) -> tuple[Slot, ...]:
    """Return the same for a request that the day knows and the plan leaves out."""
    desk.request(request)
    if desk.begin_step(request) in plan.stops_by_step:
        raise UsageError(f"request {request!r} is planned already; take it off the plan first")
    found = _chosen(list(_placed(desk, desk, plan, request)), count)
    if len(found) < count:
        found = _chosen([*found, *_probed(desk, plan, request, found)], count)
    return tuple(found)


def _chosen(found: list[Slot], count: int) -> list[Slot]:
    """Return the cheapest slots that are a choice."""
    chosen: list[Slot] = []
    for slot in sorted(found, key=lambda slot: (slot.price.points, slot.begin, slot.shift)):
        if len(chosen) < count and all(_is_choice(slot, other) for other in chosen):
            chosen.append(slot)
    return chosen


def _is_choice(one: Slot, other: Slot) -> bool:
    return one.shift != other.shift or abs(one.begin - other.begin) >= APART


def _placed(desk: Desk, timed: Desk, plan: Plan, request: str, places: int = _PLACES) -> Iterator[Slot]:
    """Yield the slots at the cheapest places of each shift, under the windows of `timed`."""
    instance = timed.instance
    member, routes = timed.request(request), timed.routes(plan)
    free = tuple(n for r in timed.unit(request) for n in instance.nodes_of_request[timed.request(r)])
    for data in instance.shifts:
        for option in islice(options(instance, routes, Wanted(request=member, shift=data.index)), places):
            made = settle(timed, plan, option.routes, free=free)
            slot = None if made is None else _slot(desk, plan, made, request, data.shift.id)
            if slot is not None:
                yield slot


def _probed(desk: Desk, plan: Plan, request: str, found: list[Slot]) -> Iterator[Slot]:
    """Yield the slots at times inside the windows that are not near those found."""
    node = desk.instance.nodes[desk.instance.node_of_step[desk.begin_step(request)]]
    span = sum(high - low for low, high in node.windows)
    step = max(APART, span // _PROBES)
    times = [time for low, high in node.windows for time in range(-(-low // 300) * 300, high + 1, step)]
    for time in times:
        if all(abs(time - slot.begin) >= APART for slot in found):
            yield from _placed(desk, desk.beginning_at(request, time), plan, request, places=1)


def _slot(desk: Desk, plan: Plan, made: Plan, request: str, shift: str) -> Slot | None:
    unit = frozenset(desk.unit(request))
    moved = judge(desk, plan, made, unit)
    if moved.plan is None or moved.price is None:
        return None
    worker = desk.problem.shift_by_id[shift].worker
    return Slot(
        shift=shift,
        begin=made.stops_by_step[desk.begin_step(request)][0][1].start,
        continuity=continuity(desk.problem.request_by_id[request], worker),
        price=moved.price,
        plan=made,
        delays=delays(desk, plan, made, unit),
        warnings=moved.warnings,
    )
