"""A planned day as log entries and trips that wait for what really happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from routing.books.entry import Entry, EntryKind, Result, Trip, Way
from routing.day.build import Day
from routing.day.subjects import Subject
from routing.plan import Plan, Route, Stop, StopKind
from routing.problem import Shipment, Step, StepKind, Waiting
from routing.records.model import CareVisit, RideRequest


def planned_entries(day: Day, plan: Plan) -> tuple[Entry, ...]:
    """Return an entry for every visit and every way of a ride of a day, in the order of the clock.

    What the plan leaves out is not possible; its reason is for somebody to say.
    """
    entries = [_entry(day, plan, subject) for subject in day.subjects.values()]
    return tuple(sorted(entries, key=lambda entry: (entry.planned_begin or 0, entry.id)))


def planned_trips(day: Day, plan: Plan) -> tuple[Trip, ...]:
    """Return a trip for every shift that drives."""
    return tuple(_trip(day, route) for route in plan.routes if route.metres)


def entry_id(day: date, request: str) -> str:
    """Return the id of the log entry of a visit, or of one way of a ride."""
    return f"{day.isoformat()}-{request}"


def _entry(day: Day, plan: Plan, subject: Subject) -> Entry:
    record, request = subject.record, day.problem.request_by_id[subject.request]
    entry = Entry(
        id=entry_id(day.day, subject.request),
        day=day.day,
        kind=EntryKind.RIDE if isinstance(record, RideRequest) else EntryKind.VISIT,
        service=subject.service,
        client=subject.client.id,
        request=record.id,
        activities=record.activities if isinstance(record, CareVisit) else (),
    )
    if isinstance(record, RideRequest) and isinstance(request, Shipment):
        ends = (record.end, record.start) if subject.is_return else (record.start, record.end)
        entry = replace(
            entry,
            way=Way.BACK if subject.is_return else Way.OUT,
            start=ends[0],
            end=ends[1],
            planned_metres=day.matrix.length(request.pickup.place, request.delivery.place),
        )
    return _assigned(entry, day, plan, subject.request)


def _assigned(entry: Entry, day: Day, plan: Plan, request: str) -> Entry:
    """Return the entry with who comes when, or as left out."""
    ride = entry.kind is EntryKind.RIDE
    begins = plan.stops_by_step.get(Step(request=request, kind=StepKind.PICKUP if ride else StepKind.VISIT), ())
    ends = plan.stops_by_step.get(Step(request=request, kind=StepKind.DELIVERY), ()) if ride else begins
    if not begins or not ends:
        return replace(entry, result=Result.NOT_POSSIBLE)
    name, first = begins[0]
    shift = day.problem.shift_by_id[name]
    others = frozenset(day.problem.shift_by_id[other].worker for other, _ in begins[1:])
    return replace(
        entry,
        worker=shift.worker,
        others=others - {shift.worker},
        vehicle=shift.vehicle,
        shift=name,
        planned_begin=first.start,
        planned_end=ends[0][1].departure,
        travel=first.travel,
        waited=_waited(day, plan, request, first),
    )


def _waited(day: Day, plan: Plan, request: str, pickup: Stop) -> int | None:
    """Return how long the vehicle waits before the way back where its worker stays with the client."""
    link = day.problem.link_by_ride.get(request)
    if link is None or link.inbound != request or link.waiting is not Waiting.STAYS:
        return None
    out = plan.stops_by_step.get(Step(request=link.outbound, kind=StepKind.DELIVERY), ())
    return pickup.start - out[0][1].departure if out else None


def _trip(day: Day, route: Route) -> Trip:
    shift = day.problem.shift_by_id[route.shift]
    driven = [stop for stop in route.stops if stop.kind is not StopKind.BREAK]
    return Trip(
        id=entry_id(day.day, route.shift),
        day=day.day,
        vehicle=shift.vehicle,
        worker=shift.worker,
        shift=route.shift,
        planned_metres=route.metres,
        begin=driven[0].departure,
        end=driven[-1].arrival,
    )
