"""Lengths on the globe, and the flat picture of a region."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS = 6_371_009.0
"""Metres; the mean radius that OSMnx uses too."""


def beeline(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> NDArray[np.float64]:
    """Return great-circle metres between points given in degrees (haversine formula), element by element."""
    phi1, phi2 = np.radians(lat1), np.radians(lat2)
    half_phi = (phi2 - phi1) / 2
    half_lambda = (np.radians(lon2) - np.radians(lon1)) / 2
    chord = np.sin(half_phi) ** 2 + np.cos(phi1) * np.cos(phi2) * np.sin(half_lambda) ** 2
    return np.asarray(2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.clip(chord, 0, 1))), dtype=np.float64)


def shape_metres(shape: NDArray[np.float64]) -> float:
    """Return the metres along rows of (lat, lon)."""
    return float(beeline(shape[:-1, 0], shape[:-1, 1], shape[1:, 0], shape[1:, 1]).sum())


@dataclass(frozen=True, kw_only=True)
class Plane:
    """The equirectangular picture around latitude `lat0`: metres, true to 1 % within 60 km north and south in Estonia.

    Good enough to find the nearest road and where along it; lengths of roads are never measured in it.
    """

    lat0: float

    def project(self, lat: ArrayLike, lon: ArrayLike) -> NDArray[np.float64]:
        """Return rows of (x, y) in metres."""
        y = np.radians(lat) * EARTH_RADIUS
        x = np.radians(lon) * EARTH_RADIUS * np.cos(np.radians(self.lat0))
        return np.column_stack([x, y])

    def unproject(self, xy: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the latitudes and longitudes of rows of (x, y)."""
        lat = np.degrees(xy[:, 1] / EARTH_RADIUS)
        lon = np.degrees(xy[:, 0] / EARTH_RADIUS / np.cos(np.radians(self.lat0)))
        return lat, lon
