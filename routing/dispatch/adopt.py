"""Take a plan over into a day that has changed since: a carer is ill, a visit cancelled, another one longer."""

from __future__ import annotations

from routing.dispatch.desk import Desk
from routing.dispatch.forced import forced
from routing.dispatch.placing import homes
from routing.dispatch.timing import settle, wishes_of
from routing.plan import Plan
from routing.review.check import check
from routing.solver.elements import Routes
from routing.solver.insertion import unit_of, without


def adopt(desk: Desk, plan: Plan) -> Plan:
    """Return what the day can keep of a plan made for the same day as it was, near its times.

    Rounds of shifts that are gone and stops of requests that are gone are left out, and with them what cannot be served
    in part: a crew without one of its carers, a ride without its return. What is new is unassigned. Rounds that break a
    rule now are timed anew; what no times can mend stays, and the check names it. Everything else in this package
    expects a plan of the day as it is.
    """
    routes = _whole(desk, desk.routes(plan))
    made = settle(desk, plan, routes) or forced(desk, plan, routes)
    broken = {violation.shift for violation in check(desk.problem, desk.matrix, made)}
    if not broken:
        return made
    nodes = [node for shift in broken if shift in desk.instance.shift_index for node in routes[desk.shift(shift)]]
    return settle(desk, made, routes, free=nodes, wishes=wishes_of(desk, made)) or made


def _whole(desk: Desk, routes: Routes) -> Routes:
    """Return the routes without what they serve only in part."""
    instance = desk.instance
    served = {instance.nodes[index].request for sequence in routes for index in sequence}
    halves: set[int] = set()
    for request in served:
        nodes = instance.nodes_of_request[request]
        crew = homes(instance, routes, request)
        ends = all(any(node in sequence for sequence in routes) for node in nodes)
        if len(crew) != instance.crew[request] or not ends:
            halves |= set(unit_of(instance, request))
        elif not served.issuperset(unit_of(instance, request)):
            halves.add(request)
    return without(instance, routes, halves)
