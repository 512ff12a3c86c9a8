"""Rules on the shape of routes: known names, START to END, the right kind of stop at the right place."""

from __future__ import annotations

from collections.abc import Iterator

from routing.plan import StopKind
from routing.review.codes import Violation, ViolationCode
from routing.review.reading import Reading

_SERVING = (StopKind.VISIT, StopKind.PICKUP, StopKind.DELIVERY)
_SAILING = (StopKind.BOARD, StopKind.LAND)


def known_shifts(reading: Reading) -> Iterator[Violation]:
    """Require a route to belong to a shift of the problem, and a shift to have one route."""
    shifts = {shift.id for shift in reading.problem.shifts}
    seen: set[str] = set()
    for route in reading.plan.routes:
        if route.shift not in shifts:
            yield Violation(code=ViolationCode.UNKNOWN_SHIFT, shift=route.shift)
        elif route.shift in seen:
            yield Violation(code=ViolationCode.REPEATED_ROUTE, shift=route.shift)
        seen.add(route.shift)


def start_to_end(reading: Reading) -> Iterator[Violation]:
    """Require START first, END last, and neither in between."""
    for route in reading.plan.routes:
        kinds = [stop.kind for stop in route.stops]
        inner = kinds[1:-1]
        whole = kinds[:1] == [StopKind.START] and kinds[-1:] == [StopKind.END]
        if not whole or StopKind.START in inner or StopKind.END in inner:
            yield Violation(code=ViolationCode.ROUTE_ENDS, shift=route.shift)


def own_bases(reading: Reading) -> Iterator[Violation]:
    """Require a route to leave its shift's start place and to return to its end place."""
    for tour in reading.tours:
        bases = {StopKind.START: tour.shift.start_place, StopKind.END: tour.shift.end_place}
        for stop in tour.stops:
            base = bases.get(stop.kind, stop.place)
            if stop.place != base:
                yield tour.violation(ViolationCode.WRONG_BASE, stop, found=stop.place, expected=base)


def known_places(reading: Reading) -> Iterator[Violation]:
    """Require every stop to stand at a place of the problem."""
    for tour in reading.tours:
        for stop in tour.stops:
            if stop.place not in reading.places:
                yield tour.violation(ViolationCode.UNKNOWN_PLACE, stop, found=stop.place)


def known_requests(reading: Reading) -> Iterator[Violation]:
    """Require every request named by a stop or left out to belong to the problem."""
    known = reading.visits.keys() | reading.rides.keys()
    for tour in reading.tours:
        for stop in tour.stops:
            if stop.request is not None and stop.request not in known:
                yield tour.violation(ViolationCode.UNKNOWN_REQUEST, stop)
    for request in reading.plan.unassigned:
        if request not in known:
            yield Violation(code=ViolationCode.UNKNOWN_REQUEST, request=request)


def fitting_stops(reading: Reading) -> Iterator[Violation]:
    """Require VISIT to name a visit, PICKUP and DELIVERY a ride, BOARD and LAND a crossing, and other stops nothing."""
    known = reading.visits.keys() | reading.rides.keys()
    for tour in reading.tours:
        for stop in tour.stops:
            if stop.kind in _SERVING:
                named = stop.request is not None and stop.request not in known  # reported as unknown already
                fits = named or reading.asked_of(stop) is not None
            else:
                fits = stop.request is None
            if not fits or (stop.crossing is not None) != (stop.kind in _SAILING):
                yield tour.violation(ViolationCode.WRONG_STOP, stop, found=stop.kind.value)


def right_places(reading: Reading) -> Iterator[Violation]:
    """Require a stop to stand where its request is."""
    for tour in reading.tours:
        for stop in tour.stops:
            asked = reading.asked_of(stop)
            if asked is not None and stop.place in reading.places - {asked.place}:
                yield tour.violation(ViolationCode.WRONG_PLACE, stop, found=stop.place, expected=asked.place)
