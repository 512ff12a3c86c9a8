"""Fill in where places and clients lie, from boundary polygons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from routing.records.model import Client, PlaceRecord, Records

if TYPE_CHECKING:
    from routing.rules.boundaries import Boundaries

Located = TypeVar("Located", Client, PlaceRecord)


def with_areas(records: Records, boundaries: Boundaries) -> Records:
    """Return the records with a missing municipality or county taken from the polygon a point lies in.

    What an address says stays; a point outside every polygon stays unknown.
    """

    def located(row: Located) -> Located:
        area = None if row.municipality and row.county else boundaries.locate(row.lat, row.lon)
        if area is None:
            return row
        return replace(row, municipality=row.municipality or area.municipality, county=row.county or area.county)

    return replace(
        records,
        places=tuple(located(place) for place in records.places),
        clients=tuple(located(client) for client in records.clients),
    )
