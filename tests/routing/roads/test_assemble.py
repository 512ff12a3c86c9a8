"""Networks hold together, and say what they left out."""

import numpy as np
import pytest

from routing.errors import RoadsError
from routing.roads.kinds import RoadClass
from routing.roads.network import MAIN_ZONE, NO_TWIN, NO_ZONE

NEAR = [(58.4, 26.7), (58.4, 26.72), (58.41, 26.72), (58.6, 27.0), (58.6, 27.01), (58.9, 27.5)]


def test_a_road_into_a_trap_is_cut_off_and_reported(build):
    """A one-way road that nobody can come back from is not kept."""
    network = build(NEAR[:3], [{"ends": (0, 1)}, {"ends": (1, 2), "oneway": True}], zone_metres=100)
    assert (network.nodes, network.edges) == (2, 2)
    assert network.report.cut_parts == 0  # the lone end has no road of its own


def test_a_small_separate_part_is_reported_with_its_metres(build):
    """What is cut off is counted in metres and can be found on a map."""
    roads = [{"ends": (0, 1)}, {"ends": (1, 2)}, {"ends": (3, 4)}]
    network = build(NEAR, roads, zone_metres=2000)
    assert network.nodes == 3
    assert network.report.cut_parts == 1
    assert 1100 < network.report.cut_metres < 1200  # 580 m there and back
    assert (network.report.cut_off[0].lat, network.report.cut_off[0].lon) == NEAR[3]


def test_a_large_separate_part_is_a_zone_of_its_own(build):
    """An island keeps its roads; the largest part is the mainland whatever its order in the file."""
    network = build(NEAR, [{"ends": (3, 4)}, {"ends": (0, 1)}, {"ends": (1, 2)}], zone_metres=1000)
    zone = dict(zip(network.node_lat.tolist(), network.node_zone.tolist(), strict=True))
    assert zone[58.6] == 1
    assert zone[58.41] == MAIN_ZONE


def test_an_ice_road_joins_no_zones(archipelago):
    """Ice is kept as a road, but nobody is snapped to it and it makes no island a mainland."""
    assert sorted(set(archipelago.node_zone.tolist())) == [0, 1]
    assert archipelago.ice.sum() == 2
    assert (archipelago.link_zone == NO_ZONE).sum() == 1


def test_twins_name_each_other_and_one_way_roads_have_none(square):
    """The other direction of a road is found by its shape."""
    paired = np.flatnonzero(square.twin != NO_TWIN)
    assert len(paired) == 6
    assert (square.twin[square.twin[paired]] == paired).all()
    assert (square.tail[paired] == square.head[square.twin[paired]]).all()
    assert len(square.links) == 4


def test_parallel_roads_pair_with_their_own_other_direction(build):
    """Two roads between the same nodes are told apart by where they run."""
    network = build(NEAR[:2], [{"ends": (0, 1)}, {"ends": (0, 1), "via": [(58.41, 26.71)]}])
    for edge in range(network.edges):
        assert (network.shape(edge) == network.shape(int(network.twin[edge]))[::-1]).all()


def test_arrays_cannot_be_changed_and_the_id_follows_the_content(build):
    """A network is frozen, and another road gives another id."""
    one = build(NEAR[:2], [{"ends": (0, 1)}])
    same = build(NEAR[:2], [{"ends": (0, 1)}])
    other = build(NEAR[:2], [{"ends": (0, 1), "road_class": RoadClass.TRACK}])
    assert not one.length.flags.writeable
    assert one.content_id == same.content_id != other.content_id


def test_a_network_without_local_roads_says_so(build):
    """State roads alone leave houses far from the next road."""
    assert build(NEAR[:2], [{"ends": (0, 1)}]).lacks_local_roads
    assert not build(NEAR[:2], [{"ends": (0, 1), "road_class": RoadClass.RESIDENTIAL}]).lacks_local_roads


def test_roads_without_a_way_back_are_a_finding(build):
    """A network of nothing but one-way traps is refused with a reason."""
    with pytest.raises(RoadsError) as refused:
        build(NEAR[:2], [{"ends": (0, 1), "oneway": True}])
    assert [finding.code for finding in refused.value.findings] == ["roads.no-way-back"]
