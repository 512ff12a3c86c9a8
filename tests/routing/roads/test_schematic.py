"""Schematic networks are read with every fault named, and the bundled ones make sense."""

import csv
from pathlib import Path

import pytest

from routing.errors import RoadsError
from routing.problem import Place
from routing.roads.kinds import RoadClass
from routing.roads.opening import open_network
from routing.roads.prepare import prepare
from routing.roads.schematic import DETOUR, read_schematic
from routing.roads.speeds import Profile
from routing.roads.sphere import beeline

FIXTURES = Path(__file__).parents[3] / "fixtures"
NODES = "id,name,lat,lon\na,A,58.4,26.7\nb,B,58.4,26.8\nc,C,58.5,26.8\n"
LINKS = "from,to,road,class,surface,limit,flags,via\n"
ISLAND = {"piirissaare_sadam", "piiri", "tooni", "piirissaare_saare"}


@pytest.fixture
def folder(tmp_path):
    """Return a function that writes a schematic folder."""

    def write(nodes: str, links: str) -> Path:
        (tmp_path / "nodes.csv").write_text(nodes, encoding="utf-8")
        (tmp_path / "links.csv").write_text(links, encoding="utf-8")
        return tmp_path

    return write


def faults(folder):
    """Return (code, file, row, field) of every finding that refuses a folder."""
    with pytest.raises(RoadsError) as refused:
        read_schematic(folder)
    return [(f.code.removeprefix("roads."), f.file, f.row, f.field) for f in refused.value.findings]


def test_lengths_are_beelines_with_a_detour(folder):
    """Along the via points, and the same both ways."""
    links = LINKS + 'a,b,3,trunk,paved,90,,\nb,c,,tertiary,gravel,,,"58.45 26.9; 58.47 26.9"\n'
    network = read_schematic(folder(NODES, links))
    assert network.edges == 4
    assert network.length[0] == pytest.approx(DETOUR * float(beeline(58.4, 26.7, 58.4, 26.8)))
    assert len(network.shape(2)) == 4
    assert network.length[2] == network.length[3] > DETOUR * float(beeline(58.4, 26.8, 58.5, 26.8))
    assert network.report.schematic
    assert not network.report.attribution
    assert (network.limit[0], network.limit[2], network.road_class[0]) == (90, 0, RoadClass.TRUNK)


@pytest.mark.parametrize(
    ("nodes", "links", "found"),
    [
        (NODES, LINKS + "a,x,,trunk,paved,,,\n", [("unknown-node", "links.csv", 2, "to")]),
        (NODES, LINKS + "a,a,,trunk,paved,,,\n", [("link-to-itself", "links.csv", 2, "to")]),
        (NODES, LINKS + "a,b,,road,paved,,,\n", [("unknown-kind", "links.csv", 2, "class")]),
        (NODES, LINKS + "a,b,,trunk,lava,,,\n", [("unknown-kind", "links.csv", 2, "surface")]),
        (NODES, LINKS + "a,b,,trunk,paved,fast,,\n", [("bad-limit", "links.csv", 2, "limit")]),
        (NODES, LINKS + "a,b,,trunk,paved,999,,\n", [("bad-limit", "links.csv", 2, "limit")]),
        (NODES, LINKS + "a,b,,trunk,paved,²,,\n", [("bad-limit", "links.csv", 2, "limit")]),
        (NODES, LINKS + "a,b,,trunk,paved,,fly,\n", [("unknown-flag", "links.csv", 2, "flags")]),
        (NODES, LINKS + "a,b,,trunk,paved,,,58.4\n", [("bad-point", "links.csv", 2, "via")]),
        (NODES, LINKS + "a,b,,trunk,paved,,,58.4 nan\n", [("bad-point", "links.csv", 2, "via")]),
        (NODES, LINKS, [("empty-table", "links.csv", 1, None)]),
        (NODES, "", [("empty-table", "links.csv", 1, None)]),
        (NODES, "from,to\na,b\n", [("missing-column", "links.csv", 1, None)]),
        (NODES + "a,Again,58.4,26.9\n", LINKS + "a,b,,trunk,paved,,,\n", [("bad-node-id", "nodes.csv", 5, "id")]),
        (NODES + "d,D,95,26.9\n", LINKS + "a,b,,trunk,paved,,,\n", [("bad-point", "nodes.csv", 5, "lat")]),
        (NODES + "d,D,,\n", LINKS + "a,b,,trunk,paved,,,\n", [("bad-point", "nodes.csv", 5, "lat")]),
        ('id,name,lat,lon\n"a', LINKS + "a,b,,trunk,paved,,,\n", [("not-a-table", "nodes.csv", None, None)]),
        (
            NODES,
            LINKS + "x,a,,road,lava,x,fly,?\ny,a,,trunk,paved,,,\n",
            [
                ("unknown-node", "links.csv", 2, "from"),
                ("unknown-kind", "links.csv", 2, "class"),
                ("unknown-kind", "links.csv", 2, "surface"),
                ("bad-limit", "links.csv", 2, "limit"),
                ("unknown-flag", "links.csv", 2, "flags"),
                ("bad-point", "links.csv", 2, "via"),
                ("unknown-node", "links.csv", 3, "from"),
            ],
        ),
    ],
)
def test_every_fault_is_named_with_its_row(folder, nodes, links, found):
    """One fault, one finding; several faults, all of them."""
    assert [fault for fault in faults(folder(nodes, links)) if fault[0] != "unknown-node" or fault in found] == found


def test_bytes_that_are_no_text_are_a_finding(tmp_path):
    """A file in another encoding or no text at all is named, and so is the missing other one."""
    (tmp_path / "nodes.csv").write_bytes(b"\xff\xfe\x00id")
    assert [fault[:2] for fault in faults(tmp_path)] == [("not-a-table", "nodes.csv"), ("file-missing", "links.csv")]


def settlements(name):
    """Return the nodes of a bundled network as places."""
    with (FIXTURES / name / "roads" / "nodes.csv").open(encoding="utf-8") as file:
        return [Place(id=row["id"], lat=float(row["lat"]), lon=float(row["lon"])) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def tartu():
    """Return the matrix between all nodes of the bundled Tartu vald, by road and over the ice."""
    network = open_network(FIXTURES / "tartu_vald" / "roads")
    profiles = [Profile(), Profile(name="ice", ice_road=True)]
    matrix, _, findings = prepare(network, settlements("tartu_vald"), profiles, islands=[ISLAND])
    assert len(findings) == 0
    assert network.report.cut_parts == 0
    assert "Maa-amet, 01.09.2018" in network.report.attribution
    return matrix


@pytest.mark.parametrize(
    ("origin", "destination", "km", "within"),
    [
        ("korvekula", "tartu_kesklinn", 6.5, 2),
        ("vedu", "tartu_kesklinn", 17, 5),  # sign: Tartu 17
        ("igavere", "tartu_kesklinn", 21, 7),  # sign: Tartu 22 a little further on
        ("tabivere", "tartu_kesklinn", 25, 5),
        ("laeva", "tartu_kesklinn", 26, 7),
        ("alatskivi", "kallaste", 8.3, 2),
    ],
)
def test_bundled_lengths_are_roughly_those_of_the_signs(tartu, origin, destination, km, within):
    """A schematic is not exact, but nothing is twice as far as it is."""
    assert tartu.length(origin, destination) / 1000 == pytest.approx(km, abs=within)


def test_piirissaar_has_roads_of_its_own_and_no_other(tartu):
    """The island's places reach each other, the mainland only over the ice."""
    for place in tartu.places:
        island = place in ISLAND
        assert (tartu.travel("piiri", place) is not None) is island
        assert (tartu.travel("korvekula", place) is not None) is not island
        assert tartu.travel("korvekula", place, "ice") is not None
    assert 7000 <= tartu.length("laaksaare_sadam", "piirissaare_sadam", "ice") <= 10_000


def test_alutaguse_hangs_together():
    """Every settlement can be reached from Iisaku within two hours."""
    matrix, _, findings = prepare(open_network(FIXTURES / "alutaguse" / "roads"), settlements("alutaguse"))
    assert len(findings) == 0
    assert all(0 <= matrix.travel("iisaku", place) < 7200 for place in matrix.places)
    assert matrix.length("iisaku", "johvi_keskus") / 1000 == pytest.approx(38, abs=6)


@pytest.mark.shared
@pytest.mark.parametrize(("vald", "folder"), [("Tartu vald", "tartu_vald"), ("Alutaguse vald", "alutaguse")])
def test_every_settlement_finds_a_schematic_road(shared, vald, folder):
    """All settlements of the municipality snap to the bundled network, each within its limits."""
    with (shared / "geo/ehak/asustusyksused_punktid.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["omavalitsus"] == vald]
    places = [Place(id=row["akood"], lat=float(row["lat"]), lon=float(row["lon"])) for row in rows]
    island = {row["akood"] for row in rows if row["nimi"] in ("Piiri küla", "Tooni küla", "Saare küla")}
    network = open_network(FIXTURES / folder / "roads")
    _, snapped, findings = prepare(network, places, islands=[island] if island else [])
    assert snapped.on_road.all()
    assert not findings.has_errors
