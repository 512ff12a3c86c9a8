"""Where a request would fit, shift by shift: what each would take, or the first rule that is in the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from routing.dispatch.desk import Desk
from routing.dispatch.placing import Wanted, best, homes, moved_requests
from routing.dispatch.price import Figures, Price, figures, price
from routing.plan import Plan
from routing.problem import Request
from routing.review.reasons import Block, Blocked, reason
from routing.solver.elements import Routes
from routing.solver.insertion import unit_of, without


class Continuity(StrEnum):
    """How well a worker is known to a client: asked for, one of her regular ones, new, or nobody is named."""

    PREFERRED = "preferred"
    REGULAR = "regular"
    NEW = "new"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True)
class Delay:
    """Another request that would begin at another time: `seconds` later, negative for earlier."""

    request: str
    seconds: int


@dataclass(frozen=True, kw_only=True)
class Fit:
    """The best place of a request on one shift.

    Either `price`, `begin` (seconds from local midnight) and what else moves are given, or `blocked` says why not.
    `here` tells that the shift serves the request already.
    """

    shift: str
    continuity: Continuity
    here: bool = False
    price: Price | None = None
    begin: int | None = None
    delays: tuple[Delay, ...] = ()
    blocked: Blocked | None = None


def fits(desk: Desk, plan: Plan, request: str, *, instead_of: str | None = None) -> tuple[Fit, ...]:
    """Return the best place of `request` on every shift, the cheapest first, then the shifts that are barred.

    The request is taken from where it is; a ride whose return must be on the same shift takes it along, any other
    linked ride leaves it where it is. Of a crew one hands over, `instead_of` if named. Prices are those that `move`
    then asks. UsageError for a request or shift the day does not know.
    """
    member = desk.request(request)
    leaver = None if instead_of is None else desk.shift(instead_of)
    now = figures(desk, plan)
    routes = desk.routes(plan)
    here = homes(desk.instance, routes, member)
    found = []
    for data in desk.instance.shifts:
        made = best(desk, plan, Wanted(request=member, shift=data.index, instead_of=leaver))
        fit = _barred(desk, routes, member, data.index) if made is None else _fit(desk, plan, now, made, member)
        worker = continuity(desk.instance.requests[member], data.shift.worker)
        found.append(_for_shift(fit, data.shift.id, worker, here=data.index in here))
    return tuple(sorted(found, key=_rank))


def continuity(request: Request, worker: str) -> Continuity:
    """Return how well a worker is known to the client of a request."""
    if worker in request.preferred:
        return Continuity.PREFERRED
    if worker in request.regular:
        return Continuity.REGULAR
    return Continuity.NEW if request.regular else Continuity.OPEN


def delays(desk: Desk, before: Plan, after: Plan, moved: frozenset[str]) -> tuple[Delay, ...]:
    """Return which other requests, served in both plans, begin at another time, the most delayed first."""
    found = []
    for request in desk.problem.requests:
        step = desk.begin_step(request.id)
        one, other = before.stops_by_step.get(step), after.stops_by_step.get(step)
        if request.id not in moved and one and other and one[0][1].start != other[0][1].start:
            found.append(Delay(request=request.id, seconds=other[0][1].start - one[0][1].start))
    return tuple(sorted(found, key=lambda delay: (-delay.seconds, delay.request)))


def _fit(desk: Desk, plan: Plan, now: Figures, made: Plan, member: int) -> Fit:
    instance = desk.instance
    name = instance.requests[member].id
    moved = frozenset(instance.requests[r].id for r in moved_requests(instance, desk.routes(plan), member))
    return Fit(
        shift="",
        continuity=Continuity.OPEN,
        price=price(desk, now, figures(desk, made)),
        begin=made.stops_by_step[desk.begin_step(name)][0][1].start,
        delays=delays(desk, plan, made, moved),
    )


def _for_shift(fit: Fit, shift: str, worker: Continuity, *, here: bool) -> Fit:
    return Fit(
        shift=shift,
        continuity=worker,
        here=here,
        price=fit.price,
        begin=fit.begin,
        delays=fit.delays,
        blocked=fit.blocked,
    )


def _barred(desk: Desk, routes: Routes, member: int, shift: int) -> Fit:
    instance = desk.instance
    blocked = reason(instance, without(instance, routes, unit_of(instance, member)), unit_of(instance, member), shift)
    if instance.crew[member] > 1 and blocked.block is Block.BUSY and not homes(instance, routes, member):
        blocked = Blocked(shift=blocked.shift, block=Block.CREW)
    return Fit(shift=blocked.shift, continuity=Continuity.OPEN, blocked=blocked)


def _rank(fit: Fit) -> tuple[bool, int, str]:
    return (fit.price is None, fit.price.points if fit.price else 0, fit.shift)
