"""Municipalities and counties are filled in from boundaries, and only where they are missing."""

import json

import pytest

from routing.day.areas import with_areas
from routing.records.model import Client, Municipality, PlaceRecord, Records
from routing.rules.boundaries import load_boundaries


@pytest.fixture
def boundaries(tmp_path):
    """Return one square municipality around 58.5 N, 26.5 E."""
    ring = [[26, 58], [27, 58], [27, 59], [26, 59], [26, 58]]
    feature = {
        "type": "Feature",
        "properties": {"ONIMI": "Ruudu vald", "MNIMI": "Ruudu maakond"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    found, findings = load_boundaries(path)
    assert found is not None
    assert not list(findings)
    return found


@pytest.mark.parametrize(
    ("lat", "stated", "expected"),
    [
        (58.5, (None, None), ("Ruudu vald", "Ruudu maakond")),
        (58.5, ("Muu vald", None), ("Muu vald", "Ruudu maakond")),
        (58.5, ("Muu vald", "Muu maakond"), ("Muu vald", "Muu maakond")),
        (57.0, (None, None), (None, None)),
    ],
)
def test_only_what_is_missing_is_filled_in(boundaries, lat, stated, expected):
    """An address that says where it lies is believed; a point outside every polygon stays unknown."""
    area = dict(zip(("municipality", "county"), stated, strict=True))
    records = Records(
        municipality=Municipality(name="Ruudu vald", county="Ruudu maakond"),
        places=(PlaceRecord(id="p", name="p", lat=lat, lon=26.5, **area),),
        clients=(Client(id="c", name="c", lat=lat, lon=26.5, **area),),
    )

    found = with_areas(records, boundaries)

    assert [(row.municipality, row.county) for row in (*found.places, *found.clients)] == [expected, expected]
