"""Searches side by side do what each would do alone, and help each other."""

from dataclasses import replace

import pytest

import routing.solver.solve as solve_module
from routing.errors import UsageError
from routing.solver.budget import Budget
from routing.solver.instance import Instance
from routing.solver.kernel.warm import warm
from routing.solver.lookout import Lookout
from routing.solver.search_engine import exchange, lean
from routing.solver.solve import solve
from routing.solver.stages import Stages
from routing.solver.team import Team
from tests.days import random_day


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    """Compile first: `make` has done it already."""
    warm()


def test_two_searches_are_the_same_twice():
    """Threads change nothing: seeds and rounds decide."""
    instance = Instance(*random_day(2, 20))
    found = []
    for _ in range(2):
        with Team(instance, 7, 2) as team:
            team.load(((),) * len(instance.shifts))
            team.each(lambda kernel: kernel.run(3, 500.0))
            found.append([kernel.routes for kernel in team.kernels])

    assert found[0] == found[1]
    assert found[0][0] != found[0][1]


def test_the_search_behind_takes_over():
    """After an exchange both stand at the better solution."""
    instance = Instance(*random_day(2, 20))
    with Team(instance, 7, 2) as team:
        team.load(((),) * len(instance.shifts))
        team.kernels[1].run(30, 100.0)
        exchange(team)
        assert [kernel.points for kernel in team.kernels] == [team.best.points] * 2


def test_searches_lean_apart_where_shifts_are_many():
    """One prefers many routes and one few, unless nearly every shift is needed anyway; an exchange ends that."""
    problem, matrix = random_day(2, 20)
    shifts = tuple(replace(shift, id=f"{shift.id}-{copy}") for shift in problem.shifts for copy in range(20))
    for day, leaning in ((replace(problem, shifts=shifts), {3.0, -3.0}), (problem, {0.0})):
        with Team(Instance(day, matrix), 7, 2) as team:
            team.load(((),) * len(day.shifts))
            team.each(lambda kernel: kernel.run(5, 100.0))
            lean(team)
            assert {kernel.lean for kernel in team.kernels} == leaning
            team.kernels[1].run(30, 100.0)
            exchange(team)
            assert len({kernel.lean for kernel in team.kernels}) == 1


OFF = [
    {},
    {"greedy": False},
    {"reduce": False},
    {"searches": 1},
    {"exchange": False},
    {"share": False},
    {"recombine": False},
    {"polish": False},
]


@pytest.mark.parametrize("off", OFF, ids=str)
def test_every_stage_can_be_left_out(off: dict[str, int]):
    """Whatever is switched off, the same seed and rounds give the same plan, with everybody served."""
    problem, matrix = random_day(12, 20)
    budget, stages = Budget(seconds=60, iterations=12), Stages(**off)
    plans = [solve(problem, matrix, seed=3, budget=budget, stages=stages).plan for _ in range(2)]

    assert plans[0] == plans[1]
    assert not plans[0].unassigned


def test_no_search_is_no_stage():
    """At least one search is asked for."""
    with pytest.raises(UsageError, match="at least 1"):
        Stages(searches=0)


def test_the_lookout_times_the_first_and_the_last():
    """Of many better solutions few are timed while rounds are counted, but always the best at the end."""
    taken: list[object] = []
    lookout = Lookout(take=lambda routes, _: taken.append(routes), counted=True)
    for number in range(25):
        lookout.look(100.0 - number, lambda seen=number: ((seen,),))
    lookout.look(76.0, lambda: ((99,),), last=True)
    assert taken == [((0,),), ((10,),), ((20,),), ((99,),)]


def test_the_lookout_looks_once():
    """What is no better than what was timed is not timed, even at the end."""
    taken: list[object] = []
    lookout = Lookout(take=lambda routes, _: taken.append(routes), counted=False)
    for _ in range(5):
        lookout.look(100.0, lambda: ((1,),), last=True)
    assert taken == [((1,),)]


def test_the_search_joins_when_it_is_compiled(monkeypatch: pytest.MonkeyPatch):
    """A run that begins without machine code goes on with the search as soon as that is there."""
    asked: list[None] = []
    monkeypatch.setattr(solve_module, "is_warm", lambda: asked.append(None) or len(asked) > 4)
    problem, matrix = random_day(3, 20)
    told: list[str] = []
    solve(problem, matrix, budget=Budget(seconds=3), on_progress=lambda progress: told.append(progress.stage))

    assert told[0] == "first"
    assert "search" in told[1:]


def test_without_machine_code_the_model_stands_in(monkeypatch: pytest.MonkeyPatch):
    """A run that never gets to search still serves whom it can."""
    monkeypatch.setattr(solve_module, "is_warm", lambda: False)
    problem, matrix = random_day(3, 20)
    told: list[str] = []
    budget = Budget(seconds=20, iterations=3)
    solve(problem, matrix, budget=budget, on_progress=lambda progress: told.append(progress.stage))

    assert "search" not in told
