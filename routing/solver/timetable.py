"""Set the printed times: the best timetable for given sequences, as a small exact model of its own.

The order of stops is fixed. Routes that do not depend on each other are timed apart, and a group of routes that was
timed before is not timed again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ortools.sat.python import cp_model

from routing.plan import Plan, Route
from routing.solver.earliest import dependent, earliest
from routing.solver.elements import Routes, Sequence
from routing.solver.instance import Instance
from routing.solver.printing import print_route
from routing.solver.timing_model import TimingModel

THOROUGH, QUICK = 1.0, 0.01
"""Deterministic seconds CP-SAT may think about one group of routes; its best timetable so far is then taken.

Routes that do not depend on each other take thousandths; only dozens that do come to the end of it.
"""

_MOST = 40_000
"""How many printed routes are remembered."""

_Group: TypeAlias = tuple[tuple[int, Sequence], ...]


@dataclass(frozen=True, kw_only=True)
class _Printed:
    """The printed routes of a group, and how much work they are the best of: infinite where proven."""

    routes: Mapping[int, Route]
    work: float


def timetable(instance: Instance, routes: Routes) -> Plan | None:
    """Return the plan of `routes` with the best printed times, or None where no timetable exists."""
    return Timetables(instance).plan(routes)


class Timetables:
    """Time the routes of one instance, remembering every group of routes."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._known: dict[_Group, _Printed | None] = {}
        self._held = 0

    def plan(self, routes: Routes, *, work: float = THOROUGH) -> Plan | None:
        """Return the plan of `routes` with the best printed times, or None where no timetable exists.

        `work` are the deterministic seconds for one group of routes; a group known with its best times takes none.
        """
        printed = self.around(routes, range(len(routes)), work=work)
        if printed is None:
            return None
        served = {self._instance.nodes[index].request for sequence in routes for index in sequence}
        return Plan(
            routes=tuple(printed[shift] for shift in sorted(printed)),
            unassigned=tuple(request.id for i, request in enumerate(self._instance.requests) if i not in served),
        )

    def around(self, routes: Routes, shifts: Iterable[int], *, work: float = QUICK) -> Mapping[int, Route] | None:
        """Return the printed routes of `shifts` and of all that depend on them, or None where they have no times."""
        printed: dict[int, Route] = {}
        for shift in shifts:
            if routes[shift] and shift not in printed:
                timed = self._group(routes, shift, work)
                if timed is None:
                    return None
                printed.update(timed.routes)
        return printed

    def _group(self, routes: Routes, shift: int, work: float) -> _Printed | None:
        together = sorted(s for s in dependent(self._instance, routes, [shift]) if routes[s])
        group = tuple((s, routes[s]) for s in together)
        known = self._known.get(group)
        if group not in self._known or (known is not None and known.work < work):
            self._make_room(len(group))
            self._known[group] = _time_group(self._instance, routes, together, work)
        return self._known[group]

    def _make_room(self, size: int) -> None:
        """Forget everything once too many routes are remembered: a long search would fill the memory."""
        self._held += size
        if self._held > _MOST:
            self._known.clear()
            self._held = size


def _time_group(instance: Instance, routes: Routes, group: list[int], work: float) -> _Printed | None:
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
    solver.parameters.max_deterministic_time = work
    status = solver.solve(model.model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        best = math.inf if status == cp_model.OPTIMAL else work
        return _Printed(routes={shift: model.read(solver, shift) for shift in group}, work=best)
    return _Printed(routes={c.shift: print_route(instance, c, sure.of(c)) for c in sure.chains}, work=work)
