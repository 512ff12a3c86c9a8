"""What each ride of a day costs its rider, by the municipality's own dated schedule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from routing.day.build import Day
from routing.day.requests import aids_of
from routing.day.subjects import home_of
from routing.plan import Plan
from routing.problem import Shipment, Step, StepKind, Waiting
from routing.records.model import Records, Return, RideRequest
from routing.rules.fees.book import FeeBook
from routing.rules.fees.pricing import quote
from routing.rules.fees.question import FareQuestion
from routing.rules.fees.quote import Quote
from routing.rules.fees.relief import reliefs_of
from routing.rules.zones import Zone, widest, zone_of


def ride_prices(day: Day, book: FeeBook, *, plan: Plan | None = None) -> Mapping[str, Quote]:
    """Return a quote for every ride request of the day, both ways in one, by its id.

    A plan tells when the ride begins, and how long a vehicle waits whose worker stays with the client; no other wait is
    known beforehand.
    """
    quotes = {}
    for subject in day.subjects.values():
        if isinstance(subject.record, RideRequest) and not subject.is_return:
            ask = _question(day, subject.request)
            if plan is not None:
                ask = replace(ask, wait=_wait(day, plan, subject.request), at=_begin(plan, subject.request))
            quotes[subject.request] = quote(book, ask)
    return quotes


def _question(day: Day, request: str) -> FareQuestion:
    subject, ride = day.subjects[request], day.problem.request_by_id[request]
    record, client, settings = subject.record, subject.client, day.records.municipality
    if not isinstance(record, RideRequest) or not isinstance(ride, Shipment):
        raise TypeError(request)
    start, end = ride.pickup.place, ride.delivery.place
    home = place_zone(day.records, home_of(client.id))
    return FareQuestion(
        municipality=settings.name,
        service=record.service,
        day=day.day,
        zone=widest(place_zone(day.records, start), place_zone(day.records, end)),
        km=km(day.matrix.length(start, end)),
        km_back=km(day.matrix.length(end, start)) if record.returning is not Return.NONE else None,
        returning=record.returning is not Return.NONE,
        resident=None if client.municipality is None else home is Zone.MUNICIPALITY,
        aids=aids_of(record, client),
        amounts={"companions": Decimal(record.companions)},
        origin=_fare_name(day.records, start),
        destination=_fare_name(day.records, end),
        reliefs=reliefs_of(day.records.reliefs).get(client.id, ()),
    )


def _fare_name(records: Records, place: str) -> str | None:
    """Return what fare tables may call a place: its settlement, else its name; nothing for a home without one."""
    names = {p.id: p.settlement or p.name for p in records.places}
    return (names | {home_of(c.id): c.settlement for c in records.clients}).get(place) or None


def _begin(plan: Plan, request: str) -> int | None:
    """Return when the client is picked up."""
    stops = plan.stops_by_step.get(Step(request=request, kind=StepKind.PICKUP), ())
    return stops[0][1].start if stops else None


def _wait(day: Day, plan: Plan, request: str) -> int | None:
    """Return the seconds from letting the client out to letting the client in where the worker stays in between."""
    link = day.problem.link_by_ride.get(request)
    if link is None or link.waiting is not Waiting.STAYS:
        return None
    out = plan.stops_by_step.get(Step(request=link.outbound, kind=StepKind.DELIVERY), ())
    back = plan.stops_by_step.get(Step(request=link.inbound, kind=StepKind.PICKUP), ())
    return back[0][1].start - out[0][1].departure if out and back else None


def km(metres: int | None) -> Decimal | None:
    """Return metres as exact kilometres, None where no road leads."""
    return None if metres is None else Decimal(metres) / 1000


def place_zone(records: Records, place: str) -> Zone | None:
    """Return the fee zone of a place or a client's home, None where its address does not tell."""
    settings = records.municipality
    named = {p.id: (p.municipality, p.county) for p in records.places}
    named |= {home_of(c.id): (c.municipality, c.county) for c in records.clients}
    municipality, county = named.get(place, (None, None))
    return zone_of(
        municipality=municipality,
        county=county,
        home_municipality=settings.name,
        home_county=settings.county,
    )
