"""Put a whole day into plain data for the templates `overview` (the desk) and `wall` (names of the staff alone)."""

from __future__ import annotations

from api.day_tables import figures_row
from api.labels import short_name
from api.planned import PlannedDay
from api.printing.round_sheet import hours, round_figures, until
from maps.day_view import DayView, RoundView, StopView
from maps.page import long_day
from routing.plan import StopKind
from routing.wording import say
from routing.wording.format import clock


def overview_data(planned: PlannedDay, view: DayView) -> dict[str, object]:
    """Return the day as it lies on the coordinator's desk: rounds, what was left out and why, key figures."""
    lang = view.lang
    return {
        **_head(view),
        "figures": [{"name": name, "value": value} for name, value in figures_row(planned, lang).items()],
        "unassigned-title": say("cli.left-out", lang, n=len(view.unassigned)),
        "unassigned": [
            {"label": missed.label, "settlement": missed.settlement, "reason": missed.reason, "remedy": missed.remedy}
            for missed in view.unassigned
        ],
        "rounds": [_round(found, lang) for found in view.rounds],
    }


def wall_data(view: DayView) -> dict[str, object]:
    """Return the day as it may hang on the wall: who of the staff is where and when, no client named."""
    return {**_head(view), "flipped": True, "rounds": [_round(found, view.lang) for found in view.rounds]}


def _head(view: DayView) -> dict[str, object]:
    lang, day = view.lang, long_day(view.day, view.lang)
    return {
        "over": view.title,
        "heading": day,
        "summary": say("maps.rounds", lang, n=len(view.rounds)),
    }


def _round(found: RoundView, lang: str) -> dict[str, object]:
    settlements = dict.fromkeys(stop.settlement for stop in found.stops if stop.number is not None and stop.settlement)
    return {
        "letter": found.style.letter,
        "colour": found.style.colour,
        "title": found.worker,
        "vehicle": found.vehicle,
        "hours": hours(found),
        "settlements": ", ".join(settlements),
        "figures": [text for text in (found.vehicle, *round_figures(found, lang), f"[{found.shift}]") if text],
        "stops": [_stop(found, stop, lang) for stop in found.stops],
    }


def _stop(found: RoundView, stop: StopView, lang: str) -> dict[str, object]:
    begin, end = clock(stop.arrival if stop.kind is StopKind.END else stop.start), until(stop)
    place = stop.place or stop.settlement
    return {
        "badge": found.name(stop) if stop.number is not None else "",
        "span": f"{begin}–{end}" if end else begin,
        "what": say(stop.word, lang),
        "name": short_name(stop.label) if stop.number is not None else "",
        "place": place if stop.number is not None or not stop.label else stop.label,
    }
