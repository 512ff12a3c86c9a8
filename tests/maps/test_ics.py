"""A round's calendar says little, at the right times, and the same twice."""

from dataclasses import replace
from datetime import date

import pytest
from icalendar import Calendar

from maps.day_view import DayView
from maps.ics import round_ics


def test_events(day_view: DayView) -> None:
    """Hold one event per stop between start and end with kind, number and settlement."""
    calendar = Calendar.from_ical(round_ics(day_view.rounds[0], day=day_view.day, lang="et"))
    events = calendar.walk("VEVENT")
    assert len(events) == 11
    assert (events[0]["summary"], events[0]["location"]) == ("Käik 1", "Tila")
    assert events[0]["dtstart"].dt.isoformat() == "2026-03-16T08:40:00+02:00"
    assert events[0]["dtstart"].params["TZID"] == "Europe/Tallinn"
    assert [event["summary"] for event in events[5:7]] == ["Vaheaeg", "Käik 6"]
    assert len({event["uid"] for event in events}) == 11


@pytest.mark.parametrize("lang", ["et", "en", "ru"])
def test_nothing_personal_and_the_same_twice(day_view: DayView, lang: str) -> None:
    """Keep names, addresses and notes out, and depend on no clock."""
    data = round_ics(day_view.rounds[2], day=day_view.day, lang=lang)
    assert data == round_ics(day_view.rounds[2], day=day_view.day, lang=lang)
    text = data.decode().replace("\r\n ", "")
    for stop in day_view.rounds[2].stops[1:-1]:
        for secret in filter(None, (stop.label, stop.address, stop.door_note, *stop.notes)):
            assert secret not in text
    assert day_view.rounds[2].worker not in text


def test_the_day_the_clocks_change(day_view: DayView) -> None:
    """Keep the printed clock times on the last Sunday of March."""
    data = round_ics(day_view.rounds[0], day=date(2026, 3, 29), lang="et")
    first = Calendar.from_ical(data).walk("VEVENT")[0]
    assert first["dtstart"].dt.isoformat() == "2026-03-29T08:40:00+03:00"


def test_hostile_settlement(day_view: DayView) -> None:
    """Let no text break out of its line."""
    round_view = day_view.rounds[0]
    evil = replace(round_view.stops[1], settlement="X\r\nATTENDEE:mailto:x@example.org")
    data = round_ics(replace(round_view, stops=(evil,)), day=day_view.day, lang="et")
    assert "attendee" not in Calendar.from_ical(data).walk("VEVENT")[0]
