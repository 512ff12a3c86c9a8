"""Decide which pins a map shows: one per round and place, side by side where several rounds share a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from maps.day_view import RoundView, StopView
from maps.geometry import Point
from routing.plan import StopKind

BASES = frozenset({StopKind.START, StopKind.END})
FAN = 28
"""Pixels between pins at one place: a pin's height and a little air."""


@dataclass(frozen=True, kw_only=True)
class PinView:
    """One pin: its text (`A3` or `A3·8`), the stops it stands for by position, and its shift in pixels downwards."""

    point: Point
    text: str
    stops: tuple[tuple[int, StopView], ...]
    base: bool
    shift: int

    @property
    def width(self) -> int:
        """Return a width in pixels that the text fits in, at least its height."""
        return max(26, 12 + 8 * len(self.text))


def stop_key(round_view: RoundView, position: int) -> str:
    """Return the name under which pin and list entry of a stop find each other."""
    return f"{round_view.style.letter}-{position}"


def day_pins(rounds: Sequence[RoundView]) -> dict[str, tuple[PinView, ...]]:
    """Return the pins of each round by shift id, in the order the round comes by."""
    stops = {round_view.shift: _stops_by_place(round_view) for round_view in rounds}
    sharers: dict[Point, list[str]] = defaultdict(list)
    for shift, places in stops.items():
        for place in places:
            sharers[place].append(shift)
    return {
        round_view.shift: tuple(
            _pin(round_view, found, fan=_fan(sharers[place], round_view.shift))
            for place, found in stops[round_view.shift].items()
        )
        for round_view in rounds
    }


def _stops_by_place(round_view: RoundView) -> dict[Point, list[tuple[int, StopView]]]:
    places: dict[Point, list[tuple[int, StopView]]] = defaultdict(list)
    for position, stop in enumerate(round_view.stops):
        if stop.kind is not StopKind.BREAK:
            places[round(stop.lat, 4), round(stop.lon, 4)].append((position, stop))  # about ten metres
    return places


def _fan(shifts: Sequence[str], shift: str) -> int:
    return int((shifts.index(shift) - (len(shifts) - 1) / 2) * FAN)


def _pin(round_view: RoundView, stops: Sequence[tuple[int, StopView]], *, fan: int) -> PinView:
    numbers = [str(stop.number) for _, stop in stops if stop.number is not None]
    return PinView(
        point=(stops[0][1].lat, stops[0][1].lon),
        text=round_view.style.letter + "·".join(numbers),
        stops=tuple(stops),
        base=any(stop.kind in BASES for _, stop in stops),
        shift=fan,
    )
