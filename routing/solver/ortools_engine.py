"""Engine `ortools`: a plan improved by OR-Tools' local search on its own model."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from routing.solver.budget import Listener, Progress, StopSignal
from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.ortools_model import build
from routing.solver.routing_model import SCALE, Model

_TRIES = 500
"""How many neighbours plain descent may reject."""

_BUILDING = 0.5
"""Part of the seconds that building the model may take."""

_SECONDS_A_CELL = 1e-6
"""Seconds for each number in the tables of the model and for each part of its constraints."""

_ROW = 10
"""Parts of constraints for each stop and shift."""


@dataclass(kw_only=True)
class OrtoolsEngine:
    """The OR-Tools model of one instance, ready to be searched; unserved requests count at their penalty."""

    instance: Instance
    on_progress: Listener
    stop: StopSignal
    seed: int = 0
    solutions: int = 0
    best: float = math.inf
    _reading: bool = False
    _deadline: float = math.inf

    @cached_property
    def _model(self) -> Model:
        model = build(self.instance)
        model.routing.AddAtSolutionCallback(self._at_solution)
        model.routing.AddSearchMonitor(model.solver.CustomLimit(self._over))
        return model

    def _over(self) -> bool:
        """Tell whether to stop; what is given needs to be read only once, not to be improved while it is read."""
        return (self._reading and self.solutions > 0) or self.stop() or time.monotonic() >= self._deadline

    def improve(self, start: Routes, seconds: float, *, descend: bool) -> Routes:
        """Return the best sequences that guided local search finds from `start`, or `start` where it finds none.

        The seconds count from the building of the model on; where that alone would take them, nothing is tried.
        `descend` asks for plain descent of `_TRIES` tries, the same on a fast machine and on a slow one.
        """
        self._deadline = time.monotonic() + seconds
        if self._seconds_to_build() > seconds * _BUILDING:
            return start
        parameters = _parameters(seconds, descend=descend)
        if descend:
            self._model.routing.AddSearchMonitor(self._model.solver.FailuresLimit(_TRIES))
        self._model.routing.CloseModelWithParameters(parameters)
        self._model.solver.ReSeed(self.seed)
        self._reading = True
        known = self._model.routing.ReadAssignmentFromRoutes(self._positions(start), True)
        self._reading = False
        parameters = _parameters(self._deadline - time.monotonic(), descend=descend)
        if known is None:
            found = self._model.routing.SolveWithParameters(parameters)
        else:
            found = self._model.routing.SolveFromAssignmentWithParameters(known, parameters)
        return start if found is None else self._model.routes(found)

    def _seconds_to_build(self) -> float:
        """Return about how long the model takes to build on a slow machine."""
        nodes = len(self.instance.nodes) + 2 * len(self.instance.shifts)
        return _SECONDS_A_CELL * nodes * (nodes + len(self.instance.shifts) * _ROW)

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
