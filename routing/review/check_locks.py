"""Rules on a coordinator's locks: who, in which order. A locked request that is left out breaks none of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from routing.plan import StopKind
from routing.problem import SequenceLock, ShiftLock
from routing.review.codes import Violation, ViolationCode
from routing.review.reading import Call, Reading


def shift_locks(reading: Reading) -> Iterator[Violation]:
    """Require a request with a `ShiftLock` to be served by that shift, a two-person visit by it among others."""
    for lock in reading.problem.locks:
        if not isinstance(lock, ShiftLock):
            continue
        for request in lock.requests:
            calls = reading.first_calls(request)
            if calls and lock.shift not in [call.shift for call in calls]:
                yield _elsewhere(calls, lock.shift)


def sequence_locks(reading: Reading) -> Iterator[Violation]:
    """Require the served steps of a `SequenceLock` to stand on its shift in its order, if strict side by side."""
    for lock in reading.problem.locks:
        if not isinstance(lock, SequenceLock):
            continue
        kept: list[Call] = []
        for step in lock.steps:
            calls = reading.calls(step.request, StopKind(step.kind.value))
            here = [call for call in calls if call.shift == lock.shift]
            if calls and not here:
                yield _elsewhere(calls, lock.shift)
            kept += here[:1]
        yield from _in_order(lock, kept)


_ON_THE_WAY = (StopKind.BREAK, StopKind.BOARD, StopKind.LAND)


def _in_order(lock: SequenceLock, kept: list[Call]) -> Iterator[Violation]:
    for one, other in pairwise(kept):
        names = f"{one.stop.request} → {other.stop.request}"
        between = one.tour.stops[one.position + 1 : other.position]
        if one.position >= other.position:
            yield other.tour.violation(ViolationCode.LOCK_ORDER, other.stop, expected=names)
        elif lock.strict and any(stop.kind not in _ON_THE_WAY for stop in between):
            found = ", ".join(stop.request or stop.place for stop in between if stop.kind not in _ON_THE_WAY)
            yield other.tour.violation(ViolationCode.LOCK_STRICT, other.stop, found=found, expected=names)


def _elsewhere(calls: list[Call], shift: str) -> Violation:
    found = ", ".join(call.shift for call in calls)
    return calls[0].tour.violation(ViolationCode.LOCK_SHIFT, calls[0].stop, found=found, expected=shift)
