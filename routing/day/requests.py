"""The care visits and rides of a day as visits, shipments, gaps and links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from routing.day.subjects import Subject, home_of, return_id
from routing.findings import Finding, Severity
from routing.problem import Gap, Load, RideLink, Shipment, ShipmentStep, TimeWindow, Visit
from routing.records.model import (
    Aid,
    CareVisit,
    Client,
    ClientState,
    Municipality,
    Records,
    Return,
    RideRequest,
    Service,
)
from routing.records.series import rides_on
from routing.records.text_kinds import HOME

LAST_MOMENT = 2 * 86_400 - 1


@dataclass(kw_only=True)
class Requests:
    """What is asked of the day, and the records behind it."""

    visits: list[Visit] = field(default_factory=list)
    shipments: list[Shipment] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    links: list[RideLink] = field(default_factory=list)
    subjects: dict[str, Subject] = field(default_factory=dict)
    notes: list[Finding] = field(default_factory=list)


def requests_of(records: Records, day: date) -> Requests:
    """Return the requests of `day`; those of clients who are away or gone are noted and left out.

    So is, as an error, a request whose id is that of another one's way back.
    """
    found = Requests()
    rides = rides_on(records, day)
    backs = {return_id(ride.id) for ride in rides if ride.returning is not Return.NONE}
    clients = {client.id: client for client in records.clients}
    paused = {pause.client for pause in records.pauses if pause.first <= day <= pause.last}
    for visit in records.visits:
        if visit.day == day and _is_asked(visit, clients[visit.client], backs, paused, found):
            _add_visit(visit, clients[visit.client], records, found)
    for ride in rides:
        if _is_asked(ride, clients[ride.client], backs, paused, found):
            _add_ride(ride, clients[ride.client], records.municipality, found)
    served = {visit.id for visit in found.visits}
    found.gaps = [gap for gap in found.gaps if gap.first in served]
    return found


def _is_asked(
    record: CareVisit | RideRequest, client: Client, backs: set[str], paused: set[str], found: Requests
) -> bool:
    if record.id in backs:
        found.notes.append(_finding("day.id-of-a-return", record, client, Severity.ERROR))
    elif client.state is not ClientState.ACTIVE:
        found.notes.append(_finding(f"day.client-{client.state.value}", record, client, Severity.NOTE))
    elif client.id in paused:
        found.notes.append(_finding("day.client-paused", record, client, Severity.NOTE))
    else:
        return True
    return False


def _finding(code: str, record: CareVisit | RideRequest, client: Client, severity: Severity) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        file=record.origin.file,
        row=record.origin.row,
        found=record.id,
        details={"client": client.id},
    )


def _add_visit(record: CareVisit, client: Client, records: Records, found: Requests) -> None:
    settings, service = records.municipality, service_of(records, record)
    found.subjects[record.id] = Subject(request=record.id, client=client, record=record, care=service)
    found.visits.append(
        Visit(
            id=record.id,
            client=client.id,
            place=home_of(client.id),
            duration=settings.door + record.duration,
            windows=record.windows,
            max_lateness=record.max_lateness,
            priority=record.priority,
            skills=record.skills | (settings.care_skills if service is Service.HOME_CARE else frozenset()),
            crew=record.crew,
            goods=record.goods,
            regular=record.planned_for or client.regular,
            preferred=client.preferred,
            forbidden=client.forbidden,
        )
    )
    if record.after is not None:
        found.gaps.append(
            Gap(
                first=record.after,
                second=record.id,
                minimum=record.gap_minimum,
                maximum=record.gap_maximum,
                two_carers=record.other_worker,
            )
        )


def _add_ride(record: RideRequest, client: Client, settings: Municipality, found: Requests) -> None:
    out = _outbound(record, client, settings)
    found.shipments.append(out)
    found.subjects[out.id] = Subject(request=out.id, client=client, record=record)
    if record.returning is Return.NONE:
        return
    back = _inbound(record, out, settings)
    found.shipments.append(back)
    found.subjects[back.id] = Subject(request=back.id, client=client, record=record, is_return=True)
    found.links.append(
        RideLink(
            outbound=out.id,
            inbound=back.id,
            same_shift=record.same_vehicle,
            waiting=record.waiting,
            nearby=settings.nearby,
            minimum_stay=record.appointment if record.return_at is None else 0,
        )
    )


def service_of(records: Records, visit: CareVisit) -> Service:
    """Return the service a visit belongs to: that of its care plan, else home care."""
    if visit.care_slot is None:
        return Service.HOME_CARE
    plans = {slot.id: slot.plan for slot in records.care_slots}
    services = {plan.id: plan.service for plan in records.care_plans}
    return services.get(plans.get(visit.care_slot, ""), Service.HOME_CARE)


def aids_of(record: RideRequest, client: Client) -> frozenset[Aid]:
    """Return the aids of a ride: its own where stated, else the client's."""
    return client.aids if record.aids is None else record.aids


def _outbound(record: RideRequest, client: Client, settings: Municipality) -> Shipment:
    aids = aids_of(record, client)
    board, alight = _handling(aids, settings.boarding), _handling(aids, settings.alighting)
    pickup = record.pickup or (TimeWindow(earliest=0, latest=record.arrival[-1].latest + record.max_lateness),)
    delivery = record.arrival or (TimeWindow(earliest=record.pickup[0].earliest, latest=LAST_MOMENT),)
    return Shipment(
        id=record.id,
        client=client.id,
        pickup=ShipmentStep(
            place=_place(record.start, client),
            duration=board,
            windows=pickup,
            max_lateness=record.max_lateness if record.pickup else 0,
        ),
        delivery=ShipmentStep(
            place=_place(record.end, client),
            duration=alight,
            windows=delivery,
            max_lateness=record.max_lateness if record.arrival else 0,
        ),
        load=_load(aids, record.companions),
        priority=record.priority,
        skills=_skills(record, aids, settings),
        max_ride=settings.max_ride if record.max_ride is None else record.max_ride,
        max_ride_percent=settings.max_ride_percent if record.max_ride_percent is None else record.max_ride_percent,
        alone=record.alone,
        regular=client.regular if record.service is Service.ESCORTED else frozenset(),
        preferred=client.preferred if record.service is Service.ESCORTED else frozenset(),
        forbidden=client.forbidden,
    )


def _inbound(record: RideRequest, out: Shipment, settings: Municipality) -> Shipment:
    """Return the way back: from when she is ready until she has waited as long as she may."""
    begins = (record.arrival or record.pickup)[-1].latest
    ready = begins + record.appointment if record.return_at is None else record.return_at
    wait = settings.call_wait if record.returning is Return.CALL else settings.return_wait
    return Shipment(
        id=return_id(out.id),
        client=out.client,
        pickup=ShipmentStep(
            place=out.delivery.place,
            duration=out.pickup.duration,
            windows=(TimeWindow(earliest=ready, latest=min(ready + wait, LAST_MOMENT)),),
        ),
        delivery=ShipmentStep(
            place=out.pickup.place,
            duration=out.delivery.duration,
            windows=(TimeWindow(earliest=ready, latest=LAST_MOMENT),),
        ),
        load=out.load,
        priority=out.priority,
        skills=out.skills,
        max_ride=out.max_ride,
        max_ride_percent=out.max_ride_percent,
        alone=out.alone,
        will_call=record.returning is Return.CALL,
        regular=out.regular,
        preferred=out.preferred,
        forbidden=out.forbidden,
    )


def _place(name: str, client: Client) -> str:
    return home_of(client.id) if name == HOME else name


def _handling(aids: frozenset[Aid], seconds: Mapping[str, int]) -> int:
    """Return how long getting in or out takes: as long as the slowest of the aids, or without any."""
    plain = seconds.get("none", 0)
    return max((seconds.get(aid.value, plain) for aid in aids), default=plain)


def _load(aids: frozenset[Aid], companions: int) -> Load:
    lying, wheeled = Aid.STRETCHER in aids, Aid.WHEELCHAIR in aids
    return Load(
        seats=companions + (not lying and not wheeled),
        wheelchairs=int(wheeled and not lying),
        stretchers=int(lying),
    )


def _skills(record: RideRequest, aids: frozenset[Aid], settings: Municipality) -> frozenset[str]:
    """Return what worker and vehicle must offer; a stair climber travels with the vehicle."""
    asked = settings.escort_skills if record.service is Service.ESCORTED else settings.social_skills
    return asked | ({Aid.STAIR_CLIMBER.value} if Aid.STAIR_CLIMBER in aids else set())
