"""Plans of one day side by side: by hand and by every engine, each judged by the independent checker."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean

from benchmarks.municipal.by_hand import plan_by_hand
from routing.cost import cost
from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Problem
from routing.review.check import check
from routing.review.metrics import figures
from routing.solver.budget import Budget
from routing.solver.solve import solve

BY_HAND = "by hand"


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One plan of one day in a coordinator's figures."""

    requests: int
    municipalities: int
    seed: int
    planner: str
    unassigned: int
    kilometres: float
    paid_minutes: int
    late_minutes: int
    strangers: int
    carers_per_client: float
    points: int


def compare(
    problem: Problem, matrix: Matrix, *, engines: tuple[str, ...], seconds: float, seed: int
) -> dict[str, Plan]:
    """Return the plan made by hand and one per engine, by planner. AssertionError where one breaks a rule."""
    plans = {BY_HAND: plan_by_hand(problem, matrix)}
    for engine in engines:
        plans[engine] = solve(problem, matrix, budget=Budget(seconds=seconds), seed=seed, engine=engine).plan
    for planner, plan in plans.items():
        broken = check(problem, matrix, plan)
        assert not broken, (planner, broken[0])
    return plans


def measured(problem: Problem, matrix: Matrix, plan: Plan, *, planner: str, municipalities: int, seed: int) -> Compared:
    """Return the figures of a plan."""
    found = figures(problem, matrix, plan)
    return Compared(
        requests=len(problem.requests),
        municipalities=municipalities,
        seed=seed,
        planner=planner,
        unassigned=len(plan.unassigned),
        kilometres=found.metres / 1000,
        paid_minutes=found.paid // 60,
        late_minutes=found.lateness // 60,
        strangers=found.unfamiliar,
        carers_per_client=carers_per_client(problem, plan),
        points=cost(problem, matrix, plan).total,
    )


def carers_per_client(problem: Problem, plan: Plan) -> float:
    """Return how many workers the average served client meets on the day."""
    met: dict[str, set[str]] = {}
    for route in plan.routes:
        for stop in route.stops:
            if stop.request is not None:
                client = problem.request_by_id[stop.request].client
                met.setdefault(client, set()).add(problem.shift_by_id[route.shift].worker)
    return fmean(len(workers) for workers in met.values()) if met else 0.0
