"""Strange days are answered with a plan, quickly and without an exception."""

from dataclasses import replace

import pytest

from routing.errors import UsageError
from routing.matrix import Matrix
from routing.plan import Plan, Route
from routing.problem import Load, Priority, Problem, SequenceLock, ShiftLock, TimeLock, TimeWindow, Vehicle
from routing.review.check import check
from routing.review.explain import LeftOut, explain_unassigned, sentences
from routing.review.labels import Labels
from routing.solver.budget import Budget, Progress
from routing.solver.solve import Result, solve
from tests.days import random_day
from tests.routing.review.tiny import ANU, FERRY, HOUR, MARI, MATRIX, PLACES, day, ride, visit
from tests.routing.solver.families import at, minutes, step_of

QUICK = Budget(seconds=5, iterations=3)
NINE = TimeWindow(earliest=9 * HOUR, latest=9 * HOUR)
TEN = TimeWindow(earliest=10 * HOUR, latest=10 * HOUR)
CONTRARY = (
    ShiftLock(shift="anu", requests=("x", "y")),
    SequenceLock(shift="mari", steps=(step_of("x"), step_of("y")), strict=True),
    SequenceLock(shift="anu", steps=(step_of("y"), step_of("x"))),
    TimeLock(step=step_of("x"), window=NINE),
    TimeLock(step=step_of("y"), window=TEN),
)
ACROSS = (SequenceLock(shift="anu", steps=(step_of("x"), step_of("y")), strict=True),)
NIGHT = replace(ANU, earliest=20 * HOUR, latest=30 * HOUR)

DAYS: dict[str, tuple[Problem, int]] = {
    "nothing at all": (Problem(places=(), vehicles=(), shifts=()), 0),
    "no requests": (day(), 0),
    "no shifts": (day(shifts=(), visits=(visit("x", "a"),), shipments=(ride("r", "a", "b"),)), 2),
    "no room in any vehicle": (
        day(
            vehicles=(Vehicle(id="car-1", layouts=(Load(),)), Vehicle(id="car-2", layouts=(Load(),))),
            shipments=(ride("r", "a", "b"),),
        ),
        1,
    ),
    "nothing can be reached": (day(visits=(visit("x", "nowhere"), visit("y", "nowhere"))), 2),
    "nothing sails": (day(visits=(visit("x", "isle"),)), 1),
    "locks that contradict each other": (day(visits=(visit("x", "a"), visit("y", "b")), locks=CONTRARY), 2),
    "the same lock twice": (day(visits=(visit("x", "a"), visit("y", "b")), locks=CONTRARY[:1] * 2), 0),
    "a strict order across the water": (
        day(visits=(visit("x", "a"), visit("y", "isle")), crossings=(FERRY,), locks=ACROSS),
        0,
    ),
    "windows of no length": (day(visits=(visit("x", "a", windows=minutes((10, 10))),)), 0),
    "services of no length": (day(visits=(visit("x", "a", duration=0), visit("y", "a", duration=0))), 0),
    "a shift of no length": (day(shifts=(replace(ANU, latest=ANU.earliest),), visits=(visit("x", "base"),)), 1),
    "past midnight": (day(shifts=(NIGHT,), visits=(visit("x", "a", windows=at((23.9, 24.1), (26, 27))),)), 0),
    "a window behind the shift": (day(visits=(visit("x", "a", windows=at((30, 31))),)), 1),
    "a crew larger than the staff": (day(visits=(visit("x", "a", crew=3),)), 1),
    "priorities of one kind": (day(visits=tuple(visit(n, "a", priority=Priority.A) for n in "xyz")), 0),
}


@pytest.mark.parametrize(("problem", "left_out"), DAYS.values(), ids=DAYS)
def test_a_strange_day_is_planned_and_explained(problem: Problem, left_out: int):
    """The plan is sound, leaves out what cannot be, and every such request is explained in both languages."""
    matrix = MATRIX if problem.places == PLACES else Matrix(places=(), seconds={}, metres={})

    plan = solve(problem, matrix, budget=QUICK).plan

    assert check(problem, matrix, plan) == ()
    assert len(plan.unassigned) == left_out
    for explained in explain_unassigned(problem, matrix, plan):
        assert isinstance(explained, LeftOut)
        assert len(explained.blocked) == len(problem.shifts)
        assert all(sentences(explained, "et", Labels()) + sentences(explained, "en", Labels()))


def test_sixty_requests_and_one_shift():
    """A day that is far too full is planned, too."""
    problem, matrix = random_day(3, 60)
    kept = {problem.shifts[0].id}
    locks = tuple(lock for lock in problem.locks if getattr(lock, "shift", problem.shifts[0].id) in kept)
    full = replace(problem, shifts=problem.shifts[:1], locks=locks)

    plan = solve(full, matrix, budget=QUICK).plan

    assert check(full, matrix, plan) == ()
    assert plan.routes


def test_an_unknown_engine_is_refused():
    """The message names the engines there are."""
    with pytest.raises(UsageError, match="ortools"):
        solve(day(), MATRIX, engine="magic")


@pytest.mark.parametrize("wrong", [{"seconds": 0}, {"seconds": -1}, {"iterations": 0}])
def test_a_budget_allows_something(wrong: dict[str, float]):
    """No time and no iteration is no budget."""
    with pytest.raises(UsageError):
        Budget(**wrong)  # type: ignore[arg-type]


def stopping_after(asked: int) -> tuple[Result, list[Progress]]:
    """Return what a run comes to that is asked to stop after so many questions."""
    problem, matrix = random_day(0, 25)
    questions, told = [0], []

    def stop() -> bool:
        questions[0] += 1
        return questions[0] > asked

    return solve(problem, matrix, budget=Budget(seconds=60), stop=stop, on_progress=told.append), told


@pytest.mark.parametrize("asked", [0, 5, 50, 500])
def test_a_run_that_is_stopped_keeps_its_best(asked: int):
    """Whenever the coordinator stops the run, a sound plan comes back, long before the budget is over."""
    problem, matrix = random_day(0, 25)

    result, told = stopping_after(asked)

    assert check(problem, matrix, result.plan) == ()
    assert told[-1].stage == "final"
    assert told[-1].points == result.cost.total


def test_a_foreign_initial_plan_is_mended():
    """An initial plan of another day, with unknown shifts and requests, doubles and halves, does no harm."""
    problem = day(visits=(visit("x", "a"), visit("y", "b", skills=frozenset({"medication"}))))
    larger = replace(problem, visits=(*problem.visits, visit("gone", "c")))
    anu = solve(larger, MATRIX, budget=QUICK).plan.routes[0]
    doubled = Plan(routes=(anu, replace(anu, shift="mari"), Route(shift="nobody", stops=anu.stops)))

    plan = solve(problem, MATRIX, budget=QUICK, initial=doubled).plan

    assert check(problem, MATRIX, plan) == ()
    assert plan.unassigned == ("y",)


def test_two_workers_in_one_car_one_after_the_other():
    """Shifts that share a car follow each other."""
    problem = day(shifts=(ANU, replace(MARI, vehicle="car-1")), visits=(visit("x", "a"), visit("y", "b")))

    assert check(problem, MATRIX, solve(problem, MATRIX, budget=QUICK).plan) == ()
