"""Engine `ortools`: a plan improved by OR-Tools' local search on its own model."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from routing.solver.budget import Listener, Progress, StopSignal
from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.ortools_model import build
from routing.solver.routing_model import SCALE, Model

_TRIES = 500
"""How many neighbours plain descent may reject."""


@dataclass(kw_only=True)
class OrtoolsEngine:
    """The OR-Tools model of one instance, ready to be searched; unserved requests count at their penalty."""

    instance: Instance
    on_progress: Listener
    stop: StopSignal
    seed: int = 0
    solutions: int = 0
    best: float = math.inf
    _model: Model = field(init=False)

    def __post_init__(self) -> None:
        self._model = build(self.instance)
        self._model.routing.AddAtSolutionCallback(self._at_solution)
        self._model.routing.AddSearchMonitor(self._model.solver.CustomLimit(self.stop))

    def improve(self, start: Routes, seconds: float, *, descend: bool) -> Routes:
        """Return the best sequences that guided local search finds from `start`, or OR-Tools' own first ones.

        `descend` asks for plain descent of `_TRIES` tries, the same on a fast machine and on a slow one.
        """
        parameters = _parameters(seconds, descend=descend)
        if descend:
            self._model.routing.AddSearchMonitor(self._model.solver.FailuresLimit(_TRIES))
        self._model.routing.CloseModelWithParameters(parameters)
        self._model.solver.ReSeed(self.seed)
        known = self._model.routing.ReadAssignmentFromRoutes(self._positions(start), True)
        if known is None:
            return self._routes(self._model.routing.SolveWithParameters(parameters))
        return self._routes(self._model.routing.SolveFromAssignmentWithParameters(known, parameters))

    def _routes(self, assignment: Any) -> Routes:  # noqa: ANN401  # OR-Tools has no types
        if assignment is None:
            return tuple(() for _ in self.instance.shifts)
        return self._model.routes(assignment)

    def _positions(self, routes: Routes) -> list[list[int]]:
        """Return sequences as task positions, tasks in the order of their first stop."""
        where: dict[int, list[int]] = {}
        for position, task in enumerate(self._model.tasks):
            where.setdefault(task.nodes[0], []).append(position)
        found = []
        for shift, sequence in enumerate(routes):
            fitting = [[p for p in where.get(node, ()) if shift in self._model.tasks[p].shifts] for node in sequence]
            found.append([choices[0] for choices in fitting if choices])
            for position in found[-1]:
                where[self._model.tasks[position].nodes[0]].remove(position)
        return found

    def _at_solution(self) -> None:
        self.solutions += 1
        points = self._model.routing.CostVar().Min() / SCALE
        if points < self.best:
            self.best = points
            left_out = sum(1 for index in range(self._model.routing.Size()) if self._is_left_out(index))
            self.on_progress(
                Progress(stage="ortools", points=round(points), unassigned=left_out, iterations=self.solutions)
            )

    def _is_left_out(self, index: int) -> bool:
        routing = self._model.routing
        return not routing.IsStart(index) and bool(routing.NextVar(index).Value() == index)


def _parameters(seconds: float, *, descend: bool) -> Any:  # noqa: ANN401
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    strategies, heuristics = routing_enums_pb2.FirstSolutionStrategy, routing_enums_pb2.LocalSearchMetaheuristic
    parameters.first_solution_strategy = strategies.PARALLEL_CHEAPEST_INSERTION
    parameters.time_limit.FromMilliseconds(max(1, round(seconds * 1000)))
    parameters.local_search_metaheuristic = heuristics.GREEDY_DESCENT if descend else heuristics.GUIDED_LOCAL_SEARCH
    return parameters
