"""Plain OR-Tools: the routing model that its guide teaches, first by insertion, then guided local search.

It is the baseline, kept apart from Hoolering's own model on purpose: one node per stop, nothing repaired afterwards.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from benchmarks.engines.engine import ONE_CORE
from benchmarks.formulation import Formulation, Outcome, Point

_STRATEGIES = routing_enums_pb2.FirstSolutionStrategy
FIRST = (_STRATEGIES.PARALLEL_CHEAPEST_INSERTION, _STRATEGIES.SAVINGS)
"""First solutions by seed: OR-Tools' search takes no seed, so its two processes begin differently."""


class PlainOrtools:
    """OR-Tools routing, which can express every family; of tardiness it weighs the sum, not the greatest."""

    package = "ortools"
    processes = ONE_CORE

    def __init__(self, name: str) -> None:
        self.name = name

    def why_not(self, formulation: Formulation) -> None:
        """Return None: there is nothing it cannot express."""

    def solve(self, formulation: Formulation, *, seconds: float, seed: int) -> Outcome:
        """Return the best solution of guided local search; stops left out make it no answer."""
        model = _Model(formulation)
        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.first_solution_strategy = FIRST[seed % len(FIRST)]
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        parameters.time_limit.FromMilliseconds(round(seconds * 1000))
        assignment = model.routing.SolveWithParameters(parameters)
        trace = tuple(model.trace)
        if assignment is None:
            return Outcome(answer=None, trace=trace, remark="no solution found")
        rounds = model.rounds(assignment)
        left_out = len(formulation.stops) - sum(len(stops) for stops in rounds.values())
        if left_out:
            return Outcome(answer=None, trace=trace, remark=f"{left_out} stops left out")
        return Outcome(answer=formulation.answer(rounds), value=float(assignment.ObjectiveValue()), trace=trace)


@dataclass(kw_only=False)
class _Model:
    """The routing model of one formulation."""

    formulation: Formulation
    trace: list[Point] = field(default_factory=list)

    def __post_init__(self) -> None:
        began = time.monotonic()
        vehicles = self.formulation.vehicles
        depots = [vehicle.depot for vehicle in vehicles]
        used = sorted({*depots, *self.formulation.stop_by_place})
        self._node = {place: node for node, place in enumerate(used)}
        self._place = used
        ends = [self._node[depot] for depot in depots]
        self.manager = pywrapcp.RoutingIndexManager(len(used), len(vehicles), ends, ends)
        self.routing = pywrapcp.RoutingModel(self.manager)
        self._add_ways()
        self._add_loads()
        self._add_pairs()
        self._add_ties()
        self._add_skills()
        for stop in self.formulation.stops:
            self.routing.AddDisjunction([self._index(stop.place)], 10 * self.formulation.ceiling)
        self.routing.AddAtSolutionCallback(lambda: self._note(began))

    def rounds(self, assignment: Any) -> dict[int, list[tuple[int, int]]]:  # noqa: ANN401  # OR-Tools has no types
        """Return (place, start) pairs by vehicle."""
        found: dict[int, list[tuple[int, int]]] = {}
        for vehicle in range(len(self.formulation.vehicles)):
            index = assignment.Value(self.routing.NextVar(self.routing.Start(vehicle)))
            while not self.routing.IsEnd(index):
                place = self._place[self.manager.IndexToNode(index)]
                found.setdefault(vehicle, []).append((place, assignment.Min(self.time.CumulVar(index))))
                index = assignment.Value(self.routing.NextVar(index))
        return found

    def _index(self, place: int) -> int:
        return int(self.manager.NodeToIndex(self._node[place]))

    def _cumul(self, place: int) -> Any:  # noqa: ANN401
        return self.time.CumulVar(self._index(place))

    def _vehicle(self, place: int) -> Any:  # noqa: ANN401
        return self.routing.VehicleVar(self._index(place))

    def _add_ways(self) -> None:
        """Lengths cost, times pass; late starts cost where the family lets them."""
        formulation = self.formulation
        rows = [[int(length) for length in formulation.length[place, self._place]] for place in self._place]
        self.routing.SetArcCostEvaluatorOfAllVehicles(self.routing.RegisterTransitMatrix(rows))
        self.routing.SetFixedCostOfAllVehicles(formulation.vehicle_cost)
        service = {stop.place: stop.service for stop in formulation.stops}
        times = [
            [int(span) + service.get(place, 0) for span in formulation.travel[place, self._place]]
            for place in self._place
        ]
        day = max(vehicle.latest for vehicle in formulation.vehicles)
        self.routing.AddDimension(self.routing.RegisterTransitMatrix(times), day, day, False, "time")
        self.time = self.routing.GetDimensionOrDie("time")
        for stop in formulation.stops:
            self._cumul(stop.place).SetRange(stop.earliest, day if formulation.tardy else stop.latest)
            if formulation.tardy:
                self.time.SetCumulVarSoftUpperBound(self._index(stop.place), stop.latest, 1)
        for number, vehicle in enumerate(formulation.vehicles):
            for end in (self.routing.Start(number), self.routing.End(number)):
                self.time.CumulVar(end).SetRange(vehicle.earliest, vehicle.latest)
            if vehicle.max_duration is not None:
                self.time.SetSpanUpperBoundForVehicle(vehicle.max_duration, number)

    def _add_loads(self) -> None:
        for row in range(len(self.formulation.vehicles[0].capacity)):
            stops = self.formulation.stop_by_place
            demand = [stops[place].load[row] if place in stops else 0 for place in self._place]
            capacities = [vehicle.capacity[row] for vehicle in self.formulation.vehicles]
            callback = self.routing.RegisterUnaryTransitVector(demand)
            self.routing.AddDimensionWithVehicleCapacity(callback, 0, capacities, True, f"load{row}")

    def _add_pairs(self) -> None:
        solver, stops = self.routing.solver(), self.formulation.stop_by_place
        for pair in self.formulation.pairs:
            self.routing.AddPickupAndDelivery(self._index(pair.pickup), self._index(pair.delivery))
            solver.Add(self._vehicle(pair.pickup) == self._vehicle(pair.delivery))
            solver.Add(self._cumul(pair.pickup) <= self._cumul(pair.delivery))
            if pair.max_ride is not None:
                longest = pair.max_ride + stops[pair.pickup].service
                solver.Add(self._cumul(pair.delivery) - self._cumul(pair.pickup) <= longest)

    def _add_ties(self) -> None:
        solver = self.routing.solver()
        for tie in self.formulation.ties:
            apart = self._cumul(tie.second) - self._cumul(tie.first)
            solver.Add(apart >= tie.least)
            solver.Add(apart <= tie.most)
            together = self._vehicle(tie.first) == self._vehicle(tie.second)
            solver.Add(together + self.routing.ActiveVar(self._index(tie.first)) <= 1)

    def _add_skills(self) -> None:
        for stop in self.formulation.stops:
            if stop.skill:
                able = [n for n, vehicle in enumerate(self.formulation.vehicles) if stop.skill in vehicle.skills]
                self._vehicle(stop.place).SetValues([-1, *able])

    def _note(self, began: float) -> None:
        value = float(self.routing.CostVar().Min())
        if not self.trace or value < self.trace[-1].value:
            self.trace.append(Point(seconds=time.monotonic() - began, value=value))
