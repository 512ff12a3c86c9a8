"""Routes seen are kept once, and the best combination of them is found."""

from dataclasses import replace

from routing.problem import Objective
from routing.solver.elements import Routes
from routing.solver.insertion import insert_all
from routing.solver.instance import Instance
from routing.solver.kernel.engine import Kernel, Seen
from routing.solver.pool import Pool, alike
from routing.solver.recombine import Recombination
from tests.days import random_day
from tests.routing.review.tiny import ANU, MARI, MATRIX, day, visit


def two_carers(**changes: object) -> Instance:
    """Return a day of four visits and two carers who are alike."""
    visits = tuple(visit(name, place) for name, place in zip("wxyz", "abab", strict=True))
    return Instance(day(shifts=(ANU, MARI), visits=visits, objective=Objective(imbalance_minute=0)), MATRIX)


def seen(routes: Routes, points: list[float], total: float) -> list[Seen]:
    """Return a solution as a search tells of it, route by route."""
    return [Seen(shift, route, points[shift], total) for shift, route in enumerate(routes) if route]


def test_the_best_halves_of_two_solutions_are_put_together():
    """Of two solutions that are each half good, the good routes are chosen."""
    instance = two_carers()
    kernel = Kernel(instance, 0)
    pool = Pool(alike=(0, 1))
    pool.add(seen(((0, 2), (1, 3)), [10.0, 90.0], 100.0) + seen(((1, 3), (0, 2)), [10.0, 90.0], 100.0))
    pool.add(seen(((0, 1), (2, 3)), [50.0, 20.0], 70.0) + seen(((2, 3), (0, 1)), [80.0, 15.0], 95.0))
    choice = Recombination(instance=instance, data=kernel.data, pool=pool)

    assert choice.choose(((2, 3), (0, 1)), seconds=5, work=5) == ((0, 1), (2, 3))


def test_what_is_best_already_is_not_chosen_again():
    """Nothing comes back where the best solution is the best choice, or the pool is hardly larger than it."""
    instance = two_carers()
    kernel, best = Kernel(instance, 0), ((0, 1), (2, 3))
    pool = Pool(alike=(0, 1))
    pool.add(seen(best, [10.0, 10.0], 20.0))
    choice = Recombination(instance=instance, data=kernel.data, pool=pool)
    assert choice.choose(best, seconds=5, work=5) is None
    pool.add(seen(((2, 3), (0, 1)), [90.0, 90.0], 180.0))
    assert choice.choose(best, seconds=5, work=5) is None


def test_a_route_seen_twice_keeps_its_better_solution():
    """A route that was seen on either of two alike shifts is one column."""
    pool = Pool(alike=(0, 0))
    for routes, points, total in (
        (((0, 1), ()), [30.0, 0.0], 60.0),
        (((), (0, 1)), [0.0, 20.0], 50.0),
        (((0, 1), ()), [9.0, 0.0], 70.0),
    ):
        pool.add(seen(routes, points, total))

    assert {key: tuple(column) for key, column in pool.columns.items()} == {(0, (0, 1)): (20.0, 50.0)}


def test_routes_stay_where_they_are():
    """A chosen route keeps its shift where it has one, the others take what is free in their class."""
    pool = Pool(alike=(0, 0, 0))

    assert pool.placed([(0, (5,)), (0, (1, 2))], ((), (1, 2), (3,))) == ((5,), (1, 2), ())


def test_the_pool_is_bounded():
    """When there are too many routes, those of the worst solutions go."""
    pool = Pool(alike=(0,))
    pool.add(Seen(0, (number, number + 1), 1.0, float(number)) for number in range(20_000))

    assert len(pool.columns) == 8_000
    assert (0, (0, 1)) in pool.columns


def test_shifts_are_alike_only_where_everything_is():
    """Hours, places, vehicles and whom a carer may see make shifts differ; so does a shift shared."""
    for seed in range(6):
        instance = Instance(*random_day(seed, 20))
        data = Kernel(instance, 0).data
        classes = alike(instance, data)
        assert len(classes) == len(instance.shifts)
        for one, first in enumerate(instance.shifts):
            for other in range(one):
                if classes[one] == classes[other]:
                    second = instance.shifts[other]
                    assert (first.start, first.end, first.layouts) == (second.start, second.end, second.layouts)
                    assert (data.allowed[:, one] == data.allowed[:, other]).all()


def test_what_is_chosen_is_whole():
    """On random days with crews, links and locks a choice serves every unit whole or not at all, and often holds."""
    held = 0
    for seed in range(5):
        problem, matrix = random_day(seed, 24)
        even = replace(problem, objective=replace(problem.objective, imbalance_minute=0))  # no matter of single routes
        instance = Instance(even, matrix)
        kernel, empty = Kernel(instance, seed), ((),) * len(instance.shifts)
        pool = Pool(alike=alike(instance, kernel.data))
        kernel.load(insert_all(instance, empty))
        for _ in range(12):
            kernel.run(5, kernel.first_heat())
            pool.add(kernel.seen())
        for free_ties in (True, False):
            before, best = kernel.points, kernel.routes
            choice = Recombination(instance=instance, data=kernel.data, pool=pool)
            routes: Routes | None = choice.choose(best, seconds=5, work=5, free_ties=free_ties)
            if routes is not None and kernel.load(routes):
                held += 1
                assert free_ties or kernel.points <= before + 1
    assert held
