"""The municipality and county of a point from polygons."""

import json

import pytest

from routing.rules.boundaries import Area, load_boundaries
from routing.wording import LANGUAGES


def feature(name, county, ring):
    """Return a GeoJSON feature with one ring."""
    return {
        "type": "Feature",
        "properties": {"ONIMI": name, "MNIMI": county},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def square(west, south):
    """Return a ring of one degree by one degree."""
    return [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]


BOW_TIE = [[30, 58], [31, 59], [31, 58], [30, 59], [30, 58]]
FEATURES = [
    feature("Lääne vald", "A maakond", square(26, 58)),
    feature("Ida vald", "B maakond", square(27, 58)),
    feature("Lips vald", "C maakond", BOW_TIE),
    feature(None, "C maakond", square(40, 58)),
]


@pytest.fixture
def collection(tmp_path):
    """Return a writer of GeoJSON collections."""

    def write(features):
        path = tmp_path / "piirid.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("lat", "lon", "municipality"),
    [
        (58.5, 26.5, "Lääne vald"),
        (58.5, 27.5, "Ida vald"),
        (58.5, 27.0, None),  # on the border of two
        (58.5, 29.0, None),
        (58.1, 30.9, "Lips vald"),  # in one half of a polygon that crosses itself
        (58.5, 40.5, None),  # in a polygon without a name
    ],
)
def test_locate(collection, lat, lon, municipality):
    """A point is in the polygon around it; on a border and outside it is nowhere."""
    boundaries, findings = load_boundaries(collection(FEATURES))
    assert not len(findings)
    area = boundaries.locate(lat, lon)
    assert (area.municipality if area else None) == municipality


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"type": ', "rules.boundaries-unreadable"),
        ("", "rules.boundaries-unreadable"),
        (json.dumps({"type": "FeatureCollection", "features": []}), "rules.boundaries-columns"),
        ('{"type": "Point", "coordinates": [26, 58]}', "rules.boundaries-columns"),
        (
            json.dumps({"type": "FeatureCollection", "features": [feature(None, None, square(26, 58))]}),
            "rules.boundaries-empty",
        ),
    ],
)
def test_unusable_files(tmp_path, content, code):
    """A file that cannot be used is a finding that says so in both languages."""
    path = tmp_path / "piirid.geojson"
    path.write_text(content, encoding="utf-8")
    boundaries, findings = load_boundaries(path)
    assert boundaries is None
    assert [finding.code for finding in findings] == [code]
    assert all(finding.as_dict(lang)["action"] for finding in findings for lang in LANGUAGES)


@pytest.mark.shared
def test_real_boundaries(shared):
    """Towns and parishes of the real division are found by their coordinates."""
    boundaries, findings = load_boundaries(shared / "geo" / "ehak" / "omavalitsused_20180901.geojson")
    assert not len(findings)
    assert boundaries.locate(58.38, 26.72) == Area(municipality="Tartu linn", county="Tartu maakond")
    assert boundaries.locate(58.45, 26.72) == Area(municipality="Tartu vald", county="Tartu maakond")
    assert boundaries.locate(59.2, 27.4) == Area(municipality="Alutaguse vald", county="Ida-Viru maakond")
    assert boundaries.locate(59.0, 20.0) is None
