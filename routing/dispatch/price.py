"""What a change of a plan takes: seconds, metres and points, instead of the whole plan's figures."""

from __future__ import annotations

from dataclasses import dataclass

from routing.cost import Cost, lateness
from routing.dispatch.desk import Desk
from routing.plan import Plan
from routing.review.difference import Difference, differences


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The sums of a plan: seconds of driving, metres, seconds of lateness, of overtime and paid, and its cost."""

    travel: int
    metres: int
    lateness: int
    overtime: int
    paid: int
    cost: Cost


@dataclass(frozen=True, kw_only=True)
class Price:
    """What one plan has more than another, negative for less: points, seconds and metres.

    `differences` are the components of the cost that differ, the weightiest first.
    """

    points: int
    travel: int
    metres: int
    lateness: int
    overtime: int
    paid: int
    differences: tuple[Difference, ...] = ()


def figures(desk: Desk, plan: Plan) -> Figures:
    """Return the sums of a plan that a price is made of."""
    shifts = desk.problem.shift_by_id
    late = (lateness(desk.problem, step, served[0][1].start) for step, served in plan.stops_by_step.items())
    return Figures(
        travel=sum(stop.travel for route in plan.routes for stop in route.stops),
        metres=plan.metres,
        lateness=sum(late),
        overtime=sum(max(0, route.stops[-1].arrival - shifts[route.shift].latest) for route in plan.routes),
        paid=sum(route.work for route in plan.routes),
        cost=desk.cost(plan),
    )


def price(desk: Desk, before: Figures, after: Figures) -> Price:
    """Return what `after` has more than `before`."""
    return Price(
        points=after.cost.total - before.cost.total,
        travel=after.travel - before.travel,
        metres=after.metres - before.metres,
        lateness=after.lateness - before.lateness,
        overtime=after.overtime - before.overtime,
        paid=after.paid - before.paid,
        differences=differences(desk.problem.objective, before.cost, after.cost),
    )
