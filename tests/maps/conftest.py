"""A day of Tartu vald to draw: three rounds of synthetic people between real settlements."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from playwright.sync_api import Browser

from maps.background import Background, PlaceName, RoadClass, RoadView
from maps.day_view import DayView, LegView, RoundView, StopView, UnassignedView
from maps.palette import line_style
from routing.plan import StopKind
from tests.browsers import browser
from tests.maps.offline import OfflineWindow

__all__ = ["browser"]

SETTLEMENTS = {
    "Tabivere": (58.5568, 26.5834),
    "Kõrveküla": (58.4277, 26.7731),
    "Vasula": (58.4635, 26.7207),
    "Lähte": (58.4953, 26.6808),
    "Äksi": (58.5257, 26.6722),
    "Laeva": (58.4915, 26.3863),
    "Kärevere": (58.4461, 26.4527),
    "Maarja-Magdaleena": (58.6092, 26.7432),
    "Kaiavere": (58.5877, 26.6887),
    "Elistvere": (58.5744, 26.6898),
    "Vedu": (58.5040, 26.7762),
    "Väägvere": (58.4683, 26.8345),
    "Tammistu": (58.4534, 26.9273),
    "Vahi": (58.4150, 26.7156),
    "Tila": (58.4099, 26.7768),
    "Igavere": (58.5382, 26.7679),
    "Kukulinna": (58.5146, 26.7190),
    "Valgma": (58.5507, 26.6279),
    "Siniküla": (58.4978, 26.3018),
    "Kõrenduse": (58.6207, 26.7092),
    "Tartu": (58.3806, 26.7251),
    "Laaksaare": (58.3383, 27.4164),
    "Piirissaar": (58.3765, 27.5023),
}
ROADS = [
    (RoadClass.MAIN, "Tartu Vahi Kõrveküla Vasula Lähte Äksi Valgma Tabivere"),
    (RoadClass.MAIN, "Tartu Kärevere Laeva Siniküla"),
    (RoadClass.SECONDARY, "Äksi Elistvere Kaiavere Maarja-Magdaleena Kõrenduse"),
    (RoadClass.SECONDARY, "Kõrveküla Väägvere Tammistu"),
    (RoadClass.LOCAL, "Lähte Kukulinna Igavere Vedu Vasula"),
    (RoadClass.LOCAL, "Kõrveküla Tila Tartu"),
    (RoadClass.LOCAL, "Tabivere Kaiavere"),
]
ROUNDS = [
    (
        "kõrveküla",
        "Maarika Kask",
        "411 TRV",
        "Kõrveküla",
        "Tila Vahi Vasula Väägvere Tammistu Väägvere Vedu Igavere Vasula Kõrveküla",
    ),
    (
        "tabivere",
        "Tiina Saar",
        "503 TRV",
        "Tabivere",
        "Valgma Äksi Elistvere Kaiavere Maarja-Magdaleena Kõrenduse Kaiavere Äksi Lähte Kukulinna",
    ),
    (
        "buss",
        "Ants Mets",
        "Invabuss 902 BKM",
        "Kõrveküla",
        "Vasula Lähte Tartu Laeva Siniküla Kärevere Tartu Laeva Tartu Lähte",
    ),
]
PEOPLE = ["Aino", "Heino", "Leida", "Elmar", "Salme", "Villem", "Helga", "Arvo", "Linda", "Endel"]


def _round(index: int) -> RoundView:
    shift, worker, vehicle, base, way = ROUNDS[index]
    names = [base, *way.split(), base]
    kinds = [StopKind.PICKUP, StopKind.DELIVERY] if shift == "buss" else [StopKind.VISIT]
    stops = [_stop(position, name, names, kinds) for position, name in enumerate(names)]
    stops.insert(6, _break(stops[5]))
    lines = [LegView(line=(SETTLEMENTS[a], _bend(a, b), SETTLEMENTS[b])) for a, b in pairwise(names) if a != b]
    return RoundView(
        shift=shift, style=line_style(index), worker=worker, vehicle=vehicle, stops=tuple(stops), legs=tuple(lines)
    )


def _bend(a: str, b: str) -> tuple[float, float]:
    first, second = sorted((SETTLEMENTS[a], SETTLEMENTS[b]))
    return (first[0] + second[0]) / 2 + 0.003, (first[1] + second[1]) / 2 - 0.003


def _stop(position: int, name: str, names: list[str], kinds: list[StopKind]) -> StopView:
    lat, lon = SETTLEMENTS[name]
    if position in (0, len(names) - 1):
        at = 28_800 + position * 2400 + (1800 if position else 0)
        kind = StopKind.START if position == 0 else StopKind.END
        return StopView(
            kind=kind, lat=lat, lon=lon, arrival=at, start=at, departure=at, label="Teenuspunkt", settlement=name,
            travel=900 if position else 0, metres=11_400 if position else 0,
        )  # fmt: skip
    at = 28_800 + position * 2400 + (1800 if position > 5 else 0)
    return StopView(
        kind=kinds[(position - 1) % len(kinds)], lat=lat, lon=lon, arrival=at - 300, start=at, departure=at + 1500,
        number=position, label=f"{PEOPLE[position - 1]} {'KTLMSR'[position % 6]}.", settlement=name,
        address=f"Kooli {position}",
        door_note="Võti naabri käes, koputada kõvasti." if position % 3 == 0 else "",
        bring=("vererõhuaparaat", "ravimid apteegist") if position % 4 == 0 else (),
        notes=("Aeg 9.00–10.00. Koristamine, ahju kütmine.",) if position % 2 else (),
        travel=720, metres=9_800,
    )  # fmt: skip


def _break(before: StopView) -> StopView:
    return StopView(
        kind=StopKind.BREAK, lat=before.lat, lon=before.lon, arrival=before.departure, start=before.departure,
        departure=before.departure + 1800,
    )  # fmt: skip


@pytest.fixture(scope="session")
def day_view() -> DayView:
    """Return three rounds with ten numbered stops each and one request unassigned."""
    return DayView(
        title="Tartu vald",
        day=date(2026, 3, 16),
        lang="et",
        rounds=tuple(_round(index) for index in range(len(ROUNDS))),
        unassigned=(
            UnassignedView(
                label="Sõit: Evald P.", lat=58.4415, lon=26.9543, settlement="Taabri",
                reason="Ükski vaba sõiduk ei mahuta kanderaami.",
                remedy="Mahuks, kui sõidu saaks tuua ajale 14.30–15.30.",
            ),
        ),
        background=Background(
            roads=tuple(
                RoadView(road_class=kind, line=tuple(SETTLEMENTS[name] for name in way.split())) for kind, way in ROADS
            ),
            place_names=tuple(PlaceName(name=name, lat=lat, lon=lon) for name, (lat, lon) in SETTLEMENTS.items()),
            attribution="Asulad: Maa- ja Ruumiamet, haldus- ja asustusjaotus 2018",
            schematic=True,
        ),
    )  # fmt: skip


@pytest.fixture
def watched(browser: Browser) -> Iterator[OfflineWindow]:
    """Open a window without network; nothing leaves it, and it has no complaint."""
    watched = OfflineWindow(browser)
    yield watched
    watched.close()
