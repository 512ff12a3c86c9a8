"""Days with a plan made by insertion: quick, sound, and with room left for moves."""

from __future__ import annotations

from routing.dispatch.desk import Desk
from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Problem
from routing.review.check import check
from routing.solver.insertion import insert_all
from routing.solver.timetable import timetable
from tests.routing.review.tiny import MATRIX


def planned(problem: Problem, matrix: Matrix = MATRIX) -> tuple[Desk, Plan]:
    """Return a day laid out, with a sound plan that people were told."""
    desk = Desk(problem=problem, matrix=matrix)
    plan = timetable(desk.instance, insert_all(desk.instance, tuple(() for _ in problem.shifts)))
    assert plan is not None
    assert check(problem, matrix, plan) == ()
    return Desk(problem=problem, matrix=matrix, told=plan), plan


def order(plan: Plan, shift: str) -> list[str]:
    """Return the requests of a shift's stops in order."""
    route = plan.route_by_shift.get(shift)
    return [stop.request for stop in route.stops if stop.request is not None] if route else []


def start(plan: Plan, request: str) -> int:
    """Return when a request begins."""
    return min(stop.start for route in plan.routes for stop in route.stops if stop.request == request)
