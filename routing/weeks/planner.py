"""Choose day, window and carers of every visit of a week, for all clients at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

from ortools.sat.python import cp_model

from routing.solver.budget import StopSignal, never_stop
from routing.weeks.demand import Lack
from routing.weeks.model import Avoided, WeekModel
from routing.weeks.options import windows_of
from routing.weeks.problem import WeekProblem
from routing.weeks.reasons import why_missing
from routing.weeks.result import Missing, Placed, WeekPlan
from routing.weeks.travel import SHARE_OF_WAY
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
    avoided: Avoided = (),
    tight: Mapping[int, int] | None = None,
    share: float = SHARE_OF_WAY,
    near: WeekPlan | None = None,
    on_points: Callable[[int], None] | None = None,
    stop: StopSignal = never_stop,
) -> WeekPlan:
    """Return the best plan of the week that was found; what it lacks is named with the reason.

    The search begins from the plan that it is to be `near`, if any.
    """
    built = WeekModel(problem=problem, weights=weights or Weights(), avoided=avoided, tight=tight or {}, share=share)
    if near is not None:
        _begin_from(built, near)
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


def _begin_from(built: WeekModel, plan: WeekPlan) -> None:
    """Tell the solver who made what when in another plan of the week."""
    known = {(item.demand.slot.id, item.day, item.turn): item.workers for item in plan.placed}
    for task, made, by in zip(built.tasks, built.made, built.by, strict=True):
        if task.demand is None:
            continue
        workers = known.get((built.problem.demands[task.demand].slot.id, task.day, task.turn), frozenset())
        built.model.add_hint(made, bool(workers))
        for duty, chosen in by.items():
            built.model.add_hint(chosen, built.problem.duties[duty].shift.worker in workers)


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
    problem = built.problem
    placed = () if solver is None else tuple(_placed(built, solver))
    missing = []
    for demand in problem.demands:
        short = demand.due - sum(item.demand is demand for item in placed)
        if short > 0:
            missing.append(Missing(demand=demand, times=short, why=why_missing(problem, demand)))
        if demand.closed:
            missing.append(Missing(demand=demand, times=demand.closed, why=demand.why or Lack.DAYS))
    points = 0 if solver is None else round(solver.objective_value)
    bound = 0 if solver is None else max(0, round(solver.best_objective_bound))
    road = 0 if solver is None else solver.value(sum(built.roads))
    return WeekPlan(first=problem.first, placed=placed, missing=tuple(missing), points=points, bound=bound, road=road)


def _placed(built: WeekModel, solver: cp_model.CpSolver) -> list[Placed]:
    found: list[Placed] = []
    for task, made, by in zip(built.tasks, built.made, built.by, strict=True):
        if task.demand is None or not solver.boolean_value(made):
            continue
        demand = built.problem.demands[task.demand]
        turns = [item.turn for item in found if item.demand is demand and item.day == task.day]
        workers = {built.problem.duties[duty].shift.worker for duty, var in by.items() if solver.boolean_value(var)}
        found.append(
            Placed(
                demand=demand,
                day=task.day,
                turn=task.turn,
                windows=windows_of(demand, task.turn),
                workers=frozenset(workers),
                after=max(turns, default=None),
            )
        )
    return found
