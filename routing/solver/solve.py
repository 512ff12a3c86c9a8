"""From a problem to a plan: the method in one function."""

from __future__ import annotations

from dataclasses import dataclass

from routing.cost import Cost, cost
from routing.errors import UsageError
from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Problem
from routing.solver.budget import Budget, Listener, Progress, StopSignal, never_stop, no_listener
from routing.solver.instance import Instance, Routes
from routing.solver.ortools_engine import OrtoolsEngine
from routing.solver.repair import repair, sound
from routing.solver.timetable import timetable

ENGINES = ("ortools",)


@dataclass(frozen=True, kw_only=True)
class Result:
    """The best plan found, what it costs, and how many solutions were seen on the way."""

    plan: Plan
    cost: Cost
    engine: str
    iterations: int


def solve(
    problem: Problem,
    matrix: Matrix,
    *,
    budget: Budget | None = None,
    seed: int = 0,
    engine: str = "ortools",
    initial: Plan | None = None,
    on_progress: Listener = no_listener,
    stop: StopSignal = never_stop,
) -> Result:
    """Return the best plan found within the budget, never worse than `initial`.

    `stop` is asked often; once it says yes the best plan so far is returned. UsageError for an unknown engine.
    """
    if engine not in ENGINES:
        raise UsageError(f"engine {engine!r} is not one of {', '.join(ENGINES)}")
    budget = budget or Budget()
    instance = Instance(problem, matrix)
    if not instance.shifts:  # OR-Tools dies where there is nobody to plan for
        nothing = _better(instance, None, None)
        return Result(plan=nothing.plan, cost=nothing.cost, engine=engine, iterations=0)
    search = OrtoolsEngine(instance=instance, on_progress=on_progress, stop=stop)
    best = None if initial is None else _finish(instance, sound(instance, routes_of(instance, initial)))
    first = repair(instance, search.first(), stop=stop)
    best = _better(instance, best, _finish(instance, first))
    _tell(on_progress, best, "first", search.solutions)
    if not stop():
        improved = search.improve(routes_of(instance, best.plan), budget, seed)
        best = _better(instance, best, _finish(instance, repair(instance, improved, stop=stop)))
    _tell(on_progress, best, "final", search.solutions)
    return Result(plan=best.plan, cost=best.cost, engine=engine, iterations=search.solutions)


def routes_of(instance: Instance, plan: Plan) -> Routes:
    """Return the sequences of a plan."""
    return tuple(
        tuple(
            instance.node_of_step[stop.step]
            for stop in (plan.route_by_shift[data.shift.id].stops if data.shift.id in plan.route_by_shift else ())
            if stop.step is not None
        )
        for data in instance.shifts
    )


@dataclass(frozen=True, kw_only=True)
class _Timed:
    plan: Plan
    cost: Cost


def _finish(instance: Instance, routes: Routes) -> _Timed | None:
    plan = timetable(instance, routes)
    return None if plan is None else _Timed(plan=plan, cost=cost(instance.problem, instance.matrix, plan))


def _better(instance: Instance, known: _Timed | None, found: _Timed | None) -> _Timed:
    if found is None and known is None:
        nothing = _finish(instance, tuple(() for _ in instance.shifts))
        if nothing is None:
            raise AssertionError  # an empty plan always has a timetable
        return nothing
    ranked = [timed for timed in (known, found) if timed is not None]
    return min(ranked, key=lambda timed: timed.cost.total)


def _tell(on_progress: Listener, timed: _Timed, stage: str, iterations: int) -> None:
    left_out = len(timed.plan.unassigned)
    on_progress(Progress(stage=stage, points=timed.cost.total, unassigned=left_out, iterations=iterations))
