"""Write a day as GeoJSON (RFC 7946) for other map programs, without names or addresses."""

from __future__ import annotations

import json
from typing import Any

from maps.day_view import DayView, LegView, RoundView
from maps.geometry import Line
from routing.wording.format import clock_exact


def day_geojson(view: DayView) -> str:
    """Return a FeatureCollection of legs, stops and unassigned requests; coordinates are [lon, lat]."""
    features: list[dict[str, Any]] = []
    for round_view in view.rounds:
        features.extend(_leg(round_view, leg) for leg in round_view.legs)
        features.extend(_stops(round_view))
    for index, missed in enumerate(view.unassigned, start=1):
        properties: dict[str, Any] = {"kind": "unassigned", "number": index}
        features.append(_feature("Point", _position(missed.lat, missed.lon), properties))
    collection = {"type": "FeatureCollection", "date": view.day.isoformat(), "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1)


def _leg(round_view: RoundView, leg: LegView) -> dict[str, Any]:
    properties = {"kind": f"leg-{leg.kind.value}", "shift": round_view.shift, "round": round_view.style.letter}
    return _feature("LineString", _positions(leg.line), properties)


def _stops(round_view: RoundView) -> list[dict[str, Any]]:
    return [
        _feature(
            "Point",
            _position(stop.lat, stop.lon),
            {
                "kind": stop.kind.value,
                "shift": round_view.shift,
                "round": round_view.style.letter,
                "number": stop.number,
                "arrival": clock_exact(stop.arrival),
                "start": clock_exact(stop.start),
                "departure": clock_exact(stop.departure),
            },
        )
        for stop in round_view.stops
    ]


def _feature(geometry: str, coordinates: Any, properties: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401  as deep as the geometry
    return {"type": "Feature", "geometry": {"type": geometry, "coordinates": coordinates}, "properties": properties}


def _positions(line: Line) -> list[list[float]]:
    return [_position(lat, lon) for lat, lon in line]


def _position(lat: float, lon: float) -> list[float]:
    return [round(lon, 6), round(lat, 6)]
