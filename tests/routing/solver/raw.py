"""What the OR-Tools model alone comes to, with some of its families of constraints left out."""

from __future__ import annotations

import pytest
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from routing.plan import Plan
from routing.problem import Problem
from routing.review.check import check
from routing.solver import ortools_model
from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.repair import drop_halves
from routing.solver.timetable import timetable
from tests.routing.review.tiny import MATRIX


def raw_routes(instance: Instance, *, lacking: str = "") -> Routes:
    """Return what insertion and greedy descent make of the model, without the family called `lacking`."""
    with pytest.MonkeyPatch.context() as patch:
        families = tuple(add for add in ortools_model._FAMILIES if add.__name__ != lacking)
        assert bool(lacking) == (len(families) < len(ortools_model._FAMILIES))
        patch.setattr(ortools_model, "_FAMILIES", families)
        model = ortools_model.build(instance)
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GREEDY_DESCENT
    parameters.time_limit.FromMilliseconds(3000)
    assignment = model.routing.SolveWithParameters(parameters)
    return tuple(() for _ in instance.shifts) if assignment is None else model.routes(assignment)


def raw_plan(problem: Problem, *, lacking: str = "") -> Plan | None:
    """Return the model's routes with printed times, or None where a request is half served or no timetable exists."""
    instance = Instance(problem, MATRIX)
    routes = raw_routes(instance, lacking=lacking)
    return timetable(instance, routes) if drop_halves(instance, routes) == routes else None


def is_sound(problem: Problem, plan: Plan | None) -> bool:
    """Tell whether there is a plan and the check finds nothing wrong with it."""
    return plan is not None and check(problem, MATRIX, plan) == ()
