"""Only routes that a better choice may be made of are chosen from, the most promising first."""

from threading import Event, Thread

import numpy as np

from routing.problem import Objective
from routing.solver.choice import Choice
from routing.solver.instance import Instance
from routing.solver.kernel.engine import Kernel
from routing.solver.pool import Column, Key, Pool
from routing.solver.promise import Promise
from tests.routing.review.tiny import ANU, MARI, MATRIX, day, visit

COLUMNS: dict[Key, Column] = {
    (0, (0, 1)): Column(50.0, 120.0),
    (0, (2, 3)): Column(40.0, 80.0),
    (0, (0, 2)): Column(30.0, 90.0),
    (0, (1, 3)): Column(30.0, 70.0),
    (0, (1, 2)): Column(500.0, 560.0),
}


def promised(now: set[Key], columns: dict[Key, Column] = COLUMNS) -> Promise:
    """Return what is known of a day of four visits and two carers who are alike."""
    visits = tuple(visit(name, place) for name, place in zip("wxyz", "abab", strict=True))
    instance = Instance(day(shifts=(ANU, MARI), visits=visits, objective=Objective(imbalance_minute=0)), MATRIX)
    pool = Pool(alike=(0, 0), columns=columns)
    data = Kernel(instance, 0).data
    return Promise(choice=Choice(instance=instance, data=data, pool=pool, now=frozenset(now), fewest=False))


def test_routes_too_dear_for_any_better_choice_are_dropped():
    """What is driven now comes first, then what the relaxation drives; what costs more than could be gained is gone."""
    now: set[Key] = {(0, (0, 1)), (0, (2, 3))}
    ranked = promised(now).ranked(list(COLUMNS), seconds=5)

    assert set(ranked[:2]) == now
    assert set(ranked[2:]) == {(0, (0, 2)), (0, (1, 3))}


def test_the_best_choice_leaves_nothing_to_choose():
    """Nothing but the routes driven now is left where the relaxation proves them best."""
    now: set[Key] = {(0, (0, 2)), (0, (1, 3))}

    assert set(promised(now).ranked(list(COLUMNS), seconds=5)) == now


def test_without_an_answer_solutions_rank_their_routes():
    """Where the relaxation has no solution the routes of the best solutions come first, and none is dropped."""
    now: set[Key] = {(0, (0, 1)), (0, (1, 2))}  # whoever drives the one cannot drive the other
    columns = {key: COLUMNS[key] for key in [*now, (0, (1, 3))]} | {(0, (1,)): Column(5.0, 60.0)}
    ranked = promised(now, columns).ranked(list(columns), seconds=5)

    assert set(ranked[:2]) == now
    assert ranked[2:] == [(0, (1,)), (0, (1, 3))]


def test_a_relaxation_is_interrupted():
    """Stopped from another thread in the midst of it, solutions rank their routes, as where time is up."""
    lots, everybody = np.random.default_rng(1), range(300)
    visits = tuple(visit(f"v{number}", "ab"[number % 2]) for number in everybody)
    instance = Instance(day(visits=visits), MATRIX)
    now: set[Key] = {(0, tuple(everybody[first : first + 10])) for first in everybody[::10]}
    others: set[Key] = {(0, tuple(lots.choice(300, 10, replace=False).tolist())) for _ in range(10_000)}
    columns = {key: Column(lots.uniform(5, 15), lots.random()) for key in [*now, *others]}
    pool = Pool(alike=(0,) * 30, columns=columns)
    choice = Choice(instance=instance, data=Kernel(instance, 0).data, pool=pool, now=frozenset(now), fewest=False)
    promise, over = Promise(choice=choice), Event()

    def stop() -> None:
        while not over.wait(0.001):
            promise.solver.InterruptSolve()

    stopping = Thread(target=stop)
    stopping.start()
    ranked = promise.ranked(list(columns), seconds=60)
    over.set()
    stopping.join()

    assert ranked[30:] == sorted(set(columns) - now, key=lambda key: columns[key].total)
