"""Travel times are exact, one-way streets hold, and water is never crossed."""

from itertools import product

import networkx as nx
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from routing.matrix import UNREACHABLE
from routing.problem import Place
from routing.roads import travel
from routing.roads.geometry import leg_lines
from routing.roads.graph import LENGTH_SPAN
from routing.roads.network import NO_TWIN, RoadNetwork
from routing.roads.prepare import prepare
from routing.roads.snap import SnapLimits, Snapped, snap
from routing.roads.speeds import Profile, weigh
from routing.roads.sphere import shape_metres
from routing.roads.travel import travel_matrix

ANYWHERE = SnapLimits(review=1e6, error=1e6)


class Exact:
    """The roads with every place as a node *on* its road, packed weights as Python integers, for NetworkX."""

    def __init__(self, network: RoadNetwork, snapped: Snapped, profile: Profile) -> None:
        self.network, self.snapped, self.graph = network, snapped, nx.DiGraph()
        self.weights = weigh(network, profile)
        for edge in np.flatnonzero(self.weights.usable):
            self.add_road(int(edge))
        for i in np.flatnonzero(snapped.on_road):
            access = int(profile.access_centiseconds(snapped.metres)[i]), int(np.rint(snapped.metres[i] * 10))
            self.join(("house", i), ("road", i), *access)
            self.join(("road", i), ("house", i), *access)
        # Equal positions on one road are the same spot, whichever came first.
        for i, j in product(np.flatnonzero(snapped.on_road), repeat=2):
            if i != j and snapped.edge[i] == snapped.edge[j] and snapped.along[i] == snapped.along[j]:
                self.join(("road", i), ("road", j), 0, 0)

    def join(self, a, b, time, way):
        """Add an arc unless a lighter one is there."""
        weight = int(time) * LENGTH_SPAN + int(way)
        if a != b and weight < self.graph.get_edge_data(a, b, {"weight": 2**80})["weight"]:
            self.graph.add_edge(a, b, weight=weight)

    def on_it(self, edge):
        """Return (share, place) of the places on one directed edge, in driving order."""
        on, twin = self.snapped.edge, self.network.twin[edge]
        forth = [(self.snapped.along[i], i) for i in np.flatnonzero(on == edge)]
        back = [(1 - self.snapped.along[i], i) for i in np.flatnonzero(on == twin)] if twin != NO_TWIN else []
        return sorted(forth + back)

    def add_road(self, edge):
        """Chain the places on one directed edge from its tail to its head."""
        tail, head = int(self.network.tail[edge]), int(self.network.head[edge])
        run, metres = self.weights.run[edge], int(np.rint(self.network.length[edge] * 10))
        before, time, way = tail, 0, 0
        for share, i in self.on_it(edge):
            here, t, w = ("road", i), int(np.rint(share * run)), int(np.rint(share * metres))
            self.join(before, here, t - time, w - way)
            before, time, way = here, t, w
            if self.network.twin[edge] == NO_TWIN and w == 0:  # at the very beginning: the node is as good
                self.join(here, tail, 0, 0)
            if self.network.twin[edge] == NO_TWIN and w == metres:
                self.join(head, here, 0, 0)
        self.join(before, head, int(run + self.weights.junction[edge]) - time, metres - way)


def expected(network: RoadNetwork, snapped: Snapped, profile: Profile) -> tuple[np.ndarray, np.ndarray]:
    """Return seconds and metres as NetworkX finds them."""
    graph, count = Exact(network, snapped, profile).graph, len(snapped.places)
    seconds = np.full((count, count), UNREACHABLE)
    metres = np.full((count, count), UNREACHABLE)
    for i in range(count):
        found = nx.single_source_dijkstra_path_length(graph, ("house", i)) if ("house", i) in graph else {}
        for j in range(count):
            if ("house", j) in found:
                time, way = divmod(found["house", j], LENGTH_SPAN)
                seconds[i, j], metres[i, j] = -(-time // 100), (way + 5) // 10
    np.fill_diagonal(seconds, 0)
    np.fill_diagonal(metres, 0)
    return seconds, metres


coordinate = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda p: (58.4 + p[0] / 1000, 26.7 + p[1] / 1000))


@st.composite
def days(draw):
    """Draw a small network with one-way and parallel roads, and places on and beside its roads."""
    points = draw(st.lists(coordinate, min_size=2, max_size=7, unique=True))
    node = st.integers(0, len(points) - 1)
    ends = st.tuples(node, node).filter(lambda pair: pair[0] != pair[1])
    roads = draw(
        st.lists(
            st.fixed_dictionaries({"ends": ends, "oneway": st.booleans(), "via": st.lists(coordinate, max_size=1)}),
            min_size=1,
            max_size=10,
        )
    )
    spots = draw(st.lists(st.one_of(coordinate, st.sampled_from(points)), min_size=1, max_size=6))
    return points, roads, spots


@settings(max_examples=80, deadline=None)
@example(
    (
        [(58.455, 26.7), (58.4, 26.7), (58.4, 26.709)],
        [{"ends": (0, 2), "oneway": False, "via": [(58.4, 26.7)]}],
        [(58.4, 26.7), (58.4, 26.7)],
    )
)
@given(days())
def test_random_networks_agree_with_networkx_and_obey_the_triangle(build, day):
    """Seconds and metres equal NetworkX's to the last unit, lines are as long, and no detour is ever shorter."""
    points, roads, spots = day
    network = build(points, [*roads, {"ends": (0, 1)}])
    places = [Place(id=str(i), lat=lat, lon=lon) for i, (lat, lon) in enumerate(spots)]
    snapped, _ = snap(network, places, limits=ANYWHERE)
    profile = Profile(calibration=1.17)
    matrix = travel_matrix(network, snapped, [profile])
    seconds, metres = expected(network, snapped, profile)
    np.testing.assert_array_equal(matrix.seconds["car"], seconds)
    np.testing.assert_array_equal(matrix.metres["car"], metres)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(travel, "CONDENSE_FROM", 0)
        condensed = travel_matrix(network, snapped, [profile])
    np.testing.assert_array_equal(condensed.seconds["car"], seconds)
    np.testing.assert_array_equal(condensed.metres["car"], metres)
    legs = [(a.id, b.id) for a in places for b in places if a is not b]
    longest = max(shape_metres(network.shape(edge)) for edge in range(len(network.road_class)))
    for (a, b), line in leg_lines(network, snapped, legs, profile).items():
        length = matrix.length(a, b)
        assert (line == ()) == (length is None)
        # A metre for rounding, and for the plane in which places are snapped a thousandth of the way, and at either
        # end a ten-thousandth of the road that the place is on.
        off = 1 + 0.002 * length + 0.0002 * longest if length is not None else 0
        assert length is None or shape_metres(np.array(line)) == pytest.approx(length, abs=off)
    far = np.where(matrix.seconds["car"] == UNREACHABLE, 10**9, matrix.seconds["car"])
    assert (far[:, None, :] <= far[:, :, None] + far[None, :, :]).all()


def test_a_one_way_road_is_driven_round(square, place):
    """West to east along the one-way side is direct, back is three sides of the square."""
    matrix, _, findings = prepare(square, [place("west", 0, 0.005), place("east", 0, 0.015)])
    assert len(findings) == 0
    assert matrix.length("west", "east") == pytest.approx(583, abs=2)
    assert matrix.length("east", "west") == pytest.approx(2 * 1112 + 2 * 1166 - 583, abs=5)


def test_places_on_one_two_way_road_take_the_direct_way_both_ways(square, place):
    """Nobody drives to the next junction to reach a neighbour."""
    matrix, _, _ = prepare(square, [place("a", 0.01, 0.005), place("b", 0.01, 0.015)])
    assert matrix.length("a", "b") == matrix.length("b", "a") == pytest.approx(582, abs=2)


def test_the_drive_to_the_house_counts(square, place):
    """A house 200 m from the road costs its drive, at 15 km/h."""
    matrix, _, _ = prepare(square, [place("road", 0.01, 0.01), place("house", 0.0118, 0.01)])
    assert matrix.length("road", "house") == pytest.approx(200, abs=2)
    assert matrix.travel("road", "house") == pytest.approx(48, abs=1)


def test_an_island_is_out_of_reach_until_the_ice_road_opens(archipelago, place):
    """The matrix joins island places to each other, and over the ice only under a profile that opens it."""
    places = [place("shore", 0, 0.08), place("harbour", 0.06, 0.15), place("farm", 0.06, 0.18)]
    profiles = [Profile(), Profile(name="ice", ice_road=True)]
    matrix, _, findings = prepare(archipelago, places, profiles, islands=[{"harbour", "farm"}])
    assert len(findings) == 0
    assert matrix.travel("shore", "farm") is None
    assert matrix.length("shore", "farm") is None
    assert matrix.travel("harbour", "farm") is not None
    assert matrix.length("shore", "farm", "ice") == pytest.approx(10_000, abs=500)


def test_a_place_without_a_road_is_out_of_reach_of_all_but_itself(square, place):
    """What cannot be snapped is unreachable, and never reached as the crow flies."""
    matrix, _, findings = prepare(square, [place("near", 0, 0), place("far", 1, 1)])
    assert [finding.code for finding in findings] == ["roads.place-too-far"]
    assert matrix.seconds["car"].tolist() == [[0, UNREACHABLE], [UNREACHABLE, 0]]


def test_calibration_stretches_every_time_and_no_length(square, place):
    """Twice the calibration is twice the time."""
    places = [place("a", 0, 0.003), place("b", 0.008, 0.02)]
    profiles = [Profile(), Profile(name="slow", calibration=2)]
    matrix, _, _ = prepare(square, places, profiles)
    assert matrix.travel("a", "b", "slow") == pytest.approx(2 * matrix.travel("a", "b"), abs=1)
    assert matrix.length("a", "b", "slow") == matrix.length("a", "b")


def test_no_places_give_an_empty_matrix(square):
    """A day without places is no reason to fail."""
    matrix, snapped, findings = prepare(square, [])
    assert matrix.places == snapped.places == ()
    assert matrix.seconds["car"].shape == (0, 0)
    assert len(findings) == 0


def test_many_places_are_searched_in_chunks(square, place):
    """More places than one chunk holds give the same rows as fewer."""
    places = [place(str(i), 0.01, i * 0.0001) for i in range(130)]
    matrix, _, _ = prepare(square, places)
    few, _, _ = prepare(square, places[110:])
    np.testing.assert_array_equal(matrix.seconds["car"][110:, 110:], few.seconds["car"])


def test_the_network_is_left_as_it_was(square, place):
    """Preparing twice changes nothing."""
    before = square.content_id
    first = prepare(square, [place("a", 0, 0.003), place("b", 0.008, 0.02)])[0]
    second = prepare(square, [place("a", 0, 0.003), place("b", 0.008, 0.02)])[0]
    np.testing.assert_array_equal(first.seconds["car"], second.seconds["car"])
    assert (square.twin == NO_TWIN).sum() == 1
    assert square.content_id == before
