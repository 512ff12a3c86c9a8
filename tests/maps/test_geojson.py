"""A day's GeoJSON has every leg, stop and unassigned request, and no person."""

import json

from maps.day_view import DayView
from maps.geojson import day_geojson


def test_features(day_view: DayView) -> None:
    """Hold all of them, longitude first as RFC 7946 asks."""
    collection = json.loads(day_geojson(day_view))
    kinds = [feature["properties"]["kind"] for feature in collection["features"]]
    assert collection["date"] == "2026-03-16"
    assert kinds.count("visit") == 20
    assert kinds.count("leg-road") == sum(len(round_view.legs) for round_view in day_view.rounds)
    assert kinds[-1] == "unassigned"
    first_stop = next(feature for feature in collection["features"] if feature["properties"]["kind"] == "visit")
    assert first_stop["geometry"]["coordinates"] == [26.7768, 58.4099]
    assert first_stop["properties"] | {"start": "08:40:00"} == {
        "kind": "visit", "shift": "kõrveküla", "round": "A", "number": 1,
        "arrival": "08:35", "start": "08:40:00", "departure": "09:05",
    }  # fmt: skip


def test_nothing_personal(day_view: DayView) -> None:
    """Keep names and reasons out."""
    text = day_geojson(day_view)
    assert "Aino" not in text
    assert "Maarika" not in text
    assert "Evald" not in text
    assert "kanderaam" not in text
