"""Rules on breaks: taken when due, once, for the right time, in a place where one can rest, with nobody aboard."""

from __future__ import annotations

from collections.abc import Iterator

from routing.plan import Stop, StopKind
from routing.problem import Break
from routing.review.codes import Violation, ViolationCode
from routing.review.reading import Reading, Tour, span
from routing.wording.format import clock_exact


def breaks_taken(reading: Reading) -> Iterator[Violation]:
    """Require every due break to be taken, each at most once, for its length and inside its window."""
    for tour in reading.tours:
        pauses = [stop for stop in tour.stops if stop.kind is StopKind.BREAK]
        # The due ones come first: a pause that would do for two breaks serves the one that must be taken.
        wanted = sorted(tour.shift.breaks, key=lambda item: not _is_due(tour, item))
        taken = _pair(wanted, pauses)
        open_breaks = [item for position, item in enumerate(wanted) if position not in taken]
        for stop in (stop for position, stop in enumerate(pauses) if position not in taken.values()):
            yield _fault(tour, stop, open_breaks.pop(0) if open_breaks else None)
        for item in open_breaks:
            if _is_due(tour, item):
                yield Violation(
                    code=ViolationCode.BREAK_MISSING,
                    shift=tour.shift.id,
                    found=span(tour.returns - tour.leaves),
                    expected=f"{span(item.duration)}, {_window_text(item)}",
                )


def break_places(reading: Reading) -> Iterator[Violation]:
    """Require a break to stand at the place of the stop before or after it."""
    for tour in reading.tours:
        for position, stop in enumerate(tour.stops):
            if stop.kind is not StopKind.BREAK:
                continue
            around = (_nearest(tour.stops[:position][::-1]), _nearest(tour.stops[position + 1 :]))
            places = [near.place for near in around if near is not None]
            if stop.place not in places:
                yield tour.violation(ViolationCode.BREAK_PLACE, stop, found=stop.place, expected=", ".join(places))


def breaks_with_nobody_aboard(reading: Reading) -> Iterator[Violation]:
    """Require that no break is taken with a passenger aboard."""
    for tour in reading.tours:
        rides = reading.carried_by(tour)
        for position, stop in enumerate(tour.stops):
            aboard = [item.ride.id for item in rides if item.aboard_at(position)]
            if stop.kind is StopKind.BREAK and aboard:
                yield tour.violation(ViolationCode.BREAK_ABOARD, stop, found=", ".join(aboard))


def _is_due(tour: Tour, item: Break) -> bool:
    return tour.returns - tour.leaves > item.required_after


def _serves(stop: Stop, item: Break) -> bool:
    return stop.departure - stop.start == item.duration and item.window.earliest <= stop.start <= item.window.latest


def _pair(wanted: list[Break], pauses: list[Stop]) -> dict[int, int]:
    """Return a largest matching, break position to pause position, by augmenting paths; earlier breaks go first."""
    holder: dict[int, int] = {}

    def place(item: int, tried: set[int]) -> bool:
        for pause, stop in enumerate(pauses):
            if pause in tried or not _serves(stop, wanted[item]):
                continue
            tried.add(pause)
            if pause not in holder or place(holder[pause], tried):
                holder[pause] = item
                return True
        return False

    for item in range(len(wanted)):
        place(item, set())
    return {item: pause for pause, item in holder.items()}


def _fault(tour: Tour, stop: Stop, item: Break | None) -> Violation:
    """Say why a pause serves no break; `item` is the break it seems to be meant for."""
    length = stop.departure - stop.start
    if item is None:
        return tour.violation(ViolationCode.BREAK_SURPLUS, stop, expected=str(len(tour.shift.breaks)))
    if length != item.duration:
        return tour.violation(ViolationCode.BREAK_LENGTH, stop, found=span(length), expected=span(item.duration))
    return tour.violation(ViolationCode.BREAK_WINDOW, stop, found=clock_exact(stop.start), expected=_window_text(item))


def _nearest(stops: tuple[Stop, ...]) -> Stop | None:
    return next((stop for stop in stops if stop.kind is not StopKind.BREAK), None)


def _window_text(item: Break) -> str:
    return f"{clock_exact(item.window.earliest)}–{clock_exact(item.window.latest)}"
