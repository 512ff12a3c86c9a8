"""Build a day's view from its problem and plan, with what the records and the roads know about it.

Texts come in as data, because only the caller knows whose they are; times, numbers and order come from the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from maps.background import Background
from maps.day_view import DayView, LegKind, LegView, RoundView, StopView, UnassignedView
from maps.details import Details, MissedDetails, ShiftDetails, StopDetails
from maps.geometry import Line
from maps.palette import line_style
from routing.plan import Plan, Route, Stop, StopKind
from routing.problem import Problem, Shipment
from routing.review.stop_notes import is_return, stayed, stop_notes

LegLine: TypeAlias = Callable[[str, str, str], Sequence[tuple[float, float]]]
"""Shift id, place id, place id -> the (lat, lon) points of the way between the two places."""


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
    told = _Told(problem=problem, plan=plan, details=details, lang=lang)
    return DayView(
        title=title,
        day=day,
        lang=lang,
        rounds=tuple(
            _round(told, plan.route_by_shift[shift.id], index, leg_line)
            for index, shift in enumerate(problem.shifts)
            if shift.id in plan.route_by_shift
        ),
        unassigned=tuple(_missed(problem, plan, details)),
        background=background,
    )


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What rounds are told from."""

    problem: Problem
    plan: Plan
    details: Details
    lang: str

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Return what workers are called, by id."""
        shift_by_id = self.problem.shift_by_id
        return {shift_by_id[shift].worker: about.worker for shift, about in self.details.shifts.items()}

    def remarks(self, shift: str, stop: Stop) -> tuple[str, ...]:
        """Return what the rest of the plan means for a stop."""
        notes = stop_notes(self.problem, self.plan, shift, stop)
        return tuple(note.phrase(self.lang, self.names) for note in notes)


def _round(told: _Told, route: Route, index: int, leg_line: LegLine) -> RoundView:
    shift = told.problem.shift_by_id[route.shift]
    about = told.details.shifts.get(shift.id, ShiftDetails(worker=shift.worker, vehicle=shift.vehicle))
    return RoundView(
        shift=shift.id,
        style=line_style(index),
        worker=about.worker,
        vehicle=about.vehicle,
        stops=tuple(_stops(told, route)),
        legs=tuple(_legs(told.problem, route, leg_line)),
    )


def _stops(told: _Told, route: Route) -> Iterator[StopView]:
    number = 0
    for stop in route.stops:
        served = stop.step is not None
        number += served
        yield _stop(told, route.shift, stop, number if served else None)


def _stop(told: _Told, shift: str, stop: Stop, number: int | None) -> StopView:
    place, about = told.problem.place_by_id[stop.place], _about(shift, stop, told.details)
    return StopView(
        kind=stop.kind,
        lat=place.lat,
        lon=place.lon,
        arrival=stop.arrival,
        start=stop.start,
        departure=stop.departure,
        number=number,
        remarks=told.remarks(shift, stop),
        is_return=is_return(told.problem, stop),
        stayed=stayed(told.problem, stop),
        travel=stop.travel,
        metres=stop.metres,
        **vars(about),
    )


def _about(shift: str, stop: Stop, details: Details) -> StopDetails:
    if stop.kind is StopKind.BREAK:
        return StopDetails()
    known = details.steps.get(stop.step) if stop.step else details.places.get(stop.place)
    about = known or StopDetails()
    leaves = stop.kind is StopKind.START and shift in details.shifts
    return replace(about, bring=details.shifts[shift].bring) if leaves else about


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
        yield UnassignedView(lat=place.lat, lon=place.lon, **vars(about))
