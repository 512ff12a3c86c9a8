"""The places a day can use: bases, destinations, harbours and homes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from routing.day.subjects import home_of
from routing.errors import RecordsError
from routing.findings import Finding
from routing.problem import Place
from routing.records.model import Ferry, Records


def places_of(records: Records) -> tuple[Place, ...]:
    """Return every place of the records, homes under `home_of`; RecordsError where a place has the id of a home."""
    taken = {home_of(client.id) for client in records.clients}
    clashes = [place for place in records.places if place.id in taken]
    if clashes:
        raise RecordsError(
            [Finding(code="day.id-of-a-home", file=p.origin.file, row=p.origin.row, found=p.id) for p in clashes]
        )
    named = [Place(id=place.id, lat=place.lat, lon=place.lon) for place in records.places]
    homes = [Place(id=home_of(client.id), lat=client.lat, lon=client.lon) for client in records.clients]
    return (*named, *homes)


def island_ids(records: Records, ferry: Ferry) -> frozenset[str]:
    """Return the ids of all places in the settlements that `ferry` serves."""
    named = {place.id for place in records.places if place.settlement in ferry.settlements}
    homes = {home_of(client.id) for client in records.clients if client.settlement in ferry.settlements}
    return frozenset(named | homes)


def located_findings(records: Records, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings about places, pointing at the rows the places come from."""
    rows = {place.id: place.origin for place in records.places}
    rows |= {home_of(client.id): client.origin for client in records.clients}
    names = {home_of(client.id): client.id for client in records.clients}
    for finding in findings:
        origin = rows.get(finding.found)
        named = replace(finding, found=names.get(finding.found, finding.found))
        yield named if origin is None else replace(named, file=origin.file, row=origin.row)
