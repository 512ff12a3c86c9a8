"""Solve, and say how far from the best possible plan the answer is at most.

The bound comes after the search and not beside it: the search uses every core there is, and the bound starts from the
routes of its plan. Where the bound meets a better plan on its way, that is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from routing.cost import Cost, cost
from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Problem
from routing.solver.bound.lower_bound import is_provable, lower_bound
from routing.solver.budget import Budget, Listener, Progress, StopSignal, Stopwatch, never_stop, no_listener
from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.kernel.compiled import is_warm
from routing.solver.repair import repair
from routing.solver.solve import Result, solve
from routing.solver.timetable import Timetables

SHARE = 0.2
"""Part of the seconds that goes to the bound, on days small enough for one."""


def solve_and_prove(
    problem: Problem,
    matrix: Matrix,
    *,
    budget: Budget | None = None,
    seed: int = 0,
    engine: str = "hybrid",
    initial: Plan | None = None,
    on_progress: Listener = no_listener,
    stop: StopSignal = never_stop,
) -> Result:
    """Return what `solve` returns within the budget, with a lower bound where one is found in time.

    Days too large for a bound leave the whole budget to `solve`. With a number of iterations the bound changes nothing
    about the plan, which then is the same each time.
    """
    budget, watch = budget or Budget(), Stopwatch()
    small = is_provable(problem) and is_warm()
    searching = replace(budget, seconds=budget.seconds * (1 - SHARE)) if small else budget
    found = solve(
        problem, matrix, budget=searching, seed=seed, engine=engine, initial=initial, on_progress=on_progress, stop=stop
    )
    if not small or stop():
        return found
    left = budget.seconds * SHARE if budget.iterations else budget.seconds - watch.seconds
    proof = _Proof(instance=Instance(problem, matrix), best=found, on_progress=on_progress, stop=stop)
    return proof.run(left, change=budget.iterations is None)


def excess(points: Cost, bound: int) -> float | None:
    """Return by which part a plan may be dearer than the best possible one, or None where the bound is too weak.

    What the plan leaves out would make any difference look small, so it is taken off both sides.
    """
    least = bound - points.unassigned
    return max(0, points.total - bound) / least if least > 0 else None


@dataclass(kw_only=True)
class _Proof:
    """The search for a bound after that for a plan."""

    instance: Instance
    best: Result
    on_progress: Listener
    stop: StopSignal
    _timetables: Timetables = field(init=False)

    def __post_init__(self) -> None:
        self._timetables = Timetables(self.instance)

    def run(self, seconds: float, *, change: bool) -> Result:
        """Return the best plan known in the end, with its bound; with `change` another plan may replace the first."""
        weigh = self._weigh if change else None
        bound = lower_bound(self.instance, seconds=seconds, plan=self.best.plan, weigh=weigh, stop=self.stop)
        if bound is None:
            return self.best
        return replace(self.best, bound=min(bound.points, self.best.cost.total))

    def _weigh(self, routes: Routes) -> float:
        """Return the points of the best plan, which these routes may have become."""
        plan = self._timetables.plan(repair(self.instance, routes, stop=self.stop))
        if plan is not None:
            points = cost(self.instance.problem, self.instance.matrix, plan)
            if points.total < self.best.cost.total:
                self.best = replace(self.best, plan=plan, cost=points)
                self.on_progress(self._progress())
        return float(self.best.cost.total)

    def _progress(self) -> Progress:
        return Progress(
            stage="proof",
            points=self.best.cost.total,
            unassigned=len(self.best.plan.unassigned),
            iterations=self.best.iterations,
            plan=self.best.plan,
        )
