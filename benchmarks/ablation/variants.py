"""The method with one stage left out or changed, and what that comes to on one day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from routing.matrix import Matrix
from routing.problem import Problem
from routing.review.check import check
from routing.solver.budget import Budget
from routing.solver.solve import Result, solve
from routing.solver.stages import Stages

Solver = Callable[[Problem, Matrix, float, int], Result]
"""Plans a day within some seconds by a seed."""

MODEL_SHARE = 0.15
"""Part of the seconds that OR-Tools' model gets where its plan is what the search begins with."""

FULL = "full"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a variant came to on one day."""

    points: int
    unassigned: int


def answer(variant: Solver, problem: Problem, matrix: Matrix, *, seconds: float, seed: int) -> Answer:
    """Return what a variant comes to; AssertionError where its plan breaks a rule."""
    result = variant(problem, matrix, seconds, seed)
    broken = check(problem, matrix, result.plan)
    assert not broken, broken[0]
    return Answer(points=result.cost.total, unassigned=len(result.plan.unassigned))


def _hybrid(stages: Stages) -> Solver:
    def plan(problem: Problem, matrix: Matrix, seconds: float, seed: int) -> Result:
        return solve(problem, matrix, budget=Budget(seconds=seconds), seed=seed, stages=stages)

    return plan


def _ortools(problem: Problem, matrix: Matrix, seconds: float, seed: int) -> Result:
    return solve(problem, matrix, budget=Budget(seconds=seconds), seed=seed, engine="ortools")


def _model_first(problem: Problem, matrix: Matrix, seconds: float, seed: int) -> Result:
    first = _ortools(problem, matrix, seconds * MODEL_SHARE, seed)
    rest = Budget(seconds=seconds * (1 - MODEL_SHARE))
    return solve(problem, matrix, budget=rest, seed=seed, initial=first.plan)


VARIANTS: Mapping[str, Solver] = {
    FULL: _hybrid(Stages()),
    "begin with nobody served": _hybrid(Stages(greedy=False)),
    "begin with OR-Tools' plan": _model_first,
    "no reduction of shifts first": _hybrid(Stages(reduce=False)),
    "one search": _hybrid(Stages(searches=1)),
    "no exchange": _hybrid(Stages(exchange=False)),
    "no parts of a large day": _hybrid(Stages(share=False)),
    "no set partitioning": _hybrid(Stages(recombine=False)),
    "no polish": _hybrid(Stages(polish=False)),
    "OR-Tools and polish alone": _ortools,
}
"""All that can be compared, by name; the first is the method as it is."""
