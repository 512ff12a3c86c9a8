"""What each ride of a day costs its rider, by the municipality's own dated schedule."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from routing.day.build import Day
from routing.day.requests import aids_of
from routing.day.subjects import home_of
from routing.problem import Shipment
from routing.records.model import Records, Return, RideRequest
from routing.rules.fees.book import FeeBook
from routing.rules.fees.pricing import quote
from routing.rules.fees.question import FareQuestion
from routing.rules.fees.quote import Quote
from routing.rules.zones import Zone, widest, zone_of


def ride_prices(day: Day, book: FeeBook) -> Mapping[str, Quote]:
    """Return a quote for every ride request of the day, both ways in one, by its id."""
    quotes = {}
    for subject in day.subjects.values():
        if isinstance(subject.record, RideRequest) and not subject.is_return:
            quotes[subject.request] = quote(book, _question(day, subject.request))
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
    )


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
