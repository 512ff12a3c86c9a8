"""Build a day's view from its problem and plan, with what the records and the roads know about it.

Texts come in as data, because only the caller knows whose they are; times, numbers and order come from the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from maps.background import Background
from maps.day_view import (
    DayView,
    LegKind,
    LegView,
    RoundView,
    StopView,
    UnassignedView,
)
from maps.geometry import Line
from maps.palette import line_style
from routing.plan import Plan, Route, Stop, StopKind
from routing.problem import Problem, Shipment, Step

LegLine: TypeAlias = Callable[[str, str, str], Sequence[tuple[float, float]]]
"""Shift id, place id, place id -> the (lat, lon) points of the way between the two places."""

UNNUMBERED = frozenset({StopKind.START, StopKind.BREAK, StopKind.END})


@dataclass(frozen=True, kw_only=True)
class StopDetails:
    """What people read at a stop; see `StopView`."""

    label: str = ""
    address: str = ""
    settlement: str = ""
    door_note: str = ""
    bring: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ShiftDetails:
    """How a shift's worker and vehicle are called."""

    worker: str
    vehicle: str = ""


@dataclass(frozen=True, kw_only=True)
class MissedDetails:
    """What is said of an unassigned request; `reason` and `remedy` are whole sentences."""

    label: str
    settlement: str = ""
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, kw_only=True)
class Details:
    """Everything the view says beyond the plan.

    A stop of a request is described by its step, another by its place id; what is missing is left blank. A shift that
    is not described goes by its worker's id, an unassigned request by its own.
    """

    steps: Mapping[Step, StopDetails] = field(default_factory=dict)
    places: Mapping[str, StopDetails] = field(default_factory=dict)
    shifts: Mapping[str, ShiftDetails] = field(default_factory=dict)
    missed: Mapping[str, MissedDetails] = field(default_factory=dict)


def view_of_plan(
    problem: Problem,
    plan: Plan,
    *,
    title: str,
    day: date,
    lang: str,
    details: Details,
    leg_line: LegLine,
    background: Background,
) -> DayView:
    """Return the view of `plan`, its rounds in the order of the problem's shifts so that a shift keeps its letter."""
    route_by_shift = plan.route_by_shift
    rounds = [
        _round(problem, route_by_shift[shift.id], index, details, leg_line)
        for index, shift in enumerate(problem.shifts)
        if shift.id in route_by_shift
    ]
    return DayView(
        title=title,
        day=day,
        lang=lang,
        rounds=tuple(rounds),
        unassigned=tuple(_missed(problem, plan, details)),
        background=background,
    )


def _round(problem: Problem, route: Route, index: int, details: Details, leg_line: LegLine) -> RoundView:
    shift = problem.shift_by_id[route.shift]
    about = details.shifts.get(shift.id, ShiftDetails(worker=shift.worker, vehicle=shift.vehicle))
    return RoundView(
        shift=shift.id,
        style=line_style(index),
        worker=about.worker,
        vehicle=about.vehicle,
        stops=tuple(_stops(problem, route, details)),
        legs=tuple(_legs(problem, route, leg_line)),
    )


def _stops(problem: Problem, route: Route, details: Details) -> Iterator[StopView]:
    number = 0
    for stop in route.stops:
        counted = stop.kind not in UNNUMBERED
        number += counted
        place = problem.place_by_id[stop.place]
        about = _about(stop, details)
        yield StopView(
            kind=stop.kind,
            lat=place.lat,
            lon=place.lon,
            arrival=stop.arrival,
            start=stop.start,
            departure=stop.departure,
            number=number if counted else None,
            label=about.label,
            address=about.address,
            settlement=about.settlement,
            door_note=about.door_note,
            bring=about.bring,
            notes=about.notes,
            travel=stop.travel,
            metres=stop.metres,
        )


def _about(stop: Stop, details: Details) -> StopDetails:
    if stop.kind is StopKind.BREAK:
        return StopDetails()
    known = details.steps.get(stop.step) if stop.step else details.places.get(stop.place)
    return known or StopDetails()


def _legs(problem: Problem, route: Route, leg_line: LegLine) -> Iterator[LegView]:
    for before, after in pairwise(route.stops):
        if before.place == after.place:
            continue
        if after.kind is StopKind.LAND:
            yield LegView(line=_straight(problem, before, after), kind=LegKind.FERRY)
        else:
            yield LegView(line=tuple(leg_line(route.shift, before.place, after.place)))


def _straight(problem: Problem, *stops: Stop) -> Line:
    places = [problem.place_by_id[stop.place] for stop in stops]
    return tuple((place.lat, place.lon) for place in places)


def _missed(problem: Problem, plan: Plan, details: Details) -> Iterator[UnassignedView]:
    for name in plan.unassigned:
        request = problem.request_by_id[name]
        place = problem.place_by_id[request.pickup.place if isinstance(request, Shipment) else request.place]
        about = details.missed.get(name, MissedDetails(label=name))
        yield UnassignedView(
            label=about.label,
            lat=place.lat,
            lon=place.lon,
            settlement=about.settlement,
            reason=about.reason,
            remedy=about.remedy,
        )
