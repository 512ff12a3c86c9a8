"""Put what a worker takes along into plain data for the template `rounds`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.aboard import aboard_at
from api.labels import short_name
from api.planned import PlannedDay
from maps.day_view import DayView, RoundView, StopView
from maps.page import long_day
from routing.plan import StopKind
from routing.wording import say
from routing.wording.format import clock, kilometres, listing, minutes

_WRITTEN = {StopKind.START: "left", StopKind.END: "arrived"}
"""What is written by hand at the two ends of a round."""


@dataclass(frozen=True, kw_only=True)
class RoundSheet:
    """One round of a planned day, as drawn and as planned, side by side."""

    planned: PlannedDay
    view: DayView
    round: RoundView

    def as_data(self) -> dict[str, object]:
        """Return everything the template says of this round."""
        found, lang = self.round, self.view.lang
        day = long_day(self.view.day, lang)
        told = (found.vehicle, *round_figures(found, lang), f"[{found.shift}]", *self._call())
        name = say("printing.part", lang, letter=found.style.letter, worker=found.worker, day=day)
        return {
            "letter": found.style.letter,
            "colour": found.style.colour,
            "name": name,
            "over": say("printing.over", lang, day=day, municipality=self.view.title),
            "title": found.worker,
            "figures": [text for text in told if text],
            "stops": list(self._stops()),
        }

    def _call(self) -> Iterator[str]:
        """Yield whom to call when something goes otherwise, where that is known."""
        phone = self.planned.day.records.municipality.coordinator_phone
        if phone:
            yield say("printing.coordinator", self.view.lang, phone=phone)

    def _stops(self) -> Iterator[dict[str, object]]:
        stops = self.planned.plan.route_by_shift[self.round.shift].stops
        for view, others in zip(self.round.stops, aboard_at(stops), strict=True):
            yield self._stop(view, others)

    def _stop(self, stop: StopView, aboard: Sequence[str]) -> dict[str, object]:
        lang = self.view.lang
        written = _WRITTEN.get(stop.kind)
        return {
            "kind": "stop" if stop.number is not None else "other",
            "badge": self.round.name(stop),
            "time": clock(stop.arrival if stop.kind is StopKind.END else stop.start),
            "until": until(stop),
            "what": say(stop.word, lang),
            "name": short_name(stop.label) if stop.number is not None else stop.label,
            "place": ", ".join(dict.fromkeys(filter(None, (stop.place, stop.address, _settlement(stop))))),
            "travel": travel(stop, lang),
            "lines": [{"label": label, "text": text} for label, text in self._lines(stop, aboard)],
            "write": say(f"printing.{written}", lang) if written else "",
        }

    def _lines(self, stop: StopView, aboard: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield label and text of all that is to know at a stop, in the order of the round's page."""
        lang = self.view.lang
        if stop.waits:
            yield "", say("maps.early", lang, arrival=clock(stop.arrival), start=clock(stop.start))
        yield from (("", remark) for remark in stop.remarks)
        if stop.phone:
            yield say("maps.phone", lang), stop.phone
        if stop.door_note:
            yield say("maps.door", lang), stop.door_note
        if stop.bring:
            yield say("maps.bring", lang), ", ".join(stop.bring)
        if aboard:
            yield say("printing.aboard", lang), listing([self._rider(request) for request in aboard], lang)
        yield from (("", note) for note in stop.notes)

    def _rider(self, request: str) -> str:
        return short_name(self.planned.day.subjects[request].client.name)


def _settlement(stop: StopView) -> str:
    return stop.settlement if stop.settlement != stop.label else ""


def travel(stop: StopView, lang: str) -> str:
    """Return how far it is to a stop, nothing where nobody drives."""
    if not stop.travel:
        return ""
    return say("maps.travel", lang, minutes=minutes(stop.travel), km=kilometres(stop.metres, lang))


def until(stop: StopView) -> str:
    """Return when a stop is left, where that is another minute than its start."""
    ends = stop.kind in (StopKind.START, StopKind.END)
    return "" if ends or stop.start // 60 == stop.departure // 60 else clock(stop.departure)


def round_figures(found: RoundView, lang: str) -> tuple[str, ...]:
    """Return hours, number of stops and kilometres of a round."""
    if not found.stops:
        return ()
    stops = say("maps.stops", lang, n=found.served)
    return hours(found), stops, say("printing.km", lang, km=kilometres(found.metres, lang))


def hours(found: RoundView) -> str:
    """Return from when to when a round lasts."""
    return f"{clock(found.stops[0].departure)}–{clock(found.stops[-1].arrival)}" if found.stops else ""
