"""Time many routes that depend on each other a few at a time, what the others print being fixed meanwhile."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from routing.plan import Route
from routing.solver.earliest import Timing, earliest_of_group, neighbours, shared
from routing.solver.elements import Interval, Routes
from routing.solver.instance import Instance
from routing.solver.printing import print_route
from routing.solver.timing_model import TimingModel, Wishes
from routing.solver.timing_weights import weigh

LARGEST = 10
"""How many routes are timed in one model at most: its work grows faster than the number of routes."""

_BLOCK = 5
"""How many routes of a larger group are timed at once."""

_CHANGED = 3
"""How many times `LARGEST` routes are timed at once where all others of a group stay as they are."""


@dataclass(frozen=True, kw_only=True)
class Printed:
    """The printed routes of a group, and how much work they are the best of: infinite where proven."""

    routes: Mapping[int, Route]
    work: float


def time_afresh(instance: Instance, routes: Routes, group: list[int], work: float) -> Printed | None:
    """Return the printed routes of a group, or None where it has no timetable: all at the earliest, then in blocks."""
    sure = earliest_of_group(instance, routes, group)
    if sure is None:
        return None
    printed = {c.shift: print_route(instance, c, sure.of(c)) for c in sure.chains}
    if len(group) <= LARGEST:
        return time_block(instance, routes, group, printed, work, sure) or Printed(routes=printed, work=work)
    for block in _blocks(instance, routes, group):
        timed = time_block(instance, routes, block, printed, work)
        printed.update(timed.routes if timed is not None else {})
    return Printed(routes=printed, work=work)


def time_changes(
    instance: Instance, routes: Routes, group: list[int], last: Mapping[int, Route], work: float
) -> Printed | None:
    """Return the printed routes of a group most of which are as in `last`, or None where few are or those must move.

    All of `last` must come from one plan: what it prints of unchanged routes fits together.
    """
    changed = {shift for shift in group if shift not in last}
    if not changed or len(changed) * 2 > len(group):
        return None
    around = neighbours(instance, routes)
    cars = {b for pair in shared(instance) if changed & set(pair) for b in pair if routes[b]}
    for block in (changed | cars, changed.union(cars, *(around.get(shift, set()) for shift in changed))):
        if len(block) > _CHANGED * LARGEST:
            return None
        timed = time_block(instance, routes, sorted(block), last, work)
        if timed is not None:
            return Printed(routes={**last, **timed.routes}, work=work)
    return None


def time_block(
    instance: Instance,
    routes: Routes,
    block: list[int],
    printed: Mapping[int, Route],
    work: float,
    sure: Timing | None = None,
    wishes: Wishes | None = None,
) -> Printed | None:
    """Return the best times of a block of routes beside what the others print, or None where none are found.

    Every leg of the block must have been driven before; `wishes` are times to stay near.
    """
    hours = _hours(instance, block, printed)
    if any(low > high for low, high in hours.values()):
        return None
    fixed = _fixed(instance, routes, block, printed)
    model = TimingModel(
        instance=instance, routes=routes, group=block, fixed=fixed, hours=hours, wishes=wishes or Wishes()
    )
    model.build()
    weigh(model)
    if sure is not None:
        model.hint(sure)
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False  # or Ctrl-C would end the process from the first solve on
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = work
    status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    best = math.inf if status == cp_model.OPTIMAL else work
    return Printed(routes={shift: model.read(solver, shift) for shift in block}, work=best)


def _fixed(instance: Instance, routes: Routes, block: list[int], printed: Mapping[int, Route]) -> dict[int, int]:
    """Return when the stops begin that other routes print and that tie them to a block."""
    tied = {node for shift in block for index in routes[shift] for node in instance.tied.get(index, ())}
    served = {shift: tied.intersection(routes[shift]) for shift in printed if shift not in block}
    return {
        instance.node_of_step[stop.step]: stop.start
        for shift, nodes in served.items()
        for stop in (printed[shift].stops if nodes else ())
        if stop.step is not None and instance.node_of_step[stop.step] in nodes
    }


def _hours(instance: Instance, block: list[int], printed: Mapping[int, Route]) -> dict[int, Interval]:
    """Return what others of their worker or vehicle leave of the hours of a block's shifts, in the order printed."""
    found: dict[int, Interval] = {}
    pairs = [pair for a, b in shared(instance) for pair in ((a, b), (b, a))]
    for own, other in pairs:
        if own in block and other in printed and other not in block:
            data, there = instance.shifts[own], printed[other].stops
            low, high = found.get(own, (data.shift.earliest, data.hard_end))
            first = own in printed and printed[own].stops[0].departure < there[0].departure
            found[own] = (low, min(high, there[0].departure)) if first else (max(low, there[-1].arrival), high)
    return found


def _blocks(instance: Instance, routes: Routes, group: list[int]) -> Iterator[list[int]]:
    """Yield the routes of a group in blocks, those that are tied to each other in one where possible."""
    near, left = neighbours(instance, routes), set(group)
    while left:
        queue, block = deque([min(left)]), list[int]()
        while queue and len(block) < min(_BLOCK, LARGEST):
            shift = queue.popleft()
            if shift in left:
                left.discard(shift)
                block.append(shift)
                queue.extend(sorted(near.get(shift, set()) & left))
        yield sorted(block)
