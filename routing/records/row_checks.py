"""Rules that one row can break by itself. Each check yields findings; an ERROR leaves the row out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from routing.findings import Finding
from routing.problem import TimeWindow, Waiting
from routing.records.local_time import clock_doubt
from routing.records.model import (
    RIDES,
    Absence,
    CarePlan,
    CareSlot,
    CareVisit,
    Client,
    Decision,
    Pause,
    PlaceRecord,
    ReliefRecord,
    Return,
    RideRequest,
    RideSeries,
    Service,
    ShiftRecord,
)
from routing.records.reporting import about, doubt
from routing.records.series import dates_of
from routing.records.sheets import SHEETS
from routing.records.spacing import room_for
from routing.records.time_kinds import TIME, WINDOWS
from routing.wording.format import clock_exact

Check: TypeAlias = Callable[[Any], Iterator[Finding]]

ESTONIA_LAT: Final = (57.4, 60.0)
ESTONIA_LON: Final = (21.4, 28.4)


def coordinates(record: PlaceRecord | Client) -> Iterator[Finding]:
    """Doubt coordinates outside Estonia, and say so where they look swapped."""
    lat, lon = record.lat, record.lon
    found = f"lat {lat:g}, lon {lon:g}"
    if _within(lat, ESTONIA_LON) and _within(lon, ESTONIA_LAT):
        yield doubt(record, "records.coordinates-swapped", "lat", found)
    elif not (_within(lat, ESTONIA_LAT) and _within(lon, ESTONIA_LON)):
        yield doubt(record, "records.coordinates-abroad", "lat", found)


def client_workers(client: Client) -> Iterator[Finding]:
    """Doubt workers who are forbidden and wanted at once."""
    for field in ("regular", "preferred"):
        for worker in sorted(getattr(client, field) & client.forbidden):
            yield doubt(client, "records.worker-forbidden-and-wanted", field, worker)


def shift_days(shift: ShiftRecord) -> Iterator[Finding]:
    """Ask for a date or for weekdays, not both and not neither."""
    if (shift.day is None) == (not shift.weekdays):
        yield about(shift, "records.shift-day-or-weekdays", "day" if shift.weekdays else "weekdays")


def shift_times(shift: ShiftRecord) -> Iterator[Finding]:
    """Ask that a shift ends after it begins."""
    if shift.end <= shift.start:
        yield about(shift, "records.shift-reversed", "end", f"{clock_exact(shift.start)}-{clock_exact(shift.end)}")


def absence_dates(absence: Absence | Pause) -> Iterator[Finding]:
    """Ask that an absence or a pause ends on or after the day it begins."""
    if absence.last < absence.first:
        yield about(absence, "records.dates-reversed", "last", _dates(absence.first, absence.last))


def decision_dates(decision: Decision) -> Iterator[Finding]:
    """Ask that a decision is valid from before it is valid to, and doubt one made before it was applied for."""
    if decision.valid_to and decision.valid_to < decision.valid_from:
        yield about(decision, "records.dates-reversed", "valid_to", _dates(decision.valid_from, decision.valid_to))
    if decision.applied_on and decision.decided_on and decision.decided_on < decision.applied_on:
        dates = _dates(decision.applied_on, decision.decided_on)
        yield doubt(decision, "records.dates-reversed", "decided_on", dates)


def visit_length(visit: CareVisit | CareSlot) -> Iterator[Finding]:
    """Ask that a visit takes time."""
    if visit.duration == 0:
        yield about(visit, "records.visit-without-length", "duration", "0")


def visit_gap(visit: CareVisit) -> Iterator[Finding]:
    """Ask that the longest gap is no shorter than the shortest, and doubt gaps to nothing."""
    if visit.gap_maximum is not None and visit.gap_maximum < visit.gap_minimum:
        found = f"{visit.gap_minimum // 60} > {visit.gap_maximum // 60}"
        yield about(visit, "records.gap-reversed", "gap_maximum", found)
    if visit.after is None and (visit.gap_minimum or visit.gap_maximum is not None or visit.other_worker):
        yield doubt(visit, "records.gap-without-visit", "after")


def ride_ends(ride: RideRequest | RideSeries) -> Iterator[Finding]:
    """Ask that a ride goes somewhere else."""
    if ride.start == ride.end:
        yield about(ride, "records.ride-to-itself", "end", ride.end)


def ride_windows(ride: RideRequest | RideSeries) -> Iterator[Finding]:
    """Ask for pickup or arrival windows, not both and not neither: an order states one of them."""
    if bool(ride.pickup) == bool(ride.arrival):
        code = "records.ride-pickup-and-arrival" if ride.pickup else "records.ride-without-time"
        yield about(ride, code, "arrival")


def ride_service(ride: RideRequest | RideSeries) -> Iterator[Finding]:
    """Ask that a ride belongs to a service with rides, and that only carers wait for a client."""
    if ride.service not in RIDES:
        yield about(ride, "records.ride-service", "service", ride.service)
    if ride.service is Service.SOCIAL and ride.waiting is not Waiting.FREE:
        yield about(ride, "records.stay-without-carer", "waiting", ride.waiting)


def ride_return(ride: RideRequest | RideSeries) -> Iterator[Finding]:
    """Ask that what is said about the return agrees with whether there is one."""
    if ride.returning is Return.AT and ride.return_at is None:
        yield about(ride, "records.return-without-time", "return_at")
    if ride.returning is Return.CALL and ride.return_at is None and not ride.appointment:
        yield doubt(ride, "records.call-without-estimate", "return_at")
    if ride.returning is Return.NONE and ride.return_at is not None:
        yield about(ride, "records.return-unclear", "returning", clock_exact(ride.return_at))
    if ride.returning is Return.NONE and (ride.waiting is not Waiting.FREE or ride.same_vehicle):
        yield doubt(ride, "records.waiting-without-return", "waiting", ride.waiting)


def ride_return_time(ride: RideRequest | RideSeries) -> Iterator[Finding]:
    """Ask that the return comes after the ride out, and doubt one before the appointment is over."""
    windows = ride.arrival or ride.pickup
    if ride.return_at is None or not windows:
        return
    if ride.return_at < min(window.earliest for window in windows):
        yield about(ride, "records.return-before-arrival", "return_at", clock_exact(ride.return_at))
    elif ride.arrival and ride.return_at < min(window.latest for window in ride.arrival) + ride.appointment:
        yield doubt(ride, "records.return-before-appointment-ends", "return_at", clock_exact(ride.return_at))


def ride_request_date(ride: RideRequest) -> Iterator[Finding]:
    """Doubt a ride that was asked for after its day."""
    if ride.requested_on and ride.requested_on > ride.day:
        yield doubt(ride, "records.dates-reversed", "requested_on", _dates(ride.requested_on, ride.day))


def plan_dates(plan: CarePlan) -> Iterator[Finding]:
    """Ask that a care plan ends on or after the day it begins."""
    if plan.valid_to and plan.valid_to < plan.valid_from:
        yield about(plan, "records.dates-reversed", "valid_to", _dates(plan.valid_from, plan.valid_to))


def plan_service(plan: CarePlan) -> Iterator[Finding]:
    """Ask that a care plan is for a service of visits, and states its volume by the week or by the month."""
    if plan.service in RIDES:
        yield about(plan, "records.plan-service", "service", plan.service)
    if plan.weekly is not None and plan.monthly is not None:
        yield about(plan, "records.plan-volume-twice", "monthly")


def slot_days(slot: CareSlot) -> Iterator[Finding]:
    """Ask that a week has room for a recurring visit, and doubt preferred days on which it may not be made."""
    days = sorted(slot.weekdays) or list(range(1, 8))
    room = slot.per_day * room_for(days, slot.days_apart)
    if slot.times > room:
        yield about(slot, "records.slot-too-often", "times", str(slot.times), room=str(room))
    if slot.weekdays and slot.preferred_days - slot.weekdays:
        yield doubt(slot, "records.slot-preferred-elsewhere", "preferred_days")


def series_rule(series: RideSeries) -> Iterator[Finding]:
    """Ask that a series ends on or after the day it begins, and doubt one without a single ride."""
    if series.last and series.last < series.first:
        yield about(series, "records.dates-reversed", "last", _dates(series.first, series.last))
    elif next(iter(dates_of(series)), None) is None:
        yield doubt(series, "records.series-empty", "rule", series.rule)


def relief_dates(relief: ReliefRecord) -> Iterator[Finding]:
    """Ask that a relief ends on or after the day it begins."""
    if relief.last and relief.last < relief.first:
        yield about(relief, "records.dates-reversed", "last", _dates(relief.first, relief.last))


def clock_changes(record: ShiftRecord | CareVisit | RideRequest) -> Iterator[Finding]:
    """Doubt times that the local clock skips or shows twice on that day."""
    if record.day is None:
        return
    for field in _TIME_FIELDS[type(record)]:
        for seconds in _moments(getattr(record, field)):
            how = clock_doubt(record.day, seconds)
            if how:
                yield doubt(
                    record, f"records.time-{how}", field, clock_exact(seconds), day=record.day.strftime("%d.%m.%Y")
                )


CHECKS: Final[Mapping[type[Any], tuple[Check, ...]]] = {
    PlaceRecord: (coordinates,),
    Client: (coordinates, client_workers),
    ShiftRecord: (shift_days, shift_times, clock_changes),
    Absence: (absence_dates,),
    Pause: (absence_dates,),
    CarePlan: (plan_dates, plan_service),
    CareSlot: (visit_length, slot_days),
    RideSeries: (ride_ends, ride_windows, ride_service, ride_return, ride_return_time, series_rule),
    CareVisit: (visit_length, visit_gap, clock_changes),
    RideRequest: (
        ride_ends,
        ride_windows,
        ride_service,
        ride_return,
        ride_return_time,
        ride_request_date,
        clock_changes,
    ),
    Decision: (decision_dates,),
    ReliefRecord: (relief_dates,),
}
"""Every rule of a row, by the class of record."""

_TIME_FIELDS: Final = {
    sheet.record: tuple(column.field for column in sheet.columns if column.kind in (TIME, WINDOWS)) for sheet in SHEETS
}


def _moments(value: int | tuple[TimeWindow, ...] | None) -> Iterator[int]:
    if isinstance(value, int):
        yield value
    for window in value if isinstance(value, tuple) else ():
        yield from (window.earliest, window.latest)


def _dates(first: date, second: date) -> str:
    return f"{first:%d.%m.%Y} > {second:%d.%m.%Y}"


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]
