"""Set the printed times: the best timetable for given sequences, as a small exact model of its own.

The order of stops is fixed. Routes that do not depend on each other are timed apart, and a group of routes that was
timed before is not timed again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from ortools.sat.python import cp_model

from routing.plan import Plan, Route
from routing.solver.earliest import dependent, earliest
from routing.solver.elements import Routes, Sequence
from routing.solver.instance import Instance
from routing.solver.printing import print_route
from routing.solver.timing_model import TimingModel

_WORK = 1.0
"""Deterministic seconds CP-SAT may think about one group of routes; its best timetable so far is then taken."""

_Group: TypeAlias = tuple[tuple[int, Sequence], ...]


def timetable(instance: Instance, routes: Routes) -> Plan | None:
    """Return the plan of `routes` with the best printed times, or None where no timetable exists."""
    return Timetables(instance).plan(routes)


class Timetables:
    """Time the routes of one instance, remembering every group of routes."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._known: dict[_Group, Mapping[int, Route] | None] = {}

    def plan(self, routes: Routes) -> Plan | None:
        """Return the plan of `routes` with the best printed times, or None where no timetable exists."""
        printed: dict[int, Route] = {}
        for shift, sequence in enumerate(routes):
            if sequence and shift not in printed:
                timed = self._group(routes, shift)
                if timed is None:
                    return None
                printed.update(timed)
        served = {self._instance.nodes[index].request for sequence in routes for index in sequence}
        return Plan(
            routes=tuple(printed[shift] for shift in sorted(printed)),
            unassigned=tuple(request.id for i, request in enumerate(self._instance.requests) if i not in served),
        )

    def _group(self, routes: Routes, shift: int) -> Mapping[int, Route] | None:
        together = sorted(s for s in dependent(self._instance, routes, [shift]) if routes[s])
        group = tuple((s, routes[s]) for s in together)
        if group not in self._known:
            self._known[group] = _time_group(self._instance, routes, together)
        return self._known[group]


def _time_group(instance: Instance, routes: Routes, group: list[int]) -> Mapping[int, Route] | None:
    sure = earliest(instance, routes, group)
    if sure is None:
        return None
    model = TimingModel(instance=instance, routes=routes, group=group)
    model.build()
    model.hint(sure)
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False  # or Ctrl-C would end the process from the first solve on
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = _WORK
    if solver.solve(model.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {shift: model.read(solver, shift) for shift in group}
    return {c.shift: print_route(instance, c, sure.of(c)) for c in sure.chains}
