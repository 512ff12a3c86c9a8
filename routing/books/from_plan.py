"""A planned day as log entries and trips that wait for what really happened.

Times are those that people were told: whole minutes, rounded down as printed rounds show them. A visit lasts as long
as the care that is asked for; getting from car to door is part of the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from routing.books.entry import Entry, EntryKind, Result, Trip, Way
from routing.day.build import Day
from routing.day.subjects import Subject
from routing.plan import Plan, Route, Stop, StopKind
from routing.problem import Shipment, Step, StepKind, Waiting
from routing.records.model import CareVisit, RideRequest
from routing.review.explain import chief_reasons
from routing.wording import LANGUAGES, say

_MINUTE: Final = 60


def planned_entries(day: Day, plan: Plan, *, lang: str = LANGUAGES[0]) -> tuple[Entry, ...]:
    """Return an entry for every visit and every way of a ride of a day, in the order of the clock.

    What the plan leaves out is not possible, with what stood in its way as the reason, in `lang`.
    """
    why = {
        request: say(f"ledger.why-{block.value if block else 'no-shift'}", lang)
        for request, block in chief_reasons(day.problem, day.matrix, plan).items()
    }
    entries = [_entry(day, plan, subject, why) for subject in day.subjects.values()]
    return tuple(sorted(entries, key=lambda entry: (entry.planned_begin or 0, entry.id)))


def planned_trips(day: Day, plan: Plan) -> tuple[Trip, ...]:
    """Return a trip for every shift that drives."""
    return tuple(_trip(day, route) for route in plan.routes if route.metres)


def entry_id(day: date, request: str) -> str:
    """Return the id of the log entry of a visit, or of one way of a ride."""
    return f"{day.isoformat()}-{request}"


def _entry(day: Day, plan: Plan, subject: Subject, why: Mapping[str, str]) -> Entry:
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
    if subject.request in why:
        return replace(entry, result=Result.NOT_POSSIBLE, reason=why[subject.request])
    return _assigned(entry, day, plan, subject.request, record.duration if isinstance(record, CareVisit) else None)


def _assigned(entry: Entry, day: Day, plan: Plan, request: str, care: int | None) -> Entry:
    """Return the entry with who comes when; `care` is how long a visit lasts. What no route serves is not possible."""
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
        planned_begin=_told(first.start),
        planned_end=_told(ends[0][1].departure if care is None else first.start) + (care or 0),
        travel=_nearest(first.travel),
        waited=_waited(day, plan, request, first),
    )


def _waited(day: Day, plan: Plan, request: str, pickup: Stop) -> int | None:
    """Return how long the vehicle waits before the way back where its worker stays with the client."""
    link = day.problem.link_by_ride.get(request)
    if link is None or link.inbound != request or link.waiting is not Waiting.STAYS:
        return None
    out = plan.stops_by_step.get(Step(request=link.outbound, kind=StepKind.DELIVERY), ())
    return _told(pickup.start) - _told(out[0][1].departure) if out else None


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
        begin=_told(driven[0].departure),
        end=_told(driven[-1].arrival),
    )


def _told(seconds: int) -> int:
    """Return a time as it was printed: the begun minute."""
    return seconds - seconds % _MINUTE


def _nearest(seconds: int) -> int:
    return round(seconds / _MINUTE) * _MINUTE
