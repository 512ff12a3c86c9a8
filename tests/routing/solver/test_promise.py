"""Only routes that a better choice may be made of are chosen from, the most promising first."""

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


def promise(now: set[Key], columns: dict[Key, Column] = COLUMNS) -> Promise:
    """Return what is known of a day of four visits and two carers who are alike."""
    visits = tuple(visit(name, place) for name, place in zip("wxyz", "abab", strict=True))
    instance = Instance(day(shifts=(ANU, MARI), visits=visits, objective=Objective(imbalance_minute=0)), MATRIX)
    pool = Pool(alike=(0, 0), columns=columns)
    data = Kernel(instance, 0).data
    return Promise(choice=Choice(instance=instance, data=data, pool=pool, now=frozenset(now), fewest=False))


def test_routes_too_dear_for_any_better_choice_are_dropped():
    """What is driven now comes first, then what the relaxation drives; what costs more than could be gained is gone."""
    now: set[Key] = {(0, (0, 1)), (0, (2, 3))}
    ranked = promise(now).ranked(list(COLUMNS), seconds=5)

    assert set(ranked[:2]) == now
    assert set(ranked[2:]) == {(0, (0, 2)), (0, (1, 3))}


def test_the_best_choice_leaves_nothing_to_choose():
    """Nothing but the routes driven now is left where the relaxation proves them best."""
    now: set[Key] = {(0, (0, 2)), (0, (1, 3))}

    assert set(promise(now).ranked(list(COLUMNS), seconds=5)) == now


def test_without_an_answer_solutions_rank_their_routes():
    """Where the relaxation has no solution the routes of the best solutions come first, and none is dropped."""
    now: set[Key] = {(0, (0, 1)), (0, (1, 2))}  # whoever drives the one cannot drive the other
    columns = {key: COLUMNS[key] for key in [*now, (0, (1, 3))]} | {(0, (1,)): Column(5.0, 60.0)}
    ranked = promise(now, columns).ranked(list(columns), seconds=5)

    assert set(ranked[:2]) == now
    assert ranked[2:] == [(0, (1,)), (0, (1, 3))]
