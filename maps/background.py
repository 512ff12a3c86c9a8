"""Hold the roads and names behind a day, and choose those worth drawing: near, important first, not too many."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from maps.geometry import Bounds, Line

MARGIN = 0.5
"""How far roads reach beyond what is shown, as a part of its width and height."""
TOLERANCE = 0.0001
"""Degrees by which a drawn road may leave its true line: about ten metres."""
POINT_BUDGET = 60_000
"""Points in one page: about 1.2 MB."""


class RoadClass(StrEnum):
    """How much a road matters to somebody who looks for her way, the most first."""

    MAIN = "main"
    SECONDARY = "secondary"
    LOCAL = "local"


@dataclass(frozen=True, kw_only=True)
class RoadView:
    """A piece of road drawn as background."""

    line: Line
    road_class: RoadClass = RoadClass.LOCAL


@dataclass(frozen=True, kw_only=True)
class PlaceName:
    """A settlement's name written on the map. Where names collide the earlier one stays."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, kw_only=True)
class Background:
    """What lies behind the rounds; all pages of a day share it and what it has worked out.

    `attribution` names the sources of roads and names in the words their licences ask for; `schematic` says that the
    roads are links drawn by hand and not a survey.
    """

    roads: tuple[RoadView, ...] = ()
    place_names: tuple[PlaceName, ...] = ()
    attribution: str = ""
    schematic: bool = False

    def visible_roads(self, bounds: Bounds, *, budget: int = POINT_BUDGET) -> dict[RoadClass, list[Line]]:
        """Return the lines to draw by class, the least important class first, so that the others lie on top.

        Lines are clipped to the neighbourhood of `bounds` and straightened by Douglas and Peucker's method. A class
        that no longer fits into `budget` points is left out, and so are all below it.
        """
        chosen: dict[RoadClass, list[Line]] = {}
        for road_class in RoadClass:
            lines = _lines(shapely.clip_by_rect(self._shapes[road_class], *_widened(bounds)))
            budget -= sum(map(len, lines))
            if budget < 0:
                break
            if lines:
                chosen[road_class] = lines
        return dict(reversed(chosen.items()))

    @cached_property
    def _shapes(self) -> dict[RoadClass, NDArray[Any]]:
        return {
            road_class: _shapes(
                [road.line for road in self.roads if road.road_class is road_class and len(road.line) > 1]
            )
            for road_class in RoadClass
        }


def _shapes(lines: list[Line]) -> NDArray[Any]:
    if not lines:
        return np.empty(0, dtype=object)
    points = np.concatenate([np.asarray(line, dtype=float) for line in lines])
    owners = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    return np.asarray(shapely.simplify(shapely.linestrings(points[:, ::-1], indices=owners), TOLERANCE), dtype=object)


def _lines(shapes: NDArray[Any]) -> list[Line]:
    parts = shapely.get_parts(shapes[~shapely.is_empty(shapes)])
    points, owners = shapely.get_coordinates(parts, return_index=True)
    ends = np.flatnonzero(np.diff(owners)) + 1
    return [tuple(map(tuple, part[:, ::-1].tolist())) for part in np.split(points, ends) if len(part)]


def _widened(bounds: Bounds) -> tuple[float, float, float, float]:
    (south, west), (north, east) = bounds
    height = max(north - south, 0.02) * MARGIN
    width = max(east - west, 0.04) * MARGIN
    return west - width, south - height, east + width, north + height
