"""Hoolering's own engines, on the instance told as a day of visits and rides."""

from __future__ import annotations

import time

from benchmarks.convert.problem import POINTS, Translation
from benchmarks.formulation import Formulation, Outcome, Point
from routing.review.check import check
from routing.solver.budget import Budget, Progress
from routing.solver.solve import solve


class Hoolering:
    """The product as it stands; `name` is the engine that `routing.solver.solve.solve` is asked for."""

    package = "hoolering"
    processes = 1

    def __init__(self, name: str) -> None:
        self.name = name

    def why_not(self, formulation: Formulation) -> str | None:
        """Return what the problem of the product has no words for, or None."""
        return Translation(formulation=formulation).why_not()

    def solve(self, formulation: Formulation, *, seconds: float, seed: int) -> Outcome:
        """Return the plan as an answer; a plan that leaves requests out is none."""
        translation = Translation(formulation=formulation)
        problem, matrix = translation.problem(), translation.matrix()
        began, trace = time.monotonic(), list[Point]()

        def note(progress: Progress) -> None:
            value = progress.points * formulation.scale / POINTS
            # The model's own points are estimates that may lie below the true cost, so only whole stages count.
            if progress.unassigned == 0 and progress.stage != "ortools" and (not trace or value < trace[-1].value):
                trace.append(Point(seconds=time.monotonic() - began, value=value))

        result = solve(problem, matrix, budget=Budget(seconds=seconds), seed=seed, engine=self.name, on_progress=note)
        left_out = len(result.plan.unassigned)
        if left_out:
            return Outcome(answer=None, trace=tuple(trace), remark=f"{left_out} requests left out")
        broken = check(problem, matrix, result.plan)
        return Outcome(
            answer=translation.answer(result.plan),
            value=result.cost.total * formulation.scale / POINTS,
            trace=tuple(trace),
            remark=f"{len(broken)} rules broken by the checker's reading" if broken else "",
        )
