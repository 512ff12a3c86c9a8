"""The compiled search agrees with the plain rules: what it lets through has a timetable, what it weighs is the cost."""

from dataclasses import replace
from random import Random
from statistics import median

import numpy as np
import pytest

from routing.cost import cost
from routing.matrix import UNREACHABLE
from routing.problem import Gap, Objective
from routing.review.check import check
from routing.solver.budget import Budget
from routing.solver.carers import one_for_both
from routing.solver.earliest import timetable_exists
from routing.solver.elements import Routes
from routing.solver.insertion import insert_all, unit_of
from routing.solver.instance import Instance
from routing.solver.kernel.audit import Audited, differences, misplaced
from routing.solver.kernel.compiled import is_warm, note_warm
from routing.solver.kernel.engine import Kernel
from routing.solver.kernel.route import INFEASIBLE
from routing.solver.kernel.warm import warm
from routing.solver.solve import ENGINES, solve
from routing.solver.timetable import timetable
from routing.solver.walk import Walk, load_block, walk
from tests.days import random_day
from tests.routing.review.tiny import MATRIX, day, visit


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    """Compile first: `make` has done it already."""
    warm()


def nothing(instance: Instance) -> Routes:
    """Return routes that serve nobody."""
    return tuple(() for _ in instance.shifts)


def random_routes(instance: Instance, chance: Random) -> list[tuple[int, tuple[int, ...]]]:
    """Return routes of a few whole units in random order, most of them against some rule."""
    found = []
    for _ in range(150):
        shift = chance.randrange(len(instance.shifts))
        units = chance.sample(range(len(instance.requests)), min(len(instance.requests), chance.randint(1, 3)))
        whole = {member for request in units for member in unit_of(instance, request)}
        allowed = [r for r in whole if instance.static_block(r, shift) is None and instance.crew[r] == 1]
        nodes = [node for request in allowed for node in instance.nodes_of_request[request]]
        chance.shuffle(nodes)
        nodes.sort(key=lambda node: instance.nodes[node].domain[0][0] + chance.randint(0, 7200))
        ordered: list[int] = []
        for node in nodes:  # a ride begins before it ends
            partner = instance.nodes[node].partner
            if partner < 0 or partner > node or partner in ordered:
                ordered.append(node)
            else:
                ordered += [partner, node] if partner not in ordered else [node]
        found.append((shift, tuple(dict.fromkeys(ordered))))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_what_the_kernel_lets_through_has_a_timetable(seed: int):
    """No route passes the kernel that the plain walk or the exact test of times refuses."""
    instance = Instance(*random_day(seed, 18))
    kernel, passed = Kernel(instance, seed), 0
    for shift, sequence in random_routes(instance, Random(seed)):  # noqa: S311
        routes = tuple(sequence if data.index == shift else () for data in instance.shifts)
        if sequence and not one_for_both(instance, routes, [shift]) and kernel.weigh(shift, sequence) < INFEASIBLE:
            passed += 1
            assert isinstance(walk(instance, shift, sequence), Walk)
            assert timetable_exists(instance, routes, [shift])
    assert passed > 5


@pytest.mark.parametrize("seed", range(4))
def test_the_kernel_weighs_what_the_plan_costs(seed: int):
    """On days of visits alone the kernel's points are the plan's cost, but for rounding and uneven work."""
    problem, matrix = random_day(seed, 14, island=False)
    alone = replace(
        problem,
        shipments=(), links=(), gaps=(), locks=(), promises=(), apart=frozenset(),
        visits=tuple(replace(visit, crew=1) for visit in problem.visits),
        objective=Objective(imbalance_minute=0, greatest_late_minute=200),
    )  # fmt: skip
    instance = Instance(alone, matrix)
    routes = insert_all(instance, nothing(instance))
    plan, kernel = timetable(instance, routes), Kernel(instance, seed)

    assert plan is not None
    assert kernel.load(routes)
    assert kernel.points == pytest.approx(cost(alone, matrix, plan).total, abs=6)


def test_the_kernel_knows_how_long_riders_sit_and_ties_hold():
    """With rides, returns and gaps its points are mostly within half a per cent of the timetable's of its routes."""
    off = []
    for seed in range(12):
        problem, matrix = random_day(seed, 16, island=False)
        day = replace(problem, locks=(), promises=(), objective=replace(problem.objective, imbalance_minute=0))
        kernel = Kernel(Instance(day, matrix), seed)
        kernel.run(1, 0.0)
        kernel.run(150, kernel.first_heat())
        plan = timetable(kernel.instance, kernel.routes)
        assert plan is not None
        points = cost(day, matrix, plan)
        off.append(abs(kernel.points - points.total) / (points.total - points.unassigned))

    assert median(off) < 0.005


def test_a_large_day_stays_sound_where_only_neighbours_are_looked_at():
    """With many requests places are sought beside neighbours and routes cut in two: what is known of them holds."""
    problem, matrix = random_day(8, 170, island=False)
    visits = tuple(replace(visit, crew=1) for visit in problem.visits)
    day = replace(problem, visits=visits, links=(), gaps=(), locks=(), promises=())
    kernel = Kernel(Instance(day, matrix), 8)
    kernel.run(1, 0.0)
    kernel.run(40, kernel.first_heat())

    assert list(differences(kernel)) == []


@pytest.mark.parametrize("seed", range(3))
def test_nobody_is_lost_where_fewer_stops_take_longer(seed: int):
    """Where ways are not the shortest a route may be late without a stop: a round that meets one changes nothing."""
    problem, matrix = random_day(seed, 30, island=False)
    slow = np.random.default_rng(seed).choice([1, 4], matrix.seconds["car"].shape, p=[0.7, 0.3])
    seconds = {
        profile: np.where(table == UNREACHABLE, UNREACHABLE, slow * table) for profile, table in matrix.seconds.items()
    }
    visits = tuple(replace(visit, crew=1) for visit in problem.visits)
    day = replace(problem, visits=visits, links=(), gaps=(), locks=(), promises=())
    kernel = Kernel(Instance(day, replace(matrix, seconds=seconds)), seed)
    kernel.run(1, 0.0)
    kernel.run(400, kernel.first_heat())

    assert list(differences(kernel)) == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("size", [6, 24])
def test_every_engine_keeps_every_rule(engine: str, size: int):
    """Plans of random days, search rounds included, pass the check and name all requests."""
    for seed in range(4):
        problem, matrix = random_day(seed, size)
        found = solve(problem, matrix, engine=engine, seed=seed, budget=Budget(seconds=20, iterations=4))
        assert check(problem, matrix, found.plan) == ()


def test_the_same_seed_and_rounds_give_the_same_plan():
    """Chance comes from the seed alone."""
    problem, matrix = random_day(3, 20)
    plans = [solve(problem, matrix, seed=5, budget=Budget(seconds=60, iterations=6)).plan for _ in range(2)]

    assert plans[0] == plans[1]


@pytest.mark.parametrize("seed", range(3))
def test_search_never_loses_what_it_began_with(seed: int):
    """The best solution of the kernel is never dearer than what it was given, as it weighs both."""
    instance = Instance(*random_day(seed + 20, 20))
    kernel = Kernel(instance, seed)
    if kernel.load(insert_all(instance, nothing(instance))):
        before = kernel.points
        kernel.run(60, kernel.first_heat())
        assert kernel.points <= before


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_kept_up_to_date_is_right(seed: int):
    """In assertion mode every number kept step by step equals what working it out anew gives, round after round."""
    kernel = Audited(Instance(*random_day(seed + 40, 16)), seed)
    kernel.run(12, 200.0)

    assert not [*differences(kernel), *misplaced(kernel)]
    assert kernel.current.size.sum() > 0


@pytest.mark.parametrize("seed", range(4))
def test_one_worker_never_does_what_asks_for_two(seed: int):
    """From nothing on, no carer gets both visits of a pair and no car more than it takes."""
    instance = Instance(*random_day(seed + 40, 24))
    paired = Instance(
        replace(instance.problem, gaps=tuple(replace(gap, two_carers=True) for gap in instance.problem.gaps)),
        instance.matrix,
    )
    kernel = Kernel(paired, seed)
    assert kernel.load(nothing(paired))
    for _ in range(5):
        kernel.run(20, kernel.first_heat())
        assert not one_for_both(paired, kernel.routes, range(len(paired.shifts)))
        for data in paired.shifts:
            assert load_block(paired, data.index, kernel.routes[data.index]) is None


def test_no_pair_in_one_hand_is_begun_from():
    """Sequences that give both visits of a pair to one carer are refused like sequences without a timetable."""
    pair = Gap(first="x", second="y", two_carers=True)
    kernel = Kernel(Instance(day(visits=(visit("x", "a"), visit("y", "a")), gaps=(pair,)), MATRIX), 0)

    assert kernel.load(((0,), (1,)))
    assert not kernel.load(((0, 1), ()))


def test_warmth_is_remembered():
    """Once compiled, the search knows it without compiling again."""
    note_warm()

    assert is_warm()
