"""Choose the roads worth drawing behind a day: near it, the important first, no more than a page can bear."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from maps.day_view import Line, Point, RoadClass, RoadView

MARGIN = 0.25
"""How far roads reach beyond what is shown, as a part of its width and height."""
TOLERANCE = 0.0001
"""Degrees by which a drawn road may leave its true line: about ten metres."""
POINT_BUDGET = 60_000
"""Points in one page: about 1.2 MB."""


def visible_roads(
    roads: Sequence[RoadView], bounds: tuple[Point, Point], *, budget: int = POINT_BUDGET
) -> dict[RoadClass, list[Line]]:
    """Return the lines to draw by class, the least important class first, so that the others lie on top.

    Lines are clipped to the neighbourhood of `bounds` and straightened by Douglas and Peucker's method. A class that
    no longer fits into `budget` points is left out, and so are all below it.
    """
    chosen: dict[RoadClass, list[Line]] = {}
    for road_class in RoadClass:
        lines = _near([road.line for road in roads if road.road_class is road_class], bounds)
        budget -= sum(map(len, lines))
        if budget < 0:
            break
        if lines:
            chosen[road_class] = lines
    return dict(reversed(chosen.items()))


def _near(lines: Sequence[Line], bounds: tuple[Point, Point]) -> list[Line]:
    drawable = [shapely.LineString([(lon, lat) for lat, lon in line]) for line in lines if len(line) > 1]
    if not drawable:
        return []
    box = _widened(bounds)
    near = shapely.clip_by_rect(np.array(drawable, dtype=object), *box)
    parts = shapely.get_parts(shapely.simplify(near, TOLERANCE))
    return [tuple((lat, lon) for lon, lat in part.coords) for part in parts if not part.is_empty]


def _widened(bounds: tuple[Point, Point]) -> tuple[float, float, float, float]:
    (south, west), (north, east) = bounds
    height = max(north - south, 0.02) * MARGIN
    width = max(east - west, 0.04) * MARGIN
    return west - width, south - height, east + width, north + height
