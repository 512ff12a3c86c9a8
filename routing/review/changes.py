"""Change one thing of a problem: the edits that remedies are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from routing.problem import Problem, Shipment, Step, StepKind, TimeWindow, Visit


def widen(problem: Problem, step: Step, *, earlier: int = 0, later: int = 0) -> Problem:
    """Return the problem with every window of a step opened `earlier` and closed `later` seconds; joined if they meet.

    A time lock on the step still replaces its windows.
    """

    def visit(old: Visit) -> Visit:
        return replace(old, windows=_grown(old.windows, earlier, later)) if old.id == step.request else old

    def ride(old: Shipment) -> Shipment:
        if old.id != step.request:
            return old
        if step.kind is StepKind.PICKUP:
            return replace(old, pickup=replace(old.pickup, windows=_grown(old.pickup.windows, earlier, later)))
        return replace(old, delivery=replace(old.delivery, windows=_grown(old.delivery.windows, earlier, later)))

    return replace(problem, visits=tuple(map(visit, problem.visits)), shipments=tuple(map(ride, problem.shipments)))


def _grown(windows: tuple[TimeWindow, ...], earlier: int, later: int) -> tuple[TimeWindow, ...]:
    merged: list[TimeWindow] = []
    for window in sorted(windows):
        low, high = max(0, window.earliest - earlier), window.latest + later
        if merged and low <= merged[-1].latest:
            merged[-1] = TimeWindow(earliest=merged[-1].earliest, latest=max(merged[-1].latest, high))
        else:
            merged.append(TimeWindow(earliest=low, latest=high))
    return tuple(merged)


def lengthen_ride(problem: Problem, ride: str, *, seconds: int, direct: int) -> Problem:
    """Return the problem with a ride allowed `seconds` more, its relative limit measured on a `direct` way in seconds.

    Where a vehicle's direct way is shorter than `direct`, a relative limit grows by less.
    """
    percent = -(-100 * seconds // max(1, direct))

    def longer(old: Shipment) -> Shipment:
        if old.id != ride:
            return old
        return replace(
            old,
            max_ride=None if old.max_ride is None else old.max_ride + seconds,
            max_ride_percent=None if old.max_ride_percent is None else old.max_ride_percent + percent,
        )

    return replace(problem, shipments=tuple(map(longer, problem.shipments)))


def stretch_shift(problem: Problem, shift: str, *, earlier: int = 0, later: int = 0) -> Problem:
    """Return the problem with a shift that begins `earlier` and ends `later` seconds; it may not last longer."""
    old = problem.shift_by_id[shift]
    return change_shift(problem, shift, earliest=max(0, old.earliest - earlier), latest=old.latest + later)


def lengthen_shift(problem: Problem, shift: str, seconds: int) -> Problem:
    """Return the problem with a shift that may last `seconds` longer within its hours."""
    longest = problem.shift_by_id[shift].max_duration
    return change_shift(problem, shift, max_duration=None if longest is None else longest + seconds)


def grant_skills(problem: Problem, shift: str, requests: Iterable[str]) -> Problem:
    """Return the problem with a shift that can do all that `requests` ask for."""
    wanted = frozenset(skill for name in requests for skill in problem.request_by_id[name].skills)
    return change_shift(problem, shift, skills=problem.shift_by_id[shift].skills | wanted)


def change_shift(problem: Problem, shift: str, **changes: Any) -> Problem:  # noqa: ANN401  # any field of a shift
    """Return the problem with fields of one shift replaced."""
    return replace(problem, shifts=tuple(replace(s, **changes) if s.id == shift else s for s in problem.shifts))


def release(problem: Problem, requests: Iterable[str]) -> Problem:
    """Return the problem without the locks that name any of `requests`."""
    names = set(requests)
    kept = tuple(lock for lock in problem.locks if not names & replace(problem, locks=(lock,)).locked_requests)
    return replace(problem, locks=kept)
