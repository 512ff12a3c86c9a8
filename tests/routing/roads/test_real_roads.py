"""Real extracts: the state roads of Tartu county, Heidelberg, Helsinki's ferries, Andorra."""

import csv
import math

import networkx as nx
import numpy as np
import pytest

from routing.problem import Place
from routing.roads.network import NO_TWIN
from routing.roads.opening import open_network
from routing.roads.osm_filter import Box
from routing.roads.osm_import import import_osm
from routing.roads.prepare import prepare
from routing.roads.speeds import Profile, weigh

pytestmark = pytest.mark.shared

CENTRE = Place(id="centre", lat=58.3800, lon=26.7225)
SIGNS = [  # where the sign stands, and the km to Tartu it shows (register of signs, Transpordiamet)
    (58.5494, 26.7549, 22),
    (58.5299, 26.7706, 20),
    (58.5035, 26.7738, 17),
    (58.4998, 26.7745, 16),
]


@pytest.fixture(scope="module")
def tartumaa(shared, tmp_path_factory):
    """Return the county's state roads, through the cache."""
    return open_network(shared / "geo/tartumaa/teed_2018.osm.pbf", cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def heidelberg(shared):
    """Return the old town of Heidelberg and the other bank of the Neckar."""
    box = Box(south=49.405, west=8.685, north=49.425, east=8.72)
    return import_osm(shared / "geo/osm/heidelberg-20240908.osm.pbf", box=box)


def at_nodes(network, count):
    """Return places on nodes spread over the network."""
    chosen = np.linspace(0, network.nodes - 1, count).astype(int)
    chosen = [node for node in chosen if network.node_zone[node] == 0]
    return [Place(id=str(n), lat=float(network.node_lat[n]), lon=float(network.node_lon[n])) for n in chosen]


@pytest.mark.parametrize("name", ["tartumaa", "heidelberg"])
def test_times_between_nodes_are_those_of_networkx(name, request):
    """On a sample of nodes, to the second; leaving and reaching a node lies within its junction cost."""
    network = request.getfixturevalue(name)
    places = at_nodes(network, 12)
    matrix, snapped, _ = prepare(network, places)
    weights = weigh(network, Profile())
    graph = nx.DiGraph()
    for edge in range(network.edges):
        tail, head = int(network.tail[edge]), int(network.head[edge])
        cost = int(weights.run[edge] + weights.junction[edge])
        if cost < graph.get_edge_data(tail, head, {"weight": math.inf})["weight"]:
            graph.add_edge(tail, head, weight=cost)
    assert snapped.metres.max() < 0.5
    for origin in places:
        lengths = nx.single_source_dijkstra_path_length(graph, int(origin.id))
        for destination in places:
            if origin is not destination:
                seconds = lengths[int(destination.id)] / 100
                assert matrix.travel(origin.id, destination.id) == pytest.approx(seconds, abs=13)


def test_lengths_agree_with_the_signs(tartumaa):
    """Along the main road 3 to Tartu, within 1.5 km."""
    places = [CENTRE, *(Place(id=str(i), lat=lat, lon=lon) for i, (lat, lon, _) in enumerate(SIGNS))]
    matrix, _, findings = prepare(tartumaa, places)
    assert len(findings) == 0
    for i, (_, _, km) in enumerate(SIGNS):
        assert matrix.length(str(i), "centre") / 1000 == pytest.approx(km, abs=1.5)


def test_every_settlement_but_those_of_piirissaar_finds_a_road(tartumaa, shared):
    """Tartu vald snaps within 5 km; the island, which the layer lacks, does not snap to the shore."""
    with (shared / "geo/ehak/asustusyksused_punktid.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["omavalitsus"] == "Tartu vald"]
    places = [Place(id=row["nimi"], lat=float(row["lat"]), lon=float(row["lon"])) for row in rows]
    island = {"Piiri küla", "Saare küla", "Tooni küla"}
    _, snapped, findings = prepare(tartumaa, places, islands=[island])
    assert {place for place, on_road in zip(snapped.places, snapped.on_road, strict=True) if not on_road} == island
    assert {finding.found for finding in findings if finding.code == "roads.island-without-roads"} == island


def test_the_county_layer_is_what_was_measured(tartumaa):
    """Size, the parts cut off, and that it lacks local roads."""
    assert 400 < tartumaa.nodes < 520
    assert tartumaa.report.cut_parts > 0
    assert tartumaa.lacks_local_roads
    assert 2 * 1_500_000 < tartumaa.length.sum() < 2 * 1_560_000


def test_heidelberg_has_one_way_streets_and_restrictions(heidelberg):
    """A PBF is filtered and clipped; one-way streets make the matrix asymmetric."""
    assert (heidelberg.twin == NO_TWIN).sum() > 200
    assert heidelberg.report.restrictions_ignored > 400
    assert not heidelberg.lacks_local_roads
    matrix, _, _ = prepare(heidelberg, at_nodes(heidelberg, 15))
    seconds = matrix.seconds["car"]
    assert (seconds != seconds.T).any()
    assert (seconds >= 0).all()
    assert (seconds[:, None, :] <= seconds[:, :, None] + seconds[None, :, :]).all()


def test_helsinki_lists_its_ferries_as_services(shared):
    """Durations in several forms are read, foot ferries told apart, and no ferry is a road."""
    box = Box(south=60.160, west=24.94, north=60.166, east=24.95)
    network = import_osm(shared / "geo/osm/helsinki-20240510.osm.pbf", box=box)
    ferries = {ferry.name: ferry for ferry in network.report.ferries}
    assert len(ferries) > 10
    assert ferries["Helsinki–Tallinn"].seconds == 9000
    assert any(ferry.seconds is None for ferry in ferries.values())
    assert {True, False} <= {ferry.cars for ferry in ferries.values()}
    assert network.length.max() < 3000


def test_andorra_hangs_together(shared):
    """A whole small country is one zone, with what was cut off named."""
    network = open_network(shared / "geo/osm/andorra-20130528.osm.pbf")
    assert network.nodes > 1000
    assert set(network.node_zone.tolist()) == {0}
    assert len(network.report.cut_off) == network.report.cut_parts > 0
