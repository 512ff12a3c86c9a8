"""OpenStreetMap files become networks: one-way streets, limits by direction, ferries aside, faults as findings."""

import gzip

import numpy as np
import osmnx as ox
import pytest
import requests

from routing.errors import RoadsError
from routing.problem import Place
from routing.roads import osm_import
from routing.roads.kinds import RoadClass, Surface
from routing.roads.opening import open_network
from routing.roads.osm_filter import Box
from routing.roads.osm_tags import ROAD_TAGS
from routing.roads.prepare import prepare
from routing.roads.report import FerrySeen
from routing.roads.speeds import Profile

NODE = '<node id="{}" lat="{}" lon="{}" version="1"/>'
POINTS = {
    1: (58.40, 26.70),
    2: (58.40, 26.72),
    3: (58.41, 26.72),
    4: (58.41, 26.70),
    5: (58.405, 26.73),  # a bend between 2 and 3
    6: (58.42, 26.72),  # the end of a track
    7: (58.5, 27.4),  # a harbour across the lake
}


def way(number, nodes, **tags):
    """Return one way in OSM XML; underscores in tag names stand for colons."""
    refs = "".join(f'<nd ref="{node}"/>' for node in nodes)
    kv = "".join(f'<tag k="{key.replace("__", ":")}" v="{value}"/>' for key, value in tags.items())
    return f'<way id="{number}" version="1">{refs}{kv}</way>'


WAYS = [
    way(10, [1, 2], highway="secondary", surface="asphalt", maxspeed="90", maxspeed__backward="70"),
    way(11, [2, 5, 3], highway="tertiary", surface="gravel"),
    way(12, [3, 4], highway="residential", oneway="yes"),
    way(13, [4, 1], highway="unclassified"),
    way(14, [3, 6], highway="track", tracktype="grade2"),
    way(15, [1, 3], highway="footway"),
    way(16, [4, 2], building="yes"),
    way(17, [4, 7], route="ferry", name="Laaksaare–Piirissaar", duration="PT50M"),
    way(18, [4, 7], route="ferry", name="Jalgsipraam", duration="00:15", motor_vehicle="no"),
]
RESTRICTION = (
    '<relation id="20" version="1"><member type="way" ref="10" role="from"/><member type="node" ref="2" role="via"/>'
    '<member type="way" ref="11" role="to"/><tag k="type" v="restriction"/></relation>'
)


def osm_text(ways=WAYS):
    """Return a whole OSM XML file."""
    nodes = [NODE.format(number, *point) for number, point in POINTS.items()]
    return f'<osm version="0.6" generator="test">{"".join([*nodes, *ways, RESTRICTION])}</osm>'


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "boom">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    + "]><graphml><graph><node id='&a9;'/></graph></graphml>"
).encode()
NOWHERE = (
    b"<graphml xmlns='http://graphml.graphdrawing.org/xmlns'><key id='h' for='edge' attr.name='highway' "
    b"attr.type='string'/><graph edgedefault='directed'><node id='1'/><node id='2'/><edge source='1' target='2'>"
    b"<data key='h'>tertiary</data></edge></graph></graphml>"
)


@pytest.fixture(scope="module")
def osm_file(tmp_path_factory):
    """Return the small file."""
    path = tmp_path_factory.mktemp("osm") / "small.osm"
    path.write_text(osm_text(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def network(osm_file):
    """Return the network of the small file."""
    return open_network(osm_file)


def edge(network, tail, head):
    """Return the one edge between two nodes of `POINTS`."""
    at = {(round(a, 6), round(b, 6)): i for i, (a, b) in enumerate(zip(network.node_lat, network.node_lon))}  # noqa: B905
    (found,) = np.flatnonzero((network.tail == at[POINTS[tail]]) & (network.head == at[POINTS[head]]))
    return int(found)


def test_only_drivable_ways_become_roads(network):
    """No footway, no building, no ferry; the bend is a shape, not a node."""
    assert network.nodes == 5
    assert network.edges == 9
    assert len(network.shape(edge(network, 2, 3))) == 3
    assert sorted({RoadClass(kind).label for kind in network.road_class}) == [
        "residential",
        "secondary",
        "tertiary",
        "track",
        "unclassified",
    ]


def test_direction_decides_limit_and_way(network):
    """The lower limit holds backward only, and a one-way street has no other direction."""
    assert network.limit[edge(network, 1, 2)] == 90
    assert network.limit[edge(network, 2, 1)] == 70
    matrix, _, _ = prepare(network, [Place(id="3", lat=58.41, lon=26.72), Place(id="4", lat=58.41, lon=26.70)])
    assert matrix.length("3", "4") == pytest.approx(1165, abs=5)
    assert matrix.length("4", "3") > 3500


def test_surfaces_come_from_tags(network):
    """Gravel where mapped, by grade on tracks, unknown where nothing says."""
    assert network.surface[edge(network, 2, 3)] == Surface.GRAVEL
    assert network.surface[edge(network, 3, 6)] == Surface.GRAVEL
    assert network.surface[edge(network, 4, 1)] == Surface.UNKNOWN
    assert network.report.unknown_surface_metres > 0


def test_the_report_lists_ferries_and_ignored_restrictions(network):
    """Lines with their minutes and whether cars may board; turn restrictions counted."""
    assert network.report.ferries == (
        FerrySeen(name="Jalgsipraam", seconds=900, cars=False),
        FerrySeen(name="Laaksaare–Piirissaar", seconds=3000, cars=True),
    )
    assert network.report.restrictions_ignored == 1
    assert [finding.code for finding in network.report.findings()] == [
        "roads.ferries-left-out",
        "roads.restrictions-ignored",
        "roads.surface-unknown",
    ]


def test_a_compressed_file_gives_the_same_network(network, tmp_path):
    """Packing changes nothing."""
    path = tmp_path / "small.osm.gz"
    path.write_bytes(gzip.compress(osm_text().encode()))
    assert open_network(path).content_id == network.content_id


def test_a_box_keeps_only_what_touches_it(osm_file):
    """Clipping works by way, whole ways are kept."""
    clipped = osm_import.import_osm(osm_file, box=Box(south=58.399, west=26.699, north=58.4005, east=26.721))
    assert clipped.nodes == 4
    assert set(clipped.road_class.tolist()) == {RoadClass.SECONDARY, RoadClass.TERTIARY, RoadClass.UNCLASSIFIED}


def test_ways_cut_at_the_edge_of_an_extract_keep_what_is_there(network, tmp_path):
    """Nodes that the file does not hold are left out, with them a way that has no two others."""
    path = tmp_path / "cut.osm"
    ways = [*WAYS, way(30, [4, 98, 99], highway="tertiary"), way(31, [97, 98], highway="tertiary")]
    path.write_text(osm_text(ways), encoding="utf-8")
    assert open_network(path).content_id == network.content_id


def test_an_ice_road_of_the_map_joins_the_island_only_when_open(tmp_path):
    """An ice road is told by its tag; the island keeps its own roads and its own zone."""
    path = tmp_path / "ice.osm"
    island = [way(40, [7, 8], highway="unclassified"), way(41, [4, 7], highway="unclassified", ice_road="yes")]
    text = osm_text([*WAYS, *island]).replace("<way", NODE.format(8, 58.51, 27.44) + "<way", 1)
    path.write_text(text, encoding="utf-8")
    places = [Place(id="mainland", lat=58.41, lon=26.70), Place(id="island", lat=58.51, lon=27.44)]
    profiles = [Profile(), Profile(name="ice", ice_road=True)]
    matrix, _, findings = prepare(open_network(path), places, profiles, islands=[{"island"}])
    assert len(findings) == 0
    assert matrix.travel("mainland", "island") is None
    assert matrix.travel("mainland", "island", "ice") > 4000


def test_a_ring_without_junctions_is_a_road(tmp_path):
    """A village street round a pond is not lost."""
    path = tmp_path / "ring.osm"
    path.write_text(osm_text([way(1, [1, 2, 3, 4, 1], highway="residential")]), encoding="utf-8")
    assert open_network(path).length.sum() == pytest.approx(2 * 2 * (1112 + 1165), rel=0.01)


def test_graphml_gives_the_same_roads(network, osm_file, tmp_path, monkeypatch):
    """A graph that OSMnx saved, simplified or not, is read with its own tags."""
    monkeypatch.setattr(ox.settings, "useful_tags_way", [*ROAD_TAGS])
    raw = ox.graph_from_xml(osm_file, simplify=False, retain_all=True)
    simple = ox.simplify_graph(raw, edge_attrs_differ=["highway", "maxspeed"])
    for name, graph in [("raw", raw), ("simple", simple)]:
        ox.save_graphml(graph, tmp_path / f"{name}.graphml")
        again = open_network(tmp_path / f"{name}.graphml")
        assert again.edges == network.edges
        assert again.length.sum() == pytest.approx(network.length.sum())


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.osm", b"", "roads.file-unreadable"),
        ("cut.osm", osm_text().encode()[:900], "roads.file-unreadable"),
        ("noise.osm.pbf", bytes(range(256)) * 4, "roads.file-unreadable"),
        ("noise.osm.gz", b"not gzip at all", "roads.file-unreadable"),
        ("noise.graphml", b"<graphml><oops", "roads.file-unreadable"),
        ("bare.graphml", b"<graphml xmlns='http://graphml.graphdrawing.org/xmlns'/>", "roads.file-unreadable"),
        ("roadless.osm", osm_text([WAYS[5], WAYS[6]]).encode(), "roads.no-drivable-roads"),
        ("roads.shp", b"x", "roads.unknown-format"),
        ("bomb.graphml", BOMB, "roads.file-unreadable"),
        ("bomb.osm", BOMB, "roads.file-unreadable"),
        ("nowhere.graphml", NOWHERE, "roads.file-unreadable"),
        ("off-the-globe.osm", osm_text().replace("27.4", "400").encode(), "roads.file-unreadable"),
        ("points.osm", osm_text([way(1, [1, 1], highway="road")]).encode(), "roads.no-drivable-roads"),
    ],
)
def test_faulty_files_are_findings(tmp_path, name, content, code):
    """Whatever is wrong with a file, it is named and nothing falls over."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RoadsError) as refused:
        open_network(tmp_path / name)
    assert [(finding.code, finding.file) for finding in refused.value.findings] == [(code, name)]


def test_a_file_that_is_not_there_is_a_finding(tmp_path):
    """Missing files are named; a folder without tables is no network."""
    for path, code in [(tmp_path / "no.osm.pbf", "roads.file-missing"), (tmp_path, "roads.unknown-format")]:
        with pytest.raises(RoadsError) as refused:
            open_network(path)
        assert [finding.code for finding in refused.value.findings] == [code]


def test_one_file_is_imported_once(osm_file, network, tmp_path, monkeypatch):
    """The second time comes from the cache whatever the file is called; a damaged copy is made anew."""
    cache, renamed = tmp_path / "cache", tmp_path / "renamed.osm"
    assert open_network(osm_file, cache=cache).content_id == network.content_id
    (kept,) = cache.iterdir()
    renamed.write_bytes(osm_file.read_bytes())
    with monkeypatch.context() as patched:
        patched.setattr(osm_import, "import_osm", lambda _: pytest.fail("imported again"))
        assert open_network(renamed, cache=cache).content_id == network.content_id
    kept.write_bytes(b"damaged")
    assert open_network(osm_file, cache=cache).content_id == network.content_id
    assert open_network(kept).content_id == network.content_id


def offline(*_args, **_kwargs):
    """Fail as `requests` does without a network."""
    raise requests.ConnectionError("no route to host")


def unknown(*_args, **_kwargs):
    """Fail as OSMnx does for a place that nobody knows."""
    raise ValueError("Nominatim found nothing")


@pytest.mark.parametrize(("answer", "code"), [(offline, "roads.offline"), (unknown, "roads.unknown-place")])
def test_downloads_say_what_went_wrong(monkeypatch, answer, code):
    """Without internet the way out is a file."""
    monkeypatch.setattr(ox, "graph_from_place", answer)
    monkeypatch.setattr(ox, "graph_from_bbox", answer)
    for call in (
        lambda: osm_import.import_place("Tartu vald, Estonia"),
        lambda: osm_import.import_box(Box(south=58, west=26, north=59, east=27)),
    ):
        with pytest.raises(RoadsError) as refused:
            call()
        assert [finding.code for finding in refused.value.findings] == [code]


def test_a_download_becomes_a_network(monkeypatch, network, osm_file):
    """What OSMnx downloads is treated as a file is, and its settings are put back."""
    before = list(ox.settings.useful_tags_way)

    def download(*_args, **_kwargs):
        assert "surface" in ox.settings.useful_tags_way
        return ox.graph_from_xml(osm_file, simplify=False, retain_all=True)

    monkeypatch.setattr(ox, "graph_from_place", download)
    assert osm_import.import_place("Tartu vald, Estonia").edges == network.edges
    assert ox.settings.useful_tags_way == before
