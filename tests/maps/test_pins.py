"""Pins tell all stops of a place and never lie exactly on each other."""

from dataclasses import replace

from maps.day_view import DayView
from maps.pins import FAN, day_pins, stop_key
from routing.plan import StopKind


def test_every_stop_but_breaks_has_a_pin(day_view: DayView) -> None:
    """Stand for each stop exactly once."""
    pins = day_pins(day_view.rounds)
    for round_view in day_view.rounds:
        positions = sorted(position for pin in pins[round_view.shift] for position, _ in pin.stops)
        wanted = [at for at, stop in enumerate(round_view.stops) if stop.kind is not StopKind.BREAK]
        assert positions == wanted


def test_stops_at_one_place_share_a_pin(day_view: DayView) -> None:
    """Name all numbers of a place, and mark a base."""
    by_text = {pin.text: pin for pin in day_pins(day_view.rounds)["kõrveküla"]}
    assert set(by_text) == {"A10", "A1", "A2", "A3·9", "A4·6", "A5", "A7", "A8"}
    assert [text for text, pin in by_text.items() if pin.base] == ["A10"]
    assert by_text["A3·9"].width > by_text["A1"].width


def test_rounds_at_one_place_fan_out(day_view: DayView) -> None:
    """Keep the pins of several rounds at one place a pin's height apart."""
    first = day_view.rounds[0]
    rounds = [replace(first, shift=name) for name in "xyz"]
    pins = day_pins(rounds)
    assert [pins[name][0].shift for name in "xyz"] == [-FAN, 0, FAN]


def test_keys_name_round_and_position(day_view: DayView) -> None:
    """Keep the keys of different rounds apart."""
    assert [stop_key(round_view, 3) for round_view in day_view.rounds] == ["A-3", "B-3", "C-3"]
