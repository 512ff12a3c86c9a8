"""Set the printed times: the best timetable for given sequences, as a small exact model of its own.

The order of stops is fixed. Routes that do not depend on each other are timed apart, a group of routes that was timed
before is not timed again, and of a large group only what changed since the plan before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from routing.plan import Plan, Route
from routing.solver.earliest import groups
from routing.solver.elements import Routes, Sequence
from routing.solver.instance import Instance
from routing.solver.timing_blocks import LARGEST, time_afresh, time_changes

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
        self._known: dict[_Group, Mapping[int, Route] | None] = {}
        self._roughly: dict[_Group, Mapping[int, Route]] = {}
        self._last: Mapping[int, tuple[Sequence, Route]] = {}

    def plan(self, routes: Routes, *, quick: bool = False) -> Plan | None:
        """Return the plan of `routes` with the best printed times, or None where no timetable exists.

        `quick` leaves the times of what did not change since the plan before, also in a small group.
        """
        printed: dict[int, Route] = {}
        for group in groups(self._instance, routes):
            timed = self._group(routes, group, quick=quick)
            if timed is None:
                return None
            printed.update(timed)
        self._last = {shift: (routes[shift], route) for shift, route in printed.items()}
        served = {self._instance.nodes[index].request for sequence in routes for index in sequence}
        return Plan(
            routes=tuple(printed[shift] for shift in sorted(printed)),
            unassigned=tuple(request.id for i, request in enumerate(self._instance.requests) if i not in served),
        )

    def _group(self, routes: Routes, together: list[int], *, quick: bool) -> Mapping[int, Route] | None:
        group = tuple((s, routes[s]) for s in together)
        if group in self._known:
            return self._known[group]
        if quick and group in self._roughly:
            return self._roughly[group]
        rough = self._changes(routes, together) if len(group) > (_FEW if quick else LARGEST) else None
        if rough is not None and len(group) <= LARGEST:
            self._roughly = self._roughly if len(self._roughly) < _KEPT else {}
            self._roughly[group] = rough
            return rough
        self._known = self._known if len(self._known) < _KEPT else {}
        self._known[group] = time_afresh(self._instance, routes, together) if rough is None else rough
        return self._known[group]

    def _changes(self, routes: Routes, group: list[int]) -> Mapping[int, Route] | None:
        """Return the printed routes of a group where only some changed since the last plan, the others as they were."""
        last = {s: self._last[s][1] for s in group if s in self._last and self._last[s][0] == routes[s]}
        return time_changes(self._instance, routes, group, last)
