"""Lines show the very way that the matrix measures."""

import numpy as np
import pytest

from routing.roads.geometry import background, leg_line, leg_lines
from routing.roads.kinds import RoadClass
from routing.roads.snap import snap
from routing.roads.speeds import Profile
from routing.roads.sphere import shape_metres
from routing.roads.travel import travel_matrix


def test_every_line_is_as_long_as_the_matrix_says(square, place):
    """From house to house, for every pair, both ways round the one-way side."""
    spots = [("a", 0, 0.005), ("b", 0, 0.015), ("c", 0.012, 0.01), ("d", 0.01, 0.004), ("e", 0.003, 0.0205)]
    places = [place(*spot) for spot in spots]
    snapped, _ = snap(square, places)
    matrix = travel_matrix(square, snapped)
    legs = [(a.id, b.id) for a in places for b in places if a is not b]
    for (origin, destination), line in leg_lines(square, snapped, legs, Profile()).items():
        assert shape_metres(np.array(line)) == pytest.approx(matrix.length(origin, destination), abs=3)
        assert line[0] == pytest.approx((snapped.lat[ord(origin) - 97], snapped.lon[ord(origin) - 97]))
        assert line[-1] == pytest.approx((snapped.lat[ord(destination) - 97], snapped.lon[ord(destination) - 97]))


def test_the_one_way_side_is_driven_one_way(square, place):
    """Back from east to west leads over the north."""
    snapped, _ = snap(square, [place("west", 0, 0.005), place("east", 0, 0.015)])
    assert max(lat for lat, _ in leg_line(square, snapped, "west", "east", Profile())) == pytest.approx(58.4)
    assert max(lat for lat, _ in leg_line(square, snapped, "east", "west", Profile())) == pytest.approx(58.41)


def test_no_way_has_no_line(archipelago, place):
    """An unreachable leg and a leg to the place itself are empty, the ice road draws one when it is open."""
    snapped, _ = snap(archipelago, [place("shore", 0, 0.08), place("farm", 0.06, 0.18)], islands=[{"farm"}])
    assert leg_line(archipelago, snapped, "shore", "farm", Profile()) == ()
    assert leg_line(archipelago, snapped, "farm", "farm", Profile()) == ()
    assert len(leg_line(archipelago, snapped, "shore", "farm", Profile(ice_road=True))) == 4
    assert leg_lines(archipelago, snapped, [], Profile()) == {}


def test_a_bend_is_drawn_from_where_one_joins_it(build, place):
    """Only the part of a winding road that is driven is drawn."""
    network = build([(58.4, 26.7), (58.4, 26.72)], [{"ends": (0, 1), "via": [(58.41, 26.705), (58.41, 26.715)]}])
    snapped, _ = snap(network, [place("top", 0.01, 0.01), place("end", 0, 0.02)])
    line = leg_line(network, snapped, "top", "end", Profile())
    assert line == ((58.41, 26.71), (58.41, 26.715), (58.4, 26.72))


def test_the_background_draws_each_road_once_inside_the_box(archipelago, square):
    """Roads that touch the box, by class, no ice and no second direction."""
    assert {kind: len(lines) for kind, lines in background(square, 58.3, 26.6, 58.5, 26.8).items()} == {
        RoadClass.TERTIARY: 4
    }
    assert len(background(square, 58.409, 26.705, 58.411, 26.710)[RoadClass.TERTIARY]) == 1
    assert background(square, 0, 0, 1, 1) == {}
    assert len(background(archipelago, 58, 26, 59, 28)[RoadClass.TERTIARY]) == 2
