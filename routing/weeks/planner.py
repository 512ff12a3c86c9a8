"""Choose day, window and carers of every visit of a week, for all clients at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

from ortools.sat.python import cp_model

from routing.solver.budget import StopSignal, never_stop
from routing.weeks.model import WeekModel
from routing.weeks.options import windows_of
from routing.weeks.problem import WeekProblem
from routing.weeks.reasons import missing_of
from routing.weeks.result import Placed, WeekPlan
from routing.weeks.standing import Standing
from routing.weeks.weights import Weights

_MOMENT = 0.1
_THREADS = 8
"""Also where there are fewer processors: CP-SAT's kinds of search find far more together than two of them alone."""


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How long to think about a week: seconds of wall time, and perhaps units of work after which to stop anyway.

    With `work` done before the `seconds` are over the same week and seed give the same plan.
    """

    seconds: float = 10.0
    work: float | None = None


def plan_week(
    problem: WeekProblem,
    *,
    effort: Effort | None = None,
    seed: int = 0,
    weights: Weights | None = None,
    standing: Standing | None = None,
    on_points: Callable[[int], None] | None = None,
    stop: StopSignal = never_stop,
) -> WeekPlan:
    """Return the best plan of the week that was found; what it lacks is named with the reason.

    `standing` is the week as it stood where it is planned anew.
    """
    built = WeekModel(problem=problem, weights=weights or Weights(), standing=standing or Standing())
    solver = _solver(effort or Effort(), seed)
    status = _solved(solver, built, on_points, stop)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return _answer(built, None)  # stopped before the first plan
    return _answer(built, solver)


def _solver(effort: Effort, seed: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = effort.seconds
    solver.parameters.random_seed = seed
    solver.parameters.catch_sigint_signal = False
    solver.parameters.num_workers = _THREADS
    solver.parameters.relative_gap_limit = 0.005
    if effort.work is not None:
        solver.parameters.interleave_search = True  # in turns, so that the same work gives the same plan
        solver.parameters.max_deterministic_time = effort.work
    return solver


def _solved(
    solver: cp_model.CpSolver, built: WeekModel, on_points: Callable[[int], None] | None, stop: StopSignal
) -> cp_model.CpSolverStatus:
    """Return what the solver has come to, stopped within a moment when it is wished.

    It thinks in a thread of its own: signals reach the main thread, which would be waiting for it.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        job = thread.submit(solver.solve, built.model, _Watch(on_points))
        while not wait([job], timeout=_MOMENT).done:
            if stop():
                solver.stop_search()
        return job.result()


class _Watch(cp_model.CpSolverSolutionCallback):
    """Tells what has been reached."""

    def __init__(self, on_points: Callable[[int], None] | None) -> None:
        super().__init__()
        self._on_points = on_points

    def on_solution_callback(self) -> None:
        """Take note of one more solution."""
        if self._on_points is not None:
            self._on_points(round(self.objective_value))


def _answer(built: WeekModel, solver: cp_model.CpSolver | None) -> WeekPlan:
    placed = () if solver is None else tuple(_placed(built, solver))
    points = 0 if solver is None else round(solver.objective_value)
    bound = 0 if solver is None else max(0, round(solver.best_objective_bound))
    missing = missing_of(built.problem, placed)
    return WeekPlan(first=built.problem.first, placed=placed, missing=missing, points=points, bound=bound)


def _placed(built: WeekModel, solver: cp_model.CpSolver) -> Iterator[Placed]:
    for task, made, by in zip(built.tasks, built.made, built.by, strict=True):
        if task.demand is None or not solver.boolean_value(made):
            continue
        demand = built.problem.demands[task.demand]
        workers = {built.problem.duties[duty].shift.worker for duty, var in by.items() if solver.boolean_value(var)}
        windows = windows_of(demand, task.turn)
        yield Placed(demand=demand, day=task.day, turn=task.turn, windows=windows, workers=frozenset(workers))
