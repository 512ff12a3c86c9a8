"""The OR-Tools routing model of one instance: its variables by task, its matrices, its loads.

Costs are in sixtieths of a point, so that weights per minute apply to seconds without rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.tasks import Task, pairs
from routing.solver.ways import Table

SCALE = 60
"""Cost units per point."""

_CELLS = 20_000_000
"""How many numbers the tables of costs may hold in all."""


@dataclass(kw_only=True)
class Model:
    """The routing model of one instance, with the names of its parts."""

    instance: Instance
    tasks: tuple[Task, ...]
    manager: Any
    routing: Any

    @property
    def solver(self) -> Any:  # noqa: ANN401  # OR-Tools has no types
        """Return the constraint solver underneath."""
        return self.routing.solver()

    @property
    def time(self) -> Any:  # noqa: ANN401
        """Return the time dimension: when each task begins."""
        return self.routing.GetDimensionOrDie("time")

    @cached_property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Return the tasks that must be on one shift in order."""
        return pairs(self.instance, self.tasks)

    def index(self, task: int) -> int:
        """Return the solver's index of a task."""
        return int(self.manager.NodeToIndex(task))

    def cumul(self, task: int) -> Any:  # noqa: ANN401
        """Return when a task begins."""
        return self.time.CumulVar(self.index(task))

    def vehicle(self, task: int) -> Any:  # noqa: ANN401
        """Return the shift of a task, -1 while it is left out."""
        return self.routing.VehicleVar(self.index(task))

    def active(self, task: int) -> Any:  # noqa: ANN401
        """Return whether a task is done."""
        return self.routing.ActiveVar(self.index(task))

    def both(self, first: int, second: int) -> Any:  # noqa: ANN401
        """Return an expression that is 0 where both tasks are done and positive otherwise."""
        return 2 - self.active(first) - self.active(second)

    @cached_property
    def _where(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for position, task in enumerate(self.tasks):
            for node in task.nodes:
                found.setdefault(node, []).append(position)
        return found

    def positions(self, node: int) -> list[int]:
        """Return the tasks that contain a node."""
        return self._where.get(node, [])

    def transit(self, shift: int) -> NDArray[np.int64]:
        """Return the seconds from the beginning of each task (or start of a shift) to the next, by manager node."""
        seconds = self._between(self.instance.ways[self.instance.shifts[shift].profile].seconds_table)
        seconds += np.array([*self._lengths(shift), *self._nothing])[:, None]
        return seconds

    def transits(self) -> list[int]:
        """Return, per shift, the callback of its transit."""
        return self._registered([self._lengths(data.index) for data in self.instance.shifts], self.transit)

    def _lengths(self, shift: int) -> tuple[int, ...]:
        return tuple(task.durations[shift] for task in self.tasks)

    def arc_costs(self) -> list[int]:
        """Return, per shift, the callback of what driving from each task to the next costs.

        Who serves whom is part of it, unless that would take too many tables: then it is a dimension of its own.
        """
        people = [tuple(self._worker_points(task, data.index) for task in self.tasks) for data in self.instance.shifts]
        kinds = {(data.profile, own) for data, own in zip(self.instance.shifts, people, strict=True)}
        if len(kinds) * (len(self.tasks) + len(self._nothing)) ** 2 > _CELLS:
            self._add_people(people)
            people = [()] * len(people)

        def table(shift: int) -> NDArray[np.int64]:
            metres = self._between(self.instance.ways[self.instance.shifts[shift].profile].metres_table)
            driving = metres * SCALE * self.instance.problem.objective.kilometre // 1000
            if people[shift]:
                driving += np.array([*people[shift], *self._nothing])[:, None] * SCALE
            return driving

        return self._registered(people, table)

    def _add_people(self, people: list[tuple[int, ...]]) -> None:
        """Weigh who serves whom by a load that grows with its points."""
        loads = [self.routing.RegisterUnaryTransitVector([*own, *self._nothing]) for own in people]
        most = max(sum(own) for own in people)
        self.routing.AddDimensionWithVehicleTransits(loads, 0, most, True, "people")
        self.routing.GetDimensionOrDie("people").SetSpanCostCoefficientForAllVehicles(SCALE)

    def _registered(self, own: Sequence[tuple[int, ...]], table: Callable[[int], NDArray[np.int64]]) -> list[int]:
        """Return a callback per shift, one for all shifts of a profile that have the same of their `own`."""
        known: dict[tuple[str, tuple[int, ...]], int] = {}
        for data in self.instance.shifts:
            key = (data.profile, own[data.index])
            if key not in known:
                known[key] = self.routing.RegisterTransitMatrix(table(data.index).tolist())
        return [known[data.profile, own[data.index]] for data in self.instance.shifts]

    @cached_property
    def _nothing(self) -> tuple[int, ...]:
        return (0,) * (2 * len(self.instance.shifts))

    def _between(self, table: Table) -> NDArray[np.int64]:
        """Return a table by place as one by manager node: tasks left and entered, starts and ends of shifts."""
        starts, ends = [d.start for d in self.instance.shifts], [d.end for d in self.instance.shifts]
        exits = [task.exit for task in self.tasks] + starts + ends
        entries = [task.entry for task in self.tasks] + starts + ends
        return table[np.ix_(exits, entries)].astype(np.int64)

    def _worker_points(self, task: Task, shift: int) -> int:
        firsts = {self.instance.nodes[index].request for index in task.nodes if not self._is_end(index)}
        return sum(self.instance.worker_points(request, shift) for request in firsts)

    def _is_end(self, node: int) -> bool:
        found = self.instance.nodes[node]
        return not found.is_visit and not found.is_pickup

    def routes(self, assignment: Any) -> Routes:  # noqa: ANN401
        """Return the sequences of an assignment, requests served in part left out."""
        sequences: list[list[int]] = []
        for shift in range(len(self.instance.shifts)):
            index, nodes = assignment.Value(self.routing.NextVar(self.routing.Start(shift))), []
            while not self.routing.IsEnd(index):
                nodes += self.tasks[self.manager.IndexToNode(index)].nodes
                index = assignment.Value(self.routing.NextVar(index))
            sequences.append(nodes)
        return tuple(tuple(nodes) for nodes in sequences)

    def add_load(self, name: str, demand: list[int], capacities: list[int]) -> None:
        """Add a dimension that no shift may exceed: `demand` per task, `capacities` per shift."""
        callback = self.routing.RegisterUnaryTransitVector([*demand, *self._nothing])
        self.routing.AddDimensionWithVehicleCapacity(callback, 0, capacities, True, name)

    def position_of(self, nodes: tuple[int, ...]) -> int:
        """Return the task that is exactly these nodes."""
        return next(position for position in self.positions(nodes[0]) if self.tasks[position].nodes == nodes)
