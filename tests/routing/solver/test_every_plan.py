"""Tiny days with goods, pairs in two hands and lateness to share out: every engine finds the best of all plans."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from random import Random

import pytest

from routing.cost import cost
from routing.plan import Plan
from routing.problem import Gap, Objective, Problem, TimeWindow
from routing.review.check import check
from routing.review.codes import ViolationCode
from routing.solver.budget import Budget
from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.solve import ENGINES, solve
from routing.solver.soundness import holds
from routing.solver.timetable import timetable
from tests.routing.review.tiny import ANU, CAR, HOUR, MARI, MATRIX, MINUTE, day, visit

PLACES = ("a", "b", "c", "clinic")


def tiny(seed: int) -> Problem:
    """Return a day of four visits for two carers whose cars take few boxes."""
    chance = Random(seed)  # noqa: S311 - reproducible, not secret
    visits = []
    for name in "uvxy":
        opens = 8 * HOUR + chance.randint(0, 6) * 20 * MINUTE
        window = TimeWindow(earliest=opens, latest=opens + chance.choice((0, 15, 60)) * MINUTE)
        room = chance.randint(0, 3)
        visits.append(visit(name, chance.choice(PLACES), windows=(window,), max_lateness=3 * HOUR, goods=room))
    return day(
        vehicles=(replace(CAR, goods=chance.choice((3, 5))), replace(CAR, id="car-2", goods=4)),
        shifts=(ANU, MARI),
        visits=tuple(visits),
        gaps=(Gap(first="u", second="v", maximum=2 * HOUR, two_carers=chance.random() < 0.7),),
        objective=Objective(greatest_late_minute=1500),
    )


def without_asking(problem: Problem) -> Problem:
    """Return the day with any number of boxes in a car and pairs in whoever's hands."""
    return replace(
        problem,
        vehicles=tuple(replace(vehicle, goods=None) for vehicle in problem.vehicles),
        gaps=tuple(replace(gap, two_carers=False) for gap in problem.gaps),
    )


def all_routes(instance: Instance) -> Iterator[Routes]:
    """Yield every way of giving visits to the two carers in every order, those who serve most first."""
    nodes = range(len(instance.nodes))
    for served in reversed(range(len(nodes) + 1)):
        for order in permutations(nodes, served):
            yield from ((order[:cut], order[cut:]) for cut in range(served + 1))


def best_of_all(problem: Problem) -> Plan:
    """Return the cheapest plan that the checker passes; leaving out one more visit is dearer than all else."""
    instance = Instance(problem, MATRIX)
    found: list[Plan] = []
    for routes in all_routes(instance):
        if found and sum(map(len, routes)) < len(problem.visits) - len(found[0].unassigned):
            break
        plan = timetable(instance, routes) if holds(instance, routes) else None
        if plan is not None:
            assert check(problem, MATRIX, plan) == ()
            found.append(plan)
    return min(found, key=lambda plan: cost(problem, MATRIX, plan).total)


@pytest.mark.parametrize("seed", range(8))
def test_no_engine_misses_the_best_plan(seed: int):
    """With a few rounds every engine's plan costs what the best of all plans costs."""
    problem = tiny(seed)
    best = cost(problem, MATRIX, best_of_all(problem))

    for engine in ENGINES:
        found = solve(problem, MATRIX, engine=engine, seed=seed, budget=Budget(seconds=20, iterations=10))
        assert check(problem, MATRIX, found.plan) == ()
        assert found.cost == best, engine


@pytest.mark.parametrize("seed", range(8))
def test_solver_and_checker_refuse_the_same(seed: int):
    """Routes that have times are refused for goods or carers exactly where the checker finds fault with them."""
    problem = tiny(seed)
    known, free = Instance(problem, MATRIX), Instance(without_asking(problem), MATRIX)
    codes = set()

    for routes in all_routes(known):
        plan = timetable(free, routes) if holds(free, routes) else None
        if plan is not None:
            broken = check(problem, MATRIX, plan)
            assert holds(known, routes) == (not broken)
            codes |= {violation.code for violation in broken}

    assert codes <= {ViolationCode.TOO_MANY_GOODS, ViolationCode.SAME_CARER}


def test_the_days_ask_for_what_they_are_about():
    """In some of the days goods keep a visit out or apart, one carer may not do a pair, and lateness is weighed."""
    days = [tiny(seed) for seed in range(8)]
    bare = [without_asking(problem) for problem in days]
    costs = [cost(problem, MATRIX, best_of_all(problem)) for problem in days]

    assert sum(best != cost(p, MATRIX, best_of_all(p)) for best, p in zip(costs, bare, strict=True)) >= 3
    assert sum(best.greatest_late > 0 for best in costs) >= 3
