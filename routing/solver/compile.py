"""Compile a problem into the parts of an instance."""

from __future__ import annotations

from collections.abc import Mapping

from routing.matrix import Matrix
from routing.problem import (
    Load,
    Problem,
    ShiftLock,
    ShipmentStep,
    Step,
    StepKind,
    TimeLock,
    TimeWindow,
    Visit,
)
from routing.solver.elements import NEVER, Amounts, Interval, Node, ShiftData
from routing.solver.ways import Ways


def compile_shifts(problem: Problem, matrix: Matrix, ways: Mapping[str, Ways]) -> tuple[ShiftData, ...]:
    """Return the shifts with what their vehicles drive and hold."""
    found = []
    for index, shift in enumerate(problem.shifts):
        vehicle = problem.vehicle_by_id[shift.vehicle]
        found.append(
            ShiftData(
                index=index,
                shift=shift,
                start=matrix.index[shift.start_place],
                end=matrix.index[shift.end_place],
                hard_end=shift.latest + shift.overtime,
                layouts=tuple(_triple(layout) for layout in vehicle.layouts),
                offers=problem.offers(shift),
                profile=vehicle.profile,
                seconds=ways[vehicle.profile].seconds,
                metres=ways[vehicle.profile].metres,
                hold=NEVER if vehicle.goods is None else vehicle.goods,
            )
        )
    return tuple(found)


def compile_nodes(problem: Problem, matrix: Matrix) -> tuple[Node, ...]:
    """Return the stops of all requests, a ride's pickup before its delivery."""
    locks = time_locks(problem)
    nodes: list[Node] = []
    for position, request in enumerate(problem.requests):
        first = len(nodes)
        parts: list[tuple[StepKind, Visit | ShipmentStep, Amounts, int]]
        if isinstance(request, Visit):
            parts = [(StepKind.VISIT, request, (0, 0, 0), -1)]
        else:
            load = _triple(request.load)
            away = (-load[0], -load[1], -load[2])
            parts = [
                (StepKind.PICKUP, request.pickup, load, first + 1),
                (StepKind.DELIVERY, request.delivery, away, first),
            ]
        for kind, part, load, partner in parts:
            step = Step(request=request.id, kind=kind)
            locked = locks.get(step)
            windows = ((w.earliest, w.latest) for w in sorted(part.windows))
            nodes.append(
                Node(
                    index=len(nodes),
                    step=step,
                    request=position,
                    place=matrix.index[part.place],
                    duration=part.duration,
                    windows=(locked,) if locked else tuple(windows),
                    domain=(locked,) if locked else _domain(part.windows, part.max_lateness),
                    load=load,
                    partner=partner,
                    goods=request.goods if isinstance(request, Visit) else 0,
                )
            )
    return tuple(nodes)


def time_locks(problem: Problem) -> dict[Step, Interval]:
    """Return what the time locks leave of each locked step: the last common interval where they contradict."""
    found: dict[Step, Interval] = {}
    for lock in problem.locks:
        if isinstance(lock, TimeLock):
            low, high = found.get(lock.step, (lock.window.earliest, lock.window.latest))
            both = (max(low, lock.window.earliest), min(high, lock.window.latest))
            found[lock.step] = both if both[0] <= both[1] else (low, high)
    return found


def torn(problem: Problem) -> frozenset[int]:
    """Return the requests with time locks that contradict each other."""
    left = time_locks(problem)
    names = {
        lock.step.request
        for lock in problem.locks
        if isinstance(lock, TimeLock)
        and not lock.window.earliest <= left[lock.step][0] <= left[lock.step][1] <= lock.window.latest
    }
    return frozenset(position for position, request in enumerate(problem.requests) if request.id in names)


def sides(problem: Problem, matrix: Matrix) -> list[int]:
    """Return, per place, the position of the crossing that leads to it, -1 on the mainland."""
    side = [-1] * len(matrix.places)
    for position, crossing in enumerate(problem.crossings):
        for place in (*crossing.island, crossing.island_harbour):
            side[matrix.index[place]] = position
    return side


def pins(problem: Problem) -> dict[int, frozenset[int]]:
    """Return, per request that locks name, the shifts they name for it."""
    requests = {request.id: position for position, request in enumerate(problem.requests)}
    shifts = {shift.id: position for position, shift in enumerate(problem.shifts)}
    found: dict[int, frozenset[int]] = {}
    for lock in problem.locks:
        if isinstance(lock, TimeLock):
            continue
        named = lock.requests if isinstance(lock, ShiftLock) else tuple(step.request for step in lock.steps)
        for request in named:
            position = requests[request]
            found[position] = found.get(position, frozenset()) | {shifts[lock.shift]}
    return found


def _triple(load: Load) -> Amounts:
    return (load.seats, load.wheelchairs, load.stretchers)


def _domain(windows: tuple[TimeWindow, ...], lateness: int) -> tuple[Interval, ...]:
    """Return the disjoint intervals in which service may begin, lateness allowed, in order."""
    merged: list[Interval] = []
    for window in sorted(windows):
        low, high = window.earliest, window.latest + lateness
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)
