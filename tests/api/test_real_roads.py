"""The bundled day and a day in Heidelberg, planned, checked and explained on real extracts through the command line."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from routing.review.reasons import Block
from tests.api.command import DAY, REPOSITORY, answer, edit, run

pytestmark = pytest.mark.shared

TARTU, HEIDELBERG = REPOSITORY / "fixtures" / "tartu_vald", REPOSITORY / "tests" / "data" / "heidelberg"
SHORT = ("--seconds", "3", "--iterations", "5")


@dataclass(frozen=True)
class Planned:
    """What `plan` said of a day, and what `explain` said of each request left out."""

    said: dict[str, Any]
    left: dict[str, Any]

    def errors(self) -> list[dict[str, Any]]:
        """Return the findings that are errors."""
        return [finding for finding in self.said["findings"] if finding["severity"] == "error"]


def plan(folder: Path, roads: Path, out: Path) -> Planned:
    """Plan a folder on real roads, check the plan that was written, and explain it."""
    said = answer(run("plan", folder, "--date", DAY, "--roads", roads, "--out", out, "--json", *SHORT))
    assert said["violations"] == []
    checked = answer(run("check", folder, out / "plan.json", "--json"))
    assert checked["violations"] == []
    assert not any(finding["code"].startswith("cli.") for finding in checked["findings"])
    assert json.loads((out / "plan.json").read_text())["roads_source"] == str(roads)
    left = answer(run("explain", folder, out / "plan.json", "--json"))
    assert set(left) == set(said["plan"]["unassigned"])
    return Planned(said=said, left=left)


def blocks(explained: dict[str, Any]) -> set[str]:
    """Return the codes that keep a request off every shift."""
    return {block["code"] for block in explained["blocked"]}


def test_tartu_vald_on_the_state_roads(shared: Path, tmp_path: Path) -> None:
    """All but the island and the next county is planned; what no road reaches says so in words and as findings."""
    planned = plan(TARTU, shared / "geo/tartumaa/teed_2018.osm.pbf", tmp_path / "out")
    for request in ("V29", "V30", "S08"):
        assert Block.UNREACHABLE.value in blocks(planned.left[request])
        assert any("ei pääse kohale" in sentence for sentence in planned.left[request]["sentences"])
    assert {finding["code"] for finding in planned.errors()} == {"roads.island-without-roads", "roads.place-too-far"}
    assert all(finding["row"] and finding["file"].endswith(".csv") for finding in planned.errors())


@pytest.fixture(scope="module")
def heidelberg(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the extract as a network file, built by the command line for the part around the town."""
    out = tmp_path_factory.mktemp("roads") / "heidelberg.npz"
    osm = shared / "geo/osm/heidelberg-20240908.osm.pbf"
    built = run("roads", "build", "--osm", osm, "--bbox", "8.60,49.36,8.81,49.46", "--out", out, "--json")
    assert built.exit_code == 0, built.output
    assert answer(built)["nodes"] > 3_000
    return out


def test_heidelberg(heidelberg: Path, tmp_path: Path) -> None:
    """Eight visits and three rides in another country are all served, and every leg is drawn along its roads."""
    assert plan(HEIDELBERG, heidelberg, tmp_path / "out").left == {}
    written = json.loads((tmp_path / "out" / "map.geojson").read_text())
    lines = [feature for feature in written["features"] if feature["geometry"]["type"] == "LineString"]
    assert max(len(line["geometry"]["coordinates"]) for line in lines) > 50
    said = run("explain", HEIDELBERG, tmp_path / "out" / "plan.json", "R2", "--lang", "en").stdout
    assert "Beispiel Acht: ride R2 went to shift" in said
    assert "min more paid time" in said or "As the rounds stand, it fits on no other shift." in said


def test_a_place_off_the_map(heidelberg: Path, tmp_path: Path) -> None:
    """A client far from every road is left out as unreachable; all others are planned."""
    folder = tmp_path / "folder"
    folder.mkdir()
    for path in HEIDELBERG.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    edit(folder / "clients.csv", lambda text: text.replace("49.3930;8.7960", "49.9000;9.9000"))
    planned = plan(folder, heidelberg, tmp_path / "out")
    assert set(planned.left) == {"C6"}
    assert blocks(planned.left["C6"]) == {Block.UNREACHABLE.value}
    assert [finding["found"] for finding in planned.errors()] == ["K6"]
