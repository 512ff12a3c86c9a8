"""The zone of a destination, seen from the municipality that prices the ride, by names."""

from __future__ import annotations

from enum import StrEnum


class Zone(StrEnum):
    """Where a ride goes: within the municipality, elsewhere in its county, or beyond the county."""

    MUNICIPALITY = "municipality"
    COUNTY = "county"
    COUNTRY = "country"


def zone_of(*, municipality: str | None, county: str | None, home_municipality: str, home_county: str) -> Zone | None:
    """Return the zone of a place in `municipality` and `county`; None where the names do not decide it.

    Counties are known by both their names (`Tartumaa`, `Tartu maakond`); a town and a rural municipality of the same
    name are different (`Tartu linn`, `Tartu vald`). A place's county alone never tells whether it lies in the
    municipality, but another county than home is COUNTRY whatever the municipality.
    """
    if municipality and _plain(municipality) == _plain(home_municipality):
        return Zone.MUNICIPALITY
    if not county:
        return None
    if county_name(county) != county_name(home_county):
        return Zone.COUNTRY
    return Zone.COUNTY if municipality else None


def widest(*zones: Zone | None) -> Zone | None:
    """Return the zone that reaches farthest, for a ride priced by the farther of its ends; None if one is unknown."""
    known = [zone for zone in zones if zone is not None]
    return max(known, key=list(Zone).index, default=None) if len(known) == len(zones) else None


def county_name(name: str) -> str:
    """Return the part of a county's name that all its forms share: `ida-viru` for `Ida-Virumaa`."""
    return _plain(name).removesuffix(" maakond").removesuffix("maa")


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
