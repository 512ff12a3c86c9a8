"""A bound lies below every plan, and on days it knows all about, just there."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.convert.problem import POINTS, Translation
from benchmarks.families import FAMILIES
from routing.matrix import Matrix
from routing.problem import Problem, Promise
from routing.review.check import check
from routing.solver.bound.lower_bound import MOST_REQUESTS, is_provable, lower_bound
from routing.solver.budget import Budget
from routing.solver.instance import Instance
from routing.solver.kernel.warm import warm
from routing.solver.solve import solve
from tests.days import random_day
from tests.routing.review.tiny import ALL_DAY, ANU, HOUR, MATRIX, MINUTE, day, ride, visit
from tests.routing.solver.bound.every_plan import cheapest
from tests.routing.solver.families import RULES, Family
from tests.strategies import days


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    """Compile first: `make` has done it already."""
    warm()


def bound_of(problem: Problem, matrix: Matrix = MATRIX, seconds: float = 5) -> int:
    """Return the bound of a day, found without a plan: nothing then keeps it from being too high."""
    found = lower_bound(Instance(problem, matrix), seconds=seconds)
    assert found is not None
    return found.points


@pytest.mark.parametrize("seed", range(10))
def test_no_plan_of_a_tiny_day_is_cheaper(seed: int):
    """Against the cheapest of all plans, on days that use every feature."""
    problem, matrix = random_day(seed, 3, island=seed % 3 == 0)

    assert bound_of(problem, matrix) <= cheapest(Instance(problem, matrix))


@settings(
    deadline=None, max_examples=250, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
)
@given(days((1, 14)))
def test_no_plan_of_a_random_day_is_cheaper(day: tuple[Problem, Matrix]):
    """Against what the solver finds, on days that use every feature."""
    problem, matrix = day
    found = solve(problem, matrix, budget=Budget(seconds=10, iterations=2))

    assert check(problem, matrix, found.plan) == ()
    assert bound_of(problem, matrix, seconds=1) <= found.cost.total


@pytest.mark.parametrize("family", RULES, ids=lambda family: family.name)
def test_no_plan_is_cheaper_where_one_rule_decides(family: Family):
    """Against the solver's plan of a day that each family of rules decides."""
    found = solve(family.problem, MATRIX, budget=Budget(seconds=10, iterations=10))

    assert bound_of(family.problem) <= found.cost.total


NINE, TEN = 9 * HOUR, 10 * HOUR
KNOWN = {
    "one visit": day(visits=(visit("x", "a"),)),
    "a visit that nobody reaches": day(visits=(visit("x", "nowhere"),)),
    "two visits on one way": day(visits=(visit("x", "a"), visit("y", "c"))),
    "a wait between two visits": day(
        shifts=(ANU,),
        visits=(
            visit("x", "a", windows=(replace(ALL_DAY[0], earliest=NINE, latest=NINE),)),
            visit("y", "b", windows=(replace(ALL_DAY[0], earliest=TEN, latest=TEN),)),
        ),
    ),
    "lateness": day(
        visits=(visit("x", "clinic", windows=(replace(ALL_DAY[0], latest=8 * HOUR + 600),), max_lateness=HOUR),)
    ),
    "overtime": day(shifts=(replace(ANU, latest=NINE, overtime=HOUR),), visits=(visit("x", "b"),)),
    "a crew": day(visits=(visit("x", "b", crew=2),)),
    "a crew that meets between other visits": day(
        visits=(
            visit("x", "b", crew=2),
            visit("y", "a", windows=(replace(ALL_DAY[0], earliest=NINE, latest=NINE),)),
            visit("z", "c", windows=(replace(ALL_DAY[0], earliest=TEN, latest=TEN),)),
        ),
    ),
    "a shared ride": day(shipments=(ride("p", "a", "clinic"), ride("q", "b", "clinic"))),
    "a stranger": day(visits=(visit("x", "a", regular=frozenset({"w-else"}), preferred=frozenset({"w-mari"})),)),
}


@pytest.mark.parametrize("name", KNOWN)
def test_the_bound_is_the_cost(name: str):
    """Where all that matters is in the bound, it is the cost but for rounding."""
    found = solve(KNOWN[name], MATRIX, budget=Budget(seconds=10, iterations=10))

    assert found.cost.total - 5 <= bound_of(KNOWN[name]) <= found.cost.total


def test_a_short_day_may_have_to_begin_late():
    """Leaving later than a promise asks for is dear, and yet the way to keep the longest day."""
    problem = day(
        shifts=(replace(ANU, max_duration=3 * HOUR),),
        visits=(visit("x", "a"), visit("y", "b", windows=(replace(ALL_DAY[0], earliest=12 * HOUR),))),
        promises=(Promise(request="x", worker="w-anu", start=8 * HOUR),),
    )
    found = solve(problem, MATRIX, budget=Budget(seconds=10, iterations=10))

    assert found.plan.unassigned == ()
    assert found.cost.changed > 0
    assert bound_of(problem) <= found.cost.total


def test_a_plan_only_helps():
    """Knowing a plan makes no bound lower, nor higher than the plan."""
    problem, matrix = random_day(4, 10)
    found, known = solve(problem, matrix, budget=Budget(seconds=10, iterations=5)), Instance(problem, matrix)

    bound = lower_bound(known, seconds=20, plan=found.plan)

    assert bound is not None
    assert bound_of(problem, matrix, seconds=20) - 60 <= bound.points <= found.cost.total


def test_a_large_day_has_none():
    """Beyond some size nobody would wait for a bound."""
    visits = tuple(visit(f"x{number}", "a", duration=MINUTE) for number in range(MOST_REQUESTS + 1))

    assert not is_provable(day(visits=visits))
    assert lower_bound(Instance(day(visits=visits), MATRIX), seconds=5) is None
    assert lower_bound(Instance(day(), MATRIX), seconds=5) is None


def test_without_time_there_is_none():
    """Whoever asks to stop gets no bound rather than a wrong one."""
    assert lower_bound(Instance(KNOWN["a crew"], MATRIX), seconds=5, stop=lambda: True) is None


PUBLISHED = [
    ("darp", "ropke_cordeau_laporte_2007/a2-16.txt", "darp-dist:f64", 294.25),
    ("vrptw_sync", "bredstrom_ronnqvist_2008/case_1_20_4_2_1.dat", "sync-time:int", 396),
    ("hhcrsp", "mankowska_2014/InstanzCPLEX_HCSRP_10_1.json", "hhc-third:f64", 3 * 218.199),
]


@pytest.mark.parametrize(("family", "name", "convention", "best"), PUBLISHED)
def test_no_published_plan_is_cheaper(shared: Path, family: str, name: str, convention: str, best: float):
    """The bound of an instance whose best value is known lies below it."""
    path = shared / "benchmarks" / family / name
    if not path.is_file():
        pytest.skip("the published instances are not here")
    known = FAMILIES[family]
    translation = Translation(formulation=known.formulate(known.read(path), convention))

    bound = bound_of(translation.problem(), translation.matrix(), seconds=5)

    assert 0.5 * best <= bound / POINTS <= best + 0.01
