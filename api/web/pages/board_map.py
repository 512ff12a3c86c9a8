"""What the board's map draws, as data: roads and names behind a day, and its rounds with their pins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request

from api.desk.laid_out import OpenDay
from api.drawing import view_of_day
from api.labels import short_name
from api.web.language import language_of
from api.web.pages.board import Reader
from api.web.state import TheShell
from api.web.timeline import Look
from api.web.v1.day_routes import Date
from maps.day_view import DayView, LegKind, RoundView, StopView
from maps.elements import short
from maps.geometry import Bounds
from maps.pins import PinView, day_pins
from routing.wording.format import clock

router = APIRouter(include_in_schema=False, prefix="/board")
ESTONIA: Bounds = ((57.5, 21.8), (59.7, 28.2))


@router.get("/{date}/roads")
def roads(shell: TheShell, who: Reader, date: Date) -> dict[str, Any]:  # noqa: ARG001 - declares its permission
    """Return the roads and settlements behind a day; they hardly ever change."""
    opened = shell.days.open(date)
    drawn = _drawn(opened, "et")
    bounds = _bounds(opened, drawn)
    return {
        "roads": {kind.value: [short(line) for line in found] for kind, found in _visible(drawn, bounds)},
        "names": [[place.name, round(place.lat, 5), round(place.lon, 5)] for place in drawn.background.place_names],
        "credit": drawn.background.attribution,
    }


@router.get("/{date}/map")
def rounds(request: Request, shell: TheShell, who: Reader, date: Date) -> dict[str, Any]:
    """Return the lines and pins of a day's rounds, and where the unassigned are."""
    opened = shell.days.open(date)
    shell.access.saw(who.actor, opened)
    drawn = _drawn(opened, language_of(request))
    index = {shift.id: number for number, shift in enumerate(opened.problem.shifts)}
    pins = day_pins(drawn.rounds)
    return {
        "bounds": _bounds(opened, drawn),
        "rounds": [_round(opened, found, pins[found.shift], index[found.shift]) for found in drawn.rounds],
        "missed": list(_missed(opened, drawn)),
    }


def _drawn(opened: OpenDay, lang: str) -> DayView:
    return view_of_day(opened.day, opened.plan, (), lang)


def _bounds(opened: OpenDay, drawn: DayView) -> Bounds:
    """Return what is drawn from corner to corner; all places of the day where nothing is drawn yet."""
    places = opened.problem.places
    if drawn.bounds or not places:
        return drawn.bounds or ESTONIA
    lats, lons = [place.lat for place in places], [place.lon for place in places]
    return (min(lats), min(lons)), (max(lats), max(lons))


def _visible(drawn: DayView, bounds: Bounds) -> Iterator[tuple[Any, Any]]:
    yield from drawn.background.visible_roads(bounds).items()


def _round(opened: OpenDay, found: RoundView, pins: tuple[PinView, ...], index: int) -> dict[str, Any]:
    lines = {
        kind: [short(leg.line) for leg in found.legs if leg.kind is kind and len(leg.line) > 1] for kind in LegKind
    }
    return {
        "shift": found.shift,
        "look": Look(index=index).colour,
        "colour": found.style.colour,
        "dash": found.style.dash,
        "lines": lines[LegKind.ROAD],
        "ferries": lines[LegKind.FERRY],
        "pins": [_pin(opened, found, pin) for pin in pins],
    }


def _pin(opened: OpenDay, found: RoundView, pin: PinView) -> dict[str, Any]:
    route = opened.plan.route_by_shift[found.shift]
    requests = [route.stops[position].request for position, _ in pin.stops]
    return {
        "at": pin.point,
        "text": pin.text,
        "says": "; ".join(_says(found, stop) for _, stop in pin.stops),
        "base": pin.base,
        "shift": pin.shift,
        "requests": list(dict.fromkeys(filter(None, requests))),
    }


def _says(found: RoundView, stop: StopView) -> str:
    label = short_name(stop.label) if stop.number else stop.label
    return ", ".join(part for part in (found.name(stop), label, stop.settlement, clock(stop.start)) if part)


def _missed(opened: OpenDay, drawn: DayView) -> Iterator[dict[str, Any]]:
    for name, missed in zip(opened.plan.unassigned, drawn.unassigned, strict=True):
        label = short_name(opened.day.subjects[name].client.name)
        says = ", ".join(part for part in (label, missed.settlement) if part)
        yield {"at": (missed.lat, missed.lon), "text": "?", "says": says, "base": False, "shift": 0, "requests": [name]}
