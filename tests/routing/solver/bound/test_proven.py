"""A plan with its bound: never above the cost, never a dearer plan, and the same plan where rounds are counted."""

from math import inf

from routing.cost import Cost, cost
from routing.review.check import check
from routing.solver.bound.lower_bound import lower_bound
from routing.solver.budget import Budget
from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.kernel.warm import warm
from routing.solver.proven import excess, solve_and_prove
from routing.solver.repair import repair
from routing.solver.solve import solve
from routing.solver.timetable import timetable
from tests.days import random_day
from tests.routing.review.tiny import MATRIX, day, visit


def test_the_bound_is_below_the_cost():
    """A day of every feature gets a sound plan and a bound that is not above its cost."""
    warm()
    problem, matrix = random_day(3, 12)

    found = solve_and_prove(problem, matrix, budget=Budget(seconds=4))

    assert check(problem, matrix, found.plan) == ()
    assert found.bound is not None
    assert found.bound <= found.cost.total


def test_counted_rounds_give_the_same_plan():
    """Looking for a bound changes nothing about a plan that is to be the same each time."""
    warm()
    problem, matrix = random_day(5, 12)
    budget = Budget(seconds=10, iterations=4)

    assert solve_and_prove(problem, matrix, budget=budget).plan == solve(problem, matrix, budget=budget).plan


def test_routes_met_on_the_way_make_a_plan():
    """What the linear programme settles on, repaired and timed, is as good as what the search finds."""
    problem = day(visits=(visit("x", "a"), visit("y", "c"), visit("z", "b", crew=2)))
    known, met = Instance(problem, MATRIX), list[Routes]()

    def note(routes: Routes) -> float:
        met.append(routes)
        return inf

    lower_bound(known, seconds=5, weigh=note)
    plan = timetable(known, repair(known, met[0]))

    assert plan is not None
    assert check(problem, MATRIX, plan) == ()
    best = solve(problem, MATRIX, budget=Budget(seconds=5, iterations=5))
    assert cost(problem, MATRIX, plan).total == best.cost.total


def test_whoever_stops_gets_the_plan_at_once():
    """After a wish to stop nobody waits for a bound."""
    found = solve_and_prove(day(visits=(visit("x", "a"),)), MATRIX, budget=Budget(seconds=5), stop=lambda: True)

    assert found.bound is None


def test_what_is_left_out_makes_no_plan_look_good():
    """The points of requests left out count on neither side, and a bound below them says nothing."""
    assert excess(Cost(distance=110), 100) == 0.1
    assert excess(Cost(unassigned=1000, distance=110), 1100) == 0.1
    assert excess(Cost(unassigned=1000, distance=110), 900) is None
