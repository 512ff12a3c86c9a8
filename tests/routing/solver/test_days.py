"""Random days: every plan is sound, complete and the same twice, and changes of the day move it the right way."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Lock, Problem, SequenceLock, ShiftLock, TimeLock, TimeWindow
from routing.review.check import check
from routing.solver.budget import Budget, Progress
from routing.solver.insertion import best_insertion, unit_of
from routing.solver.instance import Instance
from routing.solver.solve import ENGINES, Result, routes_of, solve
from tests.days import HOUR, random_day
from tests.strategies import days

ROOT = Path(__file__).parents[3]
FEW = settings(
    deadline=None, max_examples=10, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
)


def quickly(problem: Problem, matrix: Matrix, rounds: int = 3, seed: int = 0, initial: Plan | None = None) -> Result:
    """Solve with a budget of rounds, and seconds only as a safeguard."""
    return solve(problem, matrix, budget=Budget(seconds=20, iterations=rounds), seed=seed, initial=initial)


@FEW
@given(days((1, 60)))
def test_every_plan_is_sound_and_nothing_more_fits(day: tuple[Problem, Matrix]):
    """The check finds nothing, and no request that was left out could be inserted as it is."""
    problem, matrix = day

    plan = quickly(problem, matrix).plan

    assert check(problem, matrix, plan) == ()
    instance = Instance(problem, matrix)
    routes = routes_of(instance, plan)
    for request in plan.unassigned:
        assert best_insertion(instance, routes, unit_of(instance, instance.request_index[request])) is None


@FEW
@given(days((1, 25)))
def test_an_initial_plan_is_never_made_worse(day: tuple[Problem, Matrix]):
    """Solving on from a plan costs no more than the plan."""
    problem, matrix = day
    first = quickly(problem, matrix, seed=1)

    again = quickly(problem, matrix, rounds=1, seed=2, initial=first.plan)

    assert again.cost.total <= first.cost.total
    assert check(problem, matrix, again.plan) == ()


def without_shift(problem: Problem, gone: str) -> Problem:
    """Return the day with a shift less; what was locked to it is free."""

    def kept(lock: Lock) -> bool:
        return not isinstance(lock, ShiftLock | SequenceLock) or lock.shift != gone

    shifts = tuple(shift for shift in problem.shifts if shift.id != gone)
    return replace(problem, shifts=shifts, locks=tuple(filter(kept, problem.locks)))


@FEW
@given(days((3, 25)), st.data())
def test_a_shift_more_costs_nothing(day: tuple[Problem, Matrix], data: st.DataObject):
    """A plan of the day with a shift less is a plan of the whole day: having the shift back never costs more.

    Locks to the shift and its balance group change what the day costs, so they are taken away on both sides.
    """
    problem, matrix = day
    gone = data.draw(st.sampled_from(problem.shifts)).id
    free = replace(
        problem,
        locks=without_shift(problem, gone).locks,
        shifts=tuple(replace(shift, balance_group="") for shift in problem.shifts),
    )
    fewer = quickly(without_shift(free, gone), matrix)

    assert check(free, matrix, fewer.plan) == ()
    assert quickly(free, matrix, rounds=1, initial=fewer.plan).cost.total <= fewer.cost.total


def widened(problem: Problem, request: str) -> Problem:
    """Return the day with a visit that may begin at any hour it is awake for."""
    wide = (TimeWindow(earliest=6 * HOUR, latest=22 * HOUR),)
    visits = tuple(replace(v, windows=wide) if v.id == request else v for v in problem.visits)
    locks = tuple(lock for lock in problem.locks if not (isinstance(lock, TimeLock) and lock.step.request == request))
    return replace(problem, visits=visits, locks=locks)


@FEW
@given(days((3, 25)), st.data())
def test_a_wider_window_costs_nothing(day: tuple[Problem, Matrix], data: st.DataObject):
    """A plan of a day keeps every rule of the same day with one window wider, and solving on costs no more."""
    problem, matrix = day
    if problem.visits:
        wide = widened(problem, data.draw(st.sampled_from(problem.visits)).id)
        narrow = quickly(problem, matrix)

        assert check(wide, matrix, narrow.plan) == ()
        better = quickly(wide, matrix, rounds=1, initial=narrow.plan)
        assert better.cost.unassigned <= narrow.cost.unassigned
        assert check(wide, matrix, better.plan) == ()


def test_a_worker_less_serves_less():
    """On a day with nothing to spare, taking a shift away leaves more out, and giving it back heals it."""
    problem, matrix = random_day(12, 20)
    less = quickly(without_shift(problem, "shift-0"), matrix, rounds=20)
    whole = quickly(problem, matrix, rounds=20, initial=less.plan)

    assert less.plan.unassigned
    assert not whole.plan.unassigned


SCRIPT = """
from routing.solver.budget import Budget, Progress
from routing.solver.solve import solve
from tests.days import random_day
for seed in (1, 6):
    problem, matrix = random_day(seed, 24)
    print(solve(problem, matrix, budget=Budget(seconds=60, iterations=6), seed=3).plan)
"""


def printed(hash_seed: str) -> str:
    """Return the plans that a process of its own prints."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert not done.stderr
    return done.stdout


def test_the_same_seed_gives_the_same_plan_in_every_process():
    """Neither the order of sets nor anything else that differs between processes shows in a plan."""
    first, second = printed("1"), printed("2")

    assert first.count("Plan(") == 2
    assert first == second


def test_the_same_seed_gives_the_same_plan_twice():
    """Two runs in one process agree, too."""
    problem, matrix = random_day(5, 22)

    assert quickly(problem, matrix, rounds=8).plan == quickly(problem, matrix, rounds=8).plan


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_told_never_gets_worse(engine: str):
    """Every plan told on the way is sound and none is dearer than the one before; the last is the result."""
    problem, matrix = random_day(1, 18)
    told: list[Progress] = []
    result = solve(problem, matrix, budget=Budget(seconds=20, iterations=6), engine=engine, on_progress=told.append)
    plans = [progress for progress in told if progress.plan is not None]

    assert [plans[0].stage, plans[-1].stage] == ["first", "final"]
    assert plans[-1].plan == result.plan
    assert [p.points for p in plans] == sorted((p.points for p in plans), reverse=True)
    assert all(check(problem, matrix, p.plan) == () for p in plans if p.plan is not None)
