"""A browser without network shows the whole page, fetches nothing, and works by keyboard."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from maps.background import Background, RoadClass, RoadView
from maps.day_files import day_files
from maps.day_view import DayView
from maps.files import write_files
from tests.maps.offline import OfflineWindow

pytestmark = pytest.mark.browser

HOSTILE = "</script><script>document.title='bad'</script><img src=x onerror=\"document.title='bad'\">"


@pytest.fixture(scope="module")
def folder(day_view: DayView, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("day")
    write_files(folder, day_files(day_view))
    return folder


def test_the_day_is_complete(watched: OfflineWindow, folder: Path) -> None:
    """Draw pins, ways, roads, names, legend and list."""
    page = watched.open(folder / "map.html")
    assert page.locator(".pin").count() == 25
    assert page.locator("path.way").count() == 6
    assert page.locator("canvas").count() == 1
    assert page.locator(".leaflet-control-layers label").count() == 4
    assert page.locator(".list button.stop").count() == 37
    assert page.locator(".place-name").count() == 23
    assert page.locator('.place-name:not([data-side="hidden"])').count() > 5
    assert page.get_by_text("Skemaatiline teevõrk").is_visible()
    box = page.locator(".folium-map").bounding_box()
    assert box
    assert box["width"] > 700
    assert box["height"] > 500
    lengths = page.eval_on_selector_all("path.way", "paths => paths.map(path => path.getTotalLength())")
    assert all(length > 100 for length in lengths)


def test_every_pin_is_in_sight(watched: OfflineWindow, folder: Path) -> None:
    """Fit the day into the map, clear of the legend."""
    page = watched.open(folder / "map.html")
    hidden = page.evaluate(
        """() => {
            const box = (element) => element.getBoundingClientRect();
            const map = box(document.querySelector(".folium-map"));
            const legend = box(document.querySelector(".leaflet-control-layers"));
            return [...document.querySelectorAll(".pin")].map(box).filter((pin) =>
                pin.left < map.left || pin.right > map.right || pin.top < map.top || pin.bottom > map.bottom ||
                overlap(pin, legend)).length;
        }"""
    )
    assert hidden == 0


def test_layers_switch(watched: OfflineWindow, folder: Path) -> None:
    """Hide and show a round; the list brings a hidden one back."""
    page = watched.open(folder / "map.html")
    page.locator(".leaflet-control-layers input").nth(1).uncheck()
    assert page.locator(".pin", has_text="B1").count() == 0
    assert page.locator("path.way").count() == 4
    page.locator('[data-pin="B-1"]').click()
    assert page.locator("path.way").count() == 6
    assert "B1" in page.locator(".leaflet-popup-content").inner_text()


def test_the_keyboard_reaches_everything(watched: OfflineWindow, folder: Path) -> None:
    """Skip to the list, open a stop from it, and open a pin on the map."""
    page = watched.open(folder / "map.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.pin") == "unassigned-1"
    page.keyboard.press("Enter")
    assert "kanderaami" in page.locator(".leaflet-popup-content").inner_text()
    pin = page.get_by_role("button", name=re.compile(r"^A1 Käik 08:40–09:05 Aino")).first
    pin.focus()
    page.keyboard.press("Enter")
    assert "Aino" in page.locator(".leaflet-popup-content").inner_text()
    assert page.locator("li.current").inner_text().startswith("A1")
    assert page.get_by_role("button", name="Sulge").count() == 1


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_a_round_fits_the_screen(browser: Browser, folder: Path, width: int) -> None:
    """Show all stops and the map without sideways scrolling, with buttons a thumb can hit."""
    watched = OfflineWindow(browser, width=width, height=844)
    page = watched.open(folder / "round-tabivere.html")
    assert page.locator(".card").count() == 13
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("a.button").count() == 11
    assert min(box["height"] for link in page.locator("a.button").all() if (box := link.bounding_box())) >= 44
    assert page.locator("path.way").count() == 2
    watched.close()


def test_paper(watched: OfflineWindow, folder: Path) -> None:
    """Print a round with boxes to tick and the map, but without buttons."""
    page = watched.open(folder / "round-tabivere.html")
    page.emulate_media(media="print")
    assert page.locator(".tick").first.is_visible()
    assert not page.locator("a.button").first.is_visible()
    assert page.locator(".folium-map").is_visible()
    assert page.pdf().startswith(b"%PDF")


def test_hostile_texts_do_nothing(watched: OfflineWindow, day_view: DayView, tmp_path: Path) -> None:
    """Show hostile texts in list, pins, popups, legend and names without running them."""
    stops = tuple(
        replace(stop, label=HOSTILE, settlement=HOSTILE, address=HOSTILE) for stop in day_view.rounds[0].stops
    )
    names = tuple(replace(place, name=HOSTILE) for place in day_view.background.place_names)
    round_view = replace(day_view.rounds[0], worker=HOSTILE, stops=stops)
    view = replace(day_view, rounds=(round_view,), background=Background(place_names=names))
    write_files(tmp_path, day_files(view))
    for path in tmp_path.glob("*.html"):
        page = watched.open(path)
        page.locator('[data-pin="A-1"]').click()
        assert "</script>" in page.locator(".leaflet-popup-content").inner_text()
        assert page.title() != "bad"
        assert page.locator("img").count() == 0


def test_many_roads_stay_one_canvas(watched: OfflineWindow, day_view: DayView, tmp_path: Path) -> None:
    """Draw ten thousand pieces of road without ten thousand elements."""
    roads = tuple(
        RoadView(line=((58.4 + n / 50_000, 26.5), (58.4 + n / 50_000, 26.9)), road_class=RoadClass.LOCAL)
        for n in range(10_000)
    )
    write_files(tmp_path, {"map.html": day_files(replace(day_view, background=Background(roads=roads)))["map.html"]})
    page = watched.open(tmp_path / "map.html")
    assert page.locator("path").count() == 6
    assert page.locator("canvas").count() == 1
