"""Open the phone's navigation at one stop.

A link carries that one stop's coordinates and nothing else: no name, no time, no other stop, no round.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DriverLink:
    """Two ways to the same point: `geo` for the phone's own choice of app (RFC 5870), `web` where no app answers."""

    geo: str
    web: str


def driver_link(lat: float, lon: float) -> DriverLink:
    """Return the links to a point, to five decimals (about a metre).

    `q` makes Android set a pin instead of only centring the map there. The web address is Google's documented Maps URL.
    """
    point = f"{lat:.5f},{lon:.5f}"
    return DriverLink(
        geo=f"geo:{point}?q={point}",
        web=f"https://www.google.com/maps/dir/?api=1&destination={point}",
    )
