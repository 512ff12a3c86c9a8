"""Fill the views that `maps` draws from a planned day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from api.labels import aid_label, labels_of, worker_labels
from maps.background import Background, PlaceName, RoadClass, RoadView
from maps.day_view import DayView
from maps.details import Details, MissedDetails, ShiftDetails, StopDetails
from maps.from_plan import view_of_plan
from maps.geometry import Line
from routing.day.build import Day
from routing.day.requests import aids_of
from routing.day.subjects import Subject, home_of
from routing.plan import Plan
from routing.problem import Step, StepKind
from routing.records.model import CareVisit, Client, RideRequest
from routing.review.explain import LeftOut
from routing.review.labels import Labels
from routing.roads.geometry import background, leg_lines
from routing.roads.kinds import RoadClass as NetworkClass
from routing.wording import say

_SHOWN_ROADS = {
    NetworkClass.MOTORWAY: RoadClass.MAIN,
    NetworkClass.TRUNK: RoadClass.MAIN,
    NetworkClass.PRIMARY: RoadClass.MAIN,
    NetworkClass.SECONDARY: RoadClass.SECONDARY,
}
_MARGIN = 0.15
"""Degrees around the day's places from which roads are taken; what is too much is left out when drawing."""


def view_of_day(day: Day, plan: Plan, explained: tuple[LeftOut, ...], lang: str, *, roads: bool = True) -> DayView:
    """Return the view of a planned day in `lang`; without `roads` it says all but draws none, which is quicker."""
    lines = _legs(day, plan) if roads else {}
    return view_of_plan(
        day.problem,
        plan,
        title=day.records.municipality.name,
        day=day.day,
        lang=lang,
        details=_details(day, plan, explained, lang),
        leg_line=lambda shift, origin, destination: lines.get((shift, origin, destination), ()),
        background=_background(day) if roads else Background(),
    )


def _legs(day: Day, plan: Plan) -> Mapping[tuple[str, str, str], Line]:
    """Return the line of every leg driven, by shift and the two places."""
    wanted: dict[str, dict[tuple[str, str], list[str]]] = {}
    for route in plan.routes:
        profile = day.problem.vehicle_by_id[day.problem.shift_by_id[route.shift].vehicle].profile
        for before, after in zip(route.stops, route.stops[1:], strict=False):
            if before.place != after.place:
                legs = wanted.setdefault(profile, {})
                legs.setdefault((before.place, after.place), []).append(route.shift)
    found = {}
    for profile, legs in wanted.items():
        lines = leg_lines(day.network, day.snapped, legs, day.profiles[profile])
        for (origin, destination), shifts in legs.items():
            for shift in shifts:
                found[shift, origin, destination] = lines[origin, destination]
    return found


def _details(day: Day, plan: Plan, explained: tuple[LeftOut, ...], lang: str) -> Details:
    labels, workers = labels_of(day, lang), worker_labels(day)
    vehicles = {vehicle.id: vehicle for vehicle in day.records.vehicles}
    return Details(
        steps={step: details for subject in day.subjects.values() for step, details in _steps(day, subject, lang)},
        places={place.id: StopDetails(label=place.name, settlement=place.settlement) for place in day.records.places}
        | {home_of(c.id): StopDetails(label=c.settlement, settlement=c.settlement) for c in day.records.clients},
        shifts={
            shift.id: ShiftDetails(
                worker=workers[shift.worker],
                vehicle=vehicles[shift.vehicle].plate,
                bring=_loaded(day, plan, shift.id, lang),
            )
            for shift in day.problem.shifts
        },
        missed={name: _missed(subject, None, lang, labels) for name, subject in day.subjects.items()}
        | {left.request: _missed(day.subjects[left.request], left, lang, labels) for left in explained},
    )


def _missed(subject: Subject, left: LeftOut | None, lang: str, labels: Labels) -> MissedDetails:
    """Return what is read about a request left out, with reason and remedy where they were sought."""
    about = MissedDetails(label=labels.request(subject.request), settlement=subject.client.settlement)
    if left is None:
        return about
    remedy = left.remedies[0].sentence(lang, labels) if left.remedies else say("cli.no-remedy", lang)
    return replace(about, reason=left.reason(lang, labels), remedy=remedy)


def _steps(day: Day, subject: Subject, lang: str) -> list[tuple[Step, StopDetails]]:
    """Return what people read at each stop of one request."""
    record = subject.record
    if isinstance(record, CareVisit):
        notes = (", ".join(record.activities),) if record.activities else ()
        step = Step(request=subject.request, kind=StepKind.VISIT)
        about = _at(day, subject, home_of(subject.client.id))
        return [(step, replace(about, notes=notes, bring=_goods(record.goods, lang)))]
    ride, bring = day.problem.request_by_id[subject.request], _bring(subject.client, record, lang)
    return [
        (Step(request=subject.request, kind=kind), replace(_at(day, subject, getattr(ride, kind).place), bring=bring))
        for kind in (StepKind.PICKUP, StepKind.DELIVERY)
    ]


def _at(day: Day, subject: Subject, place: str) -> StopDetails:
    """Return whom a stop at her home or elsewhere serves, and where that is."""
    client = subject.client
    if place == home_of(client.id):
        return StopDetails(
            label=client.name,
            address=client.address,
            settlement=client.settlement,
            door_note=client.door_note,
            phone=client.phone,
        )
    found = next(known for known in day.records.places if known.id == place)
    return StopDetails(label=client.name, place=found.name, settlement=found.settlement, phone=client.phone)


def _loaded(day: Day, plan: Plan, shift: str, lang: str) -> tuple[str, ...]:
    """Return what a round takes along from where it begins, for all of its visits."""
    route = plan.route_by_shift.get(shift)
    served = [day.subjects[stop.request].record for stop in route.stops if stop.request] if route else []
    return _goods(sum(record.goods for record in served if isinstance(record, CareVisit)), lang)


def _goods(units: int, lang: str) -> tuple[str, ...]:
    """Return in words how much is brought; nothing where nothing is."""
    return (say("cli.goods", lang, n=units),) if units else ()


def _bring(client: Client, record: RideRequest, lang: str) -> tuple[str, ...]:
    """Return what and who comes along on a ride."""
    aids = tuple(aid_label(aid, lang) for aid in sorted(aids_of(record, client)))
    return (*aids, say("cli.companions", lang, n=record.companions)) if record.companions else aids


def _background(day: Day) -> Background:
    lat = [place.lat for place in day.problem.places]
    lon = [place.lon for place in day.problem.places]
    if not lat:
        return Background()
    roads = background(day.network, min(lat) - _MARGIN, min(lon) - _MARGIN, max(lat) + _MARGIN, max(lon) + _MARGIN)
    settlements: dict[str, tuple[float, float]] = {}
    for client in day.records.clients:
        if client.settlement:
            settlements.setdefault(client.settlement, (client.lat, client.lon))
    report = day.network.report
    return Background(
        roads=tuple(
            RoadView(line=line, road_class=_SHOWN_ROADS.get(kind, RoadClass.LOCAL))
            for kind, lines in roads.items()
            for line in lines
        ),
        place_names=tuple(PlaceName(name=n, lat=lat, lon=lon) for n, (lat, lon) in sorted(settlements.items())),
        attribution=report.attribution,
        schematic=report.schematic,
    )
