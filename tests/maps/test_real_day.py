"""The bundled day as the command line writes it: complete in a browser without network, quiet, and true to its plan."""

import json
import re
from pathlib import Path

import pytest

from tests.api.command import DAY, QUICK, REPOSITORY, run
from tests.maps.offline import OfflineWindow

pytestmark = pytest.mark.browser

POINT = r"58\.\d{5},2[67]\.\d{5}"
ONE_POINT = re.compile(rf"geo:({POINT})\?q=\1|https://www\.google\.com/maps/dir/\?api=1&destination={POINT}")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the files of Tartu vald's day."""
    out = tmp_path_factory.mktemp("day") / "out"
    result = run("plan", REPOSITORY / "fixtures" / "tartu_vald", "--date", DAY, "--out", out, *QUICK)
    assert result.exit_code == 0, result.output
    return out


@pytest.fixture(scope="module")
def plan(out: Path) -> dict:
    """Return the plan that was written."""
    return json.loads((out / "plan.json").read_text())["plan"]


def serving(route: dict) -> list[dict]:
    """Return the stops of a route that serve somebody or take a ferry, which have a number."""
    return [stop for stop in route["stops"] if stop["kind"] not in ("start", "break", "end")]


def test_the_whole_day(watched: OfflineWindow, out: Path, plan: dict) -> None:
    """The day's map shows every round as a layer, every stop and every request left out, on the network's roads."""
    page = watched.open(out / "map.html")
    shown = page.locator(".leaflet-control-layers label").count()
    assert shown == len(plan["routes"]) + 1
    assert page.locator(".list button.stop").count() >= sum(map(len, map(serving, plan["routes"])))
    places = {(route["shift"], stop["place"]) for route in plan["routes"] for stop in serving(route)}
    assert page.locator(".pin").count() >= len(places)
    assert page.locator("path.way").count() >= 2 * len(plan["routes"])
    assert page.locator("canvas").count() == 1
    assert page.get_by_text("Skemaatiline teevõrk").is_visible()
    listed = page.locator(".list").inner_text()
    assert all(name in listed for name in ("Vello Liivoja", "Uno Mändmets"))
    assert "nõustamine" in listed or "tööaja lõpuks" in listed


def test_one_round(watched: OfflineWindow, out: Path, plan: dict) -> None:
    """A driver's page shows each stop as a card with a link that carries this one stop's coordinates alone."""
    route = max(plan["routes"], key=lambda route: len(route["stops"]))
    page = watched.open(out / f"round-{route['shift']}.html")
    assert page.locator(".card").count() >= len(serving(route))
    links = [link.get_attribute("href") or "" for link in page.locator("a.button").all()]
    assert links
    assert [link for link in links if not ONE_POINT.fullmatch(link)] == []


def test_every_round_opens(watched: OfflineWindow, out: Path, plan: dict) -> None:
    """Each shift that is used has its page, and the page draws a map."""
    pages = sorted(out.glob("round-*.html"))
    assert len(pages) == len(plan["routes"])
    for path in pages:
        assert watched.open(path).locator("path.way").count() >= 2
