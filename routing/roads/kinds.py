"""The kinds of road and surface a network tells apart, stored as small integers."""

from __future__ import annotations

from enum import IntEnum


class RoadClass(IntEnum):
    """Classes of road, most important first; the names are OpenStreetMap's `highway` values."""

    MOTORWAY = 0
    TRUNK = 1
    PRIMARY = 2
    SECONDARY = 3
    TERTIARY = 4
    UNCLASSIFIED = 5
    RESIDENTIAL = 6
    LIVING_STREET = 7
    SERVICE = 8
    TRACK = 9

    @property
    def label(self) -> str:
        """Return the name used in files."""
        return self.name.lower()


class Surface(IntEnum):
    """What the wheels run on."""

    UNKNOWN = 0
    PAVED = 1
    GRAVEL = 2

    @property
    def label(self) -> str:
        """Return the name used in files."""
        return self.name.lower()


LOCAL = frozenset(
    {
        RoadClass.UNCLASSIFIED,
        RoadClass.RESIDENTIAL,
        RoadClass.LIVING_STREET,
        RoadClass.SERVICE,
        RoadClass.TRACK,
    }
)
"""Municipal and private roads: what a layer of state roads lacks."""
