"""A polish never loses, finds what single insertion misses, and leaves alone what fits nowhere."""

from random import Random

import pytest

from routing.problem import Priority, Problem
from routing.review.check import check
from routing.solver.insertion import insert_all
from routing.solver.instance import Instance
from routing.solver.polish import Polish, Timed, improve
from routing.solver.timetable import Timetables
from tests.days import random_day
from tests.routing.review.tiny import ANU, MATRIX, day, visit
from tests.routing.solver.families import FAR_MARI, alone, minutes


def polish_of(instance: Instance, seed: int = 0) -> Polish:
    """Return a polish of an instance."""
    return Polish(instance=instance, timetables=Timetables(instance), chance=Random(seed))  # noqa: S311


def timed(polish: Polish, *names: str) -> Timed:
    """Return the plan in which each shift serves the visits named, in order."""
    place = polish.instance.request_index
    found = polish.time(tuple(tuple(place[name] for name in line.split()) for line in names))
    assert found is not None
    return found


def polished(problem: Problem, *names: str, rounds: int = 30) -> Timed:
    """Return what some rounds make of a bad plan, the check agreeing."""
    polish = polish_of(Instance(problem, MATRIX))
    better = improve(polish, timed(polish, *names), go_on=lambda done: done < rounds, on_better=lambda _: None)
    assert check(problem, MATRIX, better.plan) == ()
    return better


def test_a_visit_moves_to_the_nearer_carer():
    """Who serves whom is put right by the true cost."""
    problem = day(shifts=(ANU, FAR_MARI), visits=(visit("x", "a"), visit("y", "clinic")))

    assert polished(problem, "y", "x").routes == ((0,), (1,))


def test_what_matters_more_takes_the_place():
    """A request of priority A that was left out pushes one of priority C out."""
    visits = (
        visit("c", "a", windows=minutes((30, 40)), priority=Priority.C),
        visit("a", "b", windows=minutes((30, 40)), priority=Priority.A),
    )

    assert polished(alone(visits=visits), "c").plan.unassigned == ("c",)


def test_what_fits_nowhere_is_not_tried_again():
    """A place that no road reaches is known to be hopeless."""
    polish = polish_of(Instance(alone(visits=(visit("x", "nowhere"), visit("y", "a"))), MATRIX))

    assert [polish.is_hopeless(unit) for unit in ((0,), (1,))] == [True, False]


@pytest.mark.parametrize("seed", range(3))
def test_each_better_plan_is_told_and_the_best_is_kept(seed: int):
    """What is told grows strictly cheaper, and the last told is the answer."""
    problem, matrix = random_day(seed, 16)
    instance = Instance(problem, matrix)
    polish = polish_of(instance, seed)
    start = polish.time(insert_all(instance, tuple(() for _ in instance.shifts)))
    assert start is not None
    told: list[Timed] = []

    best = improve(polish, start, go_on=lambda done: done < 12, on_better=told.append)

    costs = [start.cost.total, *(better.cost.total for better in told)]
    assert costs == sorted(set(costs), reverse=True)
    assert best.cost.total == costs[-1]
    assert check(problem, matrix, best.plan) == ()


def test_a_polish_that_is_over_gives_up():
    """Once the budget is over nothing more is inserted, and the round does not count."""
    instance = Instance(alone(visits=(visit("x", "a"), visit("y", "b"))), MATRIX)
    polish = Polish(instance=instance, timetables=Timetables(instance), chance=Random(0), over=lambda: True)  # noqa: S311

    assert polish.round(timed(polish, "x y")) is None
