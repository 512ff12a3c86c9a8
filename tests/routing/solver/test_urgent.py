"""An urgent request finds its cheapest place, and nobody else is moved to another shift or out of order."""

from dataclasses import replace

import pytest

from routing.cost import cost
from routing.errors import UsageError
from routing.plan import Plan
from routing.review.check import check
from routing.solver.budget import Budget
from routing.solver.insertion import unit_of
from routing.solver.instance import Instance
from routing.solver.solve import solve
from routing.solver.urgent import insert
from tests.days import random_day
from tests.routing.review.tiny import MATRIX, day, visit

QUICK = Budget(seconds=20, iterations=3)


def order(plan: Plan, gone: set[str]) -> dict[str, list[object]]:
    """Return the steps of each shift in order, without some requests."""
    found = {route.shift: [s.step for s in route.stops if s.step and s.request not in gone] for route in plan.routes}
    return {shift: steps for shift, steps in found.items() if steps}


@pytest.mark.parametrize("seed", range(6))
def test_everybody_else_stays(seed: int):
    """The plan is sound, serves the newcomer where it can, and keeps everybody else's shift and order."""
    problem, matrix = random_day(seed, 20)
    plan = solve(problem, matrix, budget=QUICK).plan
    instance = Instance(problem, matrix)
    served = [r for r in problem.requests if r.id not in plan.unassigned]
    for asked in served[:4]:
        unit = {instance.requests[r].id for r in unit_of(instance, instance.request_index[asked.id])}
        found = insert(problem, matrix, plan, asked.id)
        assert found is not None  # at worst where it was
        assert check(problem, matrix, found) == ()
        assert order(found, unit) == order(plan, unit)
        assert cost(problem, matrix, found).unassigned == cost(problem, matrix, plan).unassigned


def test_other_routes_keep_their_times():
    """Only the route that is joined is printed anew."""
    problem = day(visits=(visit("x", "a"), visit("y", "b")))
    plan = solve(problem, MATRIX, budget=QUICK).plan
    larger = replace(problem, visits=(*problem.visits, visit("z", "a")))

    found = insert(larger, MATRIX, plan, "z")

    assert found is not None
    assert check(larger, MATRIX, found) == ()
    joined = {route.shift for route in found.routes if any(stop.request == "z" for stop in route.stops)}
    before = {route.shift: route for route in plan.routes}
    assert all(route == before[route.shift] for route in found.routes if route.shift not in joined)
    assert found.unassigned == ()


def test_a_request_that_fits_nowhere():
    """No place is no plan."""
    problem = day(visits=(visit("x", "a"), visit("y", "nowhere")))
    plan = solve(problem, MATRIX, budget=QUICK).plan

    assert insert(problem, MATRIX, plan, "y") is None


def test_a_cancelled_request_leaves_the_plan():
    """What the day no longer asks for is not driven to when somebody else is put in."""
    problem = day(visits=(visit("x", "a"), visit("y", "b")))
    plan = solve(problem, MATRIX, budget=QUICK).plan
    other = replace(problem, visits=(visit("x", "a"), visit("z", "b")))

    found = insert(other, MATRIX, plan, "z")

    assert found is not None
    assert check(other, MATRIX, found) == ()


def test_an_unknown_request_is_refused():
    """The message names what there is."""
    with pytest.raises(UsageError, match="x"):
        insert(day(visits=(visit("x", "a"),)), MATRIX, Plan(routes=(), unassigned=("x",)), "gone")
