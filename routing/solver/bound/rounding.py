"""From a mixture of routes to routes: those that it uses most, as far as they do not serve the same requests."""

from __future__ import annotations

from collections.abc import Iterable

from routing.solver.bound.column import Column
from routing.solver.bound.kinds import Kind
from routing.solver.elements import Routes, Sequence
from routing.solver.instance import Instance


def rounded(instance: Instance, kinds: tuple[Kind, ...], used: Iterable[tuple[Column, float]]) -> Routes:
    """Return one sequence per shift; rules that tie routes to each other are not looked at."""
    routes: list[Sequence] = [() for _ in instance.shifts]
    free = [list(kind.shifts) for kind in kinds]
    missing = list(instance.crew)
    for column, _ in sorted(used, key=lambda item: -item[1]):
        if not free[column.kind]:
            continue
        sequence = _first_services(instance, column, missing)
        if sequence:
            routes[free[column.kind].pop(0)] = sequence
            for request in {instance.nodes[index].request for index in sequence}:
                missing[request] -= 1
    return tuple(routes)


def _first_services(instance: Instance, column: Column, missing: list[int]) -> Sequence:
    """Return the stops of a route without requests that others serve already, and each of them once."""
    kept = (stop for stop, _ in column.times if missing[instance.nodes[stop].request] > 0)
    return tuple(dict.fromkeys(kept))
