"""Set the printed times: the best timetable for given sequences, as a small exact model of its own.

The order of stops is fixed. Routes that do not depend on each other are timed apart, a group of routes that was timed
before is not timed again, and of a large group only what changed since the plan before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from routing.plan import Plan, Route
from routing.solver.earliest import groups
from routing.solver.elements import Routes, Sequence
from routing.solver.instance import Instance
from routing.solver.timing_blocks import LARGEST, Printed, time_afresh, time_changes

THOROUGH, BETTER, QUICK = 1.0, 0.03, 0.01
"""Deterministic seconds CP-SAT may think about one group of routes; its best timetable so far is then taken.

Routes that do not depend on each other take thousandths; only dozens that do come to the end of it. Quickly, what did
not change since the plan before keeps its times; a large group that does is timed wholly only where it is thorough.
"""

_Group: TypeAlias = tuple[tuple[int, Sequence], ...]

_FEW = 3
"""How many routes that depend on each other are timed together even where it is to be quick."""

_KEPT = 20_000
"""How many groups of routes are remembered."""


def timetable(instance: Instance, routes: Routes) -> Plan | None:
    """Return the plan of `routes` with the best printed times, or None where no timetable exists."""
    return Timetables(instance).plan(routes)


class Timetables:
    """Time the routes of one instance, remembering every group of routes and the last plan."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._known: dict[_Group, Printed | None] = {}
        self._last: Mapping[int, tuple[Sequence, Route]] = {}

    def begin_from(self, printed: Mapping[int, tuple[Sequence, Route]]) -> None:
        """Take routes of one plan, each with its sequence, for those of the plan before."""
        self._last = printed

    def plan(self, routes: Routes, *, work: float = THOROUGH) -> Plan | None:
        """Return the plan of `routes` with the best printed times, or None where no timetable exists.

        `work` are the deterministic seconds for one group of routes; a group known with its best times takes none.
        """
        printed = self.around(routes, range(len(routes)), work=work)
        if printed is None:
            return None
        self._last = {shift: (routes[shift], route) for shift, route in printed.items()}
        served = {self._instance.nodes[index].request for sequence in routes for index in sequence}
        return Plan(
            routes=tuple(printed[shift] for shift in sorted(printed)),
            unassigned=tuple(request.id for i, request in enumerate(self._instance.requests) if i not in served),
        )

    def around(self, routes: Routes, shifts: Iterable[int], *, work: float = QUICK) -> Mapping[int, Route] | None:
        """Return the printed routes of `shifts` and of all that depend on them, or None where they have no times."""
        printed, asked = dict[int, Route](), set(shifts)
        for group in groups(self._instance, routes):
            if not asked.isdisjoint(group):
                timed = self._group(routes, group, work)
                if timed is None:
                    return None
                printed.update(timed.routes)
        return printed

    def _group(self, routes: Routes, together: list[int], work: float) -> Printed | None:
        group = tuple((s, routes[s]) for s in together)
        known, large = self._known.get(group), len(group) > LARGEST
        if group in self._known and (known is None or known.work >= work or (large and work < THOROUGH)):
            return known
        rough = self._changes(routes, together, work) if self._may_be_rough(len(group), work) else None
        self._known = self._known if len(self._known) < _KEPT else {}
        self._known[group] = rough or time_afresh(self._instance, routes, together, work)
        return self._known[group]

    def _may_be_rough(self, size: int, work: float) -> bool:
        return (work <= QUICK and size > _FEW) or (work < THOROUGH and size > LARGEST)

    def _changes(self, routes: Routes, group: list[int], work: float) -> Printed | None:
        """Return the printed routes of a group where only some changed since the last plan, the others as they were."""
        last = {s: self._last[s][1] for s in group if s in self._last and self._last[s][0] == routes[s]}
        return time_changes(self._instance, routes, group, last, work)
