"""Places land on the nearest road of their own side of the water."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.problem import Place
from routing.roads.network import MAIN_ZONE
from routing.roads.snap import FULL_LIMITS, NO_EDGE, SPARSE_LIMITS, SnapLimits, default_limits, snap
from routing.roads.sphere import beeline

ANY = SnapLimits(review=1e6, error=1e6)


@given(st.floats(0, 1), st.integers(0, 3))
@settings(max_examples=50, deadline=None)
def test_a_place_on_a_road_snaps_to_where_it_is(square, share, row):
    """A point on a road is found on that road, at its share of it, no distance away."""
    link = int(square.links[row])
    start, stop = square.shape(link)
    lat, lon = start + share * (stop - start)
    snapped, findings = snap(square, [Place(id="p", lat=lat, lon=lon)])
    start, stop = square.shape(int(snapped.edge[0]))
    found = start + snapped.along[0] * (stop - start)
    assert beeline(lat, lon, *found) == pytest.approx(0, abs=0.1)
    assert snapped.metres[0] == pytest.approx(0, abs=0.1)
    assert len(findings) == 0


@given(st.floats(-0.01, 0.02), st.floats(-0.01, 0.03))
@settings(max_examples=50, deadline=None)
def test_no_road_is_nearer_than_the_one_found(square, up, right):
    """The distance found is that of the nearest of many points along all roads, within their spacing."""
    lat, lon = 58.4 + up, 26.7 + right
    snapped, _ = snap(square, [Place(id="p", lat=lat, lon=lon)], limits=ANY)
    nearest = np.inf
    for link in square.links:
        start, stop = square.shape(int(link))
        spots = start + np.linspace(0, 1, 201)[:, None] * (stop - start)
        nearest = min(nearest, float(beeline(lat, lon, spots[:, 0], spots[:, 1]).min()))
    assert snapped.metres[0] == pytest.approx(nearest, abs=3 + 0.01 * nearest)


def test_nothing_is_snapped_across_water(archipelago, place):
    """A mainland place by the shore keeps to the mainland road though the island's is nearer, and the reverse."""
    places = [place("mainland", 0.05, 0.15), place("harbour", 0.06, 0.16), place("cape", 0.001, 0.09)]
    snapped, _ = snap(archipelago, places, islands=[{"harbour", "cape"}], limits=ANY)
    zones = archipelago.node_zone[archipelago.tail[snapped.edge]]
    assert zones.tolist() == [MAIN_ZONE, 1, 1]


def test_island_places_need_roads_on_the_island(square, place):
    """Where the network lacks the island, its places have no road: the mainland's does not stand in."""
    snapped, findings = snap(square, [place("farm", 0.001, 0.001), place("town", 0, 0)], islands=[{"farm"}])
    assert [(finding.code, finding.found) for finding in findings] == [("roads.island-without-roads", "farm")]
    assert snapped.edge[0] == NO_EDGE
    assert snapped.edge[1] != NO_EDGE


def test_an_island_too_far_away_is_not_theirs(archipelago, place):
    """The zone of an island must lie where its places are."""
    _, findings = snap(archipelago, [place("elsewhere", 0.5, 0.5)], islands=[{"elsewhere"}])
    assert [finding.code for finding in findings] == ["roads.island-without-roads"]


@pytest.mark.parametrize(
    ("up", "expected"),
    [
        (0.0026, []),  # 289 m
        (0.0028, [("roads.place-far", "warning", "p")]),  # 311 m
        (0.0179, [("roads.place-far", "warning", "p")]),  # 1990 m
        (0.0181, [("roads.place-too-far", "error", "p")]),  # 2013 m
    ],
)
def test_far_places_are_reported_and_very_far_ones_left_out(square, place, up, expected):
    """Around both limits, with the metres in the finding."""
    snapped, findings = snap(square, [place("p", 0.01 + up, 0.01)], limits=FULL_LIMITS)
    assert [(f.code, f.severity.value, f.found) for f in findings] == expected
    assert (snapped.edge[0] == NO_EDGE) == findings.has_errors
    assert [f.sentence("et") for f in findings if " km" in f.sentence("et")] == [
        finding.sentence("et") for finding in findings if up > 0.009
    ]


def test_limits_follow_how_dense_the_network_is(build, square):
    """A network of state roads, where houses lie far from them, is judged more mildly."""
    street = build([(58.4, 26.7), (58.4, 26.72)], [{"ends": (0, 1), "road_class": 6}])
    assert default_limits(square) == SPARSE_LIMITS
    assert default_limits(street) == FULL_LIMITS
