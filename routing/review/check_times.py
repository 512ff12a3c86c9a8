"""Rules on driving and printed times: the matrix, the arithmetic from stop to stop, windows and shift hours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from routing.plan import Stop, StopKind
from routing.problem import Step, StepKind, TimeLock, TimeWindow
from routing.review.codes import Violation, ViolationCode
from routing.review.reading import Reading, Tour, span
from routing.wording.format import clock_exact


def driven_as_the_matrix_says(reading: Reading) -> Iterator[Violation]:
    """Require the printed travel and metres to be the matrix's for the vehicle's profile, and 0 at START and LAND."""
    for tour in reading.tours:
        for leg in _legs(tour):
            driven = _driven(reading, tour, *leg)
            if driven is None:
                if reading.places.issuperset({leg[0].place, leg[1].place}):
                    yield tour.violation(ViolationCode.UNREACHABLE, leg[1], found=f"{leg[0].place} → {leg[1].place}")
                continue
            yield from _same_driving(tour, leg[1], *driven)


def _same_driving(tour: Tour, stop: Stop, seconds: int, metres: int) -> Iterator[Violation]:
    if stop.travel != seconds:
        yield tour.violation(ViolationCode.TRAVEL_DIFFERS, stop, found=span(stop.travel), expected=span(seconds))
    if stop.metres != metres:
        yield tour.violation(ViolationCode.METRES_DIFFER, stop, found=f"{stop.metres} m", expected=f"{metres} m")


def arrivals(reading: Reading) -> Iterator[Violation]:
    """Require a stop to be reached when the way from the stop before it is driven; the ferry rules judge LAND."""
    for tour in reading.tours:
        for before, stop in pairwise(tour.stops):
            driven = _driven(reading, tour, before, stop)
            if stop.kind is StopKind.LAND or driven is None:
                continue
            expected = before.departure + driven[0]
            if stop.arrival != expected:
                yield tour.violation(
                    ViolationCode.ARRIVAL_DIFFERS,
                    stop,
                    found=clock_exact(stop.arrival),
                    expected=clock_exact(expected),
                )


def begins_after_arrival(reading: Reading) -> Iterator[Violation]:
    """Require service to begin at or after arrival."""
    for tour in reading.tours:
        for stop in tour.stops:
            if stop.start < stop.arrival:
                yield tour.violation(
                    ViolationCode.BEGINS_BEFORE_ARRIVAL,
                    stop,
                    found=clock_exact(stop.start),
                    expected=clock_exact(stop.arrival),
                )


def service_lengths(reading: Reading) -> Iterator[Violation]:
    """Require service to last exactly as long as asked, 0 where nobody is served; the break rules judge breaks."""
    for tour in reading.tours:
        for stop in tour.stops:
            asked = reading.asked_of(stop)
            if stop.kind is StopKind.BREAK or (asked is None and stop.request is not None):
                continue
            expected, found = asked.duration if asked else 0, stop.departure - stop.start
            if found != expected:
                yield tour.violation(ViolationCode.SERVICE_DIFFERS, stop, found=span(found), expected=span(expected))


def windows(reading: Reading) -> Iterator[Violation]:
    """Require service to begin inside a window or its allowed lateness, unless a `TimeLock` says otherwise."""
    locked = {lock.step for lock in reading.problem.locks if isinstance(lock, TimeLock)}
    for tour in reading.tours:
        for stop in tour.stops:
            asked = reading.asked_of(stop)
            if asked is None or stop.request is None:
                continue
            if Step(request=stop.request, kind=StepKind(stop.kind.value)) in locked:
                continue
            late = f" (+{span(asked.max_lateness)})" if asked.max_lateness else ""
            if not any(w.earliest <= stop.start <= w.latest + asked.max_lateness for w in asked.windows):
                yield tour.violation(
                    ViolationCode.OUTSIDE_WINDOW,
                    stop,
                    found=clock_exact(stop.start),
                    expected=", ".join(_window_text(w) for w in sorted(asked.windows)) + late,
                )


def time_locks(reading: Reading) -> Iterator[Violation]:
    """Require a step with a `TimeLock` to begin inside the lock's window, without lateness."""
    for lock in reading.problem.locks:
        if not isinstance(lock, TimeLock):
            continue
        for call in reading.calls(lock.step.request, StopKind(lock.step.kind.value)):
            if not lock.window.earliest <= call.stop.start <= lock.window.latest:
                yield call.tour.violation(
                    ViolationCode.LOCK_TIME,
                    call.stop,
                    found=clock_exact(call.stop.start),
                    expected=_window_text(lock.window),
                )


def shift_hours(reading: Reading) -> Iterator[Violation]:
    """Require a route to keep its shift's beginning, its end plus overtime, and its longest duration."""
    for tour in reading.tours:
        shift, length = tour.shift, tour.returns - tour.leaves
        latest = shift.latest + shift.overtime
        if tour.leaves < shift.earliest:
            yield tour.violation(
                ViolationCode.LEAVES_EARLY,
                tour.stops[0],
                found=clock_exact(tour.leaves),
                expected=clock_exact(shift.earliest),
            )
        if tour.returns > latest:
            yield tour.violation(
                ViolationCode.RETURNS_LATE,
                tour.stops[-1],
                found=clock_exact(tour.returns),
                expected=clock_exact(latest),
            )
        if shift.max_duration is not None and length > shift.max_duration:
            yield tour.violation(
                ViolationCode.ROUTE_TOO_LONG,
                tour.stops[-1],
                found=span(length),
                expected=span(shift.max_duration),
            )


def crews_together(reading: Reading) -> Iterator[Violation]:
    """Require the crew of a visit to begin together."""
    for visit in reading.problem.visits:
        calls = reading.calls(visit.id, StopKind.VISIT)
        starts = sorted({call.stop.start for call in calls})
        if len(starts) > 1:
            yield calls[0].tour.violation(
                ViolationCode.CREW_BEGINS_APART, calls[0].stop, found=", ".join(map(clock_exact, starts))
            )


def gaps(reading: Reading) -> Iterator[Violation]:
    """Require the time asked for between the end of a gap's first visit and the beginning of its second."""
    for gap in reading.problem.gaps:
        first, second = reading.calls(gap.first, StopKind.VISIT), reading.calls(gap.second, StopKind.VISIT)
        if not first or not second:
            continue
        pause = min(call.stop.start for call in second) - max(call.stop.departure for call in first)
        if pause < gap.minimum or (gap.maximum is not None and pause > gap.maximum):
            least = span(gap.minimum)
            expected = f"≥ {least}" if gap.maximum is None else f"{least} – {span(gap.maximum)}"
            yield second[0].tour.violation(ViolationCode.GAP, second[0].stop, found=span(pause), expected=expected)


def _legs(tour: Tour) -> Iterator[tuple[Stop, Stop]]:
    """Yield (from, to) for every stop; the first has itself before it."""
    yield tour.stops[0], tour.stops[0]
    yield from pairwise(tour.stops)


def _driven(reading: Reading, tour: Tour, before: Stop, stop: Stop) -> tuple[int, int] | None:
    if stop.kind in (StopKind.START, StopKind.LAND):
        return 0, 0
    return reading.driving(tour, before.place, stop.place)


def _window_text(window: TimeWindow) -> str:
    return f"{clock_exact(window.earliest)}–{clock_exact(window.latest)}"
