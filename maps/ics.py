"""Write a round as an iCalendar file (RFC 5545) with the least text: what kind of stop, its number, the settlement."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time

from icalendar import Calendar, Event

from maps.day_view import RoundView, StopView
from maps.local_time import moment
from routing.plan import StopKind
from routing.wording import say

SILENT = frozenset({StopKind.START, StopKind.END})


def round_ics(round_view: RoundView, *, day: date, lang: str, sequence: int = 0) -> bytes:
    """Return the calendar of one round on `day`: one event per stop between start and end, in Estonian time.

    The same round gives the same bytes: identifiers come from shift, day and position, the stamp from the day, so that
    importing a changed plan moves the events instead of doubling them. `sequence` counts the changes (RFC 5545,
    3.8.7.4): programs that follow it take the highest.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Hoolering//Hoolering//ET")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", say("maps.round", lang, letter=round_view.style.letter))
    for position, stop in enumerate(round_view.stops):
        if stop.kind not in SILENT:
            event = _event(round_view, stop, position=position, day=day, lang=lang)
            event.add("sequence", sequence)
            calendar.add_component(event)
    calendar.add_missing_timezones(first_date=date(day.year, 1, 1), last_date=date(day.year + 1, 1, 1))
    return bytes(calendar.to_ical())


def _event(round_view: RoundView, stop: StopView, *, position: int, day: date, lang: str) -> Event:
    event = Event()
    mark = hashlib.sha256(f"{round_view.shift}\n{day}\n{position}".encode()).hexdigest()[:24]
    event.add("uid", f"{mark}@hoolering")
    event.add("dtstamp", datetime.combine(day, time(), tzinfo=UTC))
    event.add("dtstart", moment(day, stop.start))
    event.add("dtend", moment(day, max(stop.start, stop.departure)))
    event.add("summary", _summary(stop, lang))
    if stop.settlement:
        event.add("location", stop.settlement)
    event.add("class", "PRIVATE")
    return event


def _summary(stop: StopView, lang: str) -> str:
    kind = say(stop.word, lang)
    if stop.number is None:
        return kind
    return say("maps.event", lang, kind=kind, number=stop.number)
