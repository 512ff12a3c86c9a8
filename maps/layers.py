"""Put a day's view on a folium map: roads and names behind, a layer per round, and what is unassigned."""

from __future__ import annotations

import folium
from folium.utilities import JsCode

from maps.day_view import DayView, LegKind, RoundView, UnassignedView
from maps.elements import Controls, LocalMap, Names, Pin, Roads, short
from maps.page import fragment, number_elements
from maps.pins import PinView, day_pins, stop_key
from maps.tiles import Tiles
from routing.wording import say

ESTONIA = ((57.5, 21.8), (59.7, 28.2))
FERRY_DASH = "1 10"
TEXTS = ("zoom-in", "zoom-out", "close", "layers")


def draw(view: DayView, *, tiles: Tiles | None = None) -> LocalMap:
    """Return the map of `view`, ready to be put on a page."""
    bounds = view.bounds or ESTONIA
    centre = [(bounds[0][axis] + bounds[1][axis]) / 2 for axis in (0, 1)]
    map_ = LocalMap(
        location=centre, tiles=None, zoom_control=False, attribution_control=False, fade_animation=False, zoom_snap=0.25
    )
    if tiles:
        folium.TileLayer(tiles=tiles.url, attr=tiles.attribution, control=False).add_to(map_)
    for road_class, lines in view.background.visible_roads(bounds).items():
        Roads(lines, road_class).add_to(map_)
    Names(view.background.place_names).add_to(map_)
    pins = day_pins(view.rounds)
    for position, round_view in enumerate(view.rounds):
        _round_layer(round_view, pins[round_view.shift], position, view.lang).add_to(map_)
    if view.unassigned:
        _unassigned_layer(view).add_to(map_)
    if len(view.rounds) > 1 or view.unassigned:
        narrow = JsCode("narrow.matches")  # only the page knows how wide it is
        folium.LayerControl(collapsed=narrow).add_to(map_)  # type: ignore[arg-type]
    Controls(bounds=bounds, texts={name: say(f"maps.{name}", view.lang) for name in TEXTS}).add_to(map_)
    number_elements(map_.get_root())
    return map_


def _round_layer(round_view: RoundView, pins: tuple[PinView, ...], position: int, lang: str) -> folium.FeatureGroup:
    layer = folium.FeatureGroup(name=fragment("legend.html.j2", lang, round=round_view))
    for kind in LegKind:
        _lines(layer, round_view, kind, position)
    for pin in pins:
        Pin(
            point=pin.point,
            label=fragment("pin.html.j2", lang, round=round_view, pin=pin),
            css="pin-base" if pin.base else "pin-stop",
            width=pin.width,
            popup=fragment("popup.html.j2", lang, round=round_view, pin=pin),
            keys=[stop_key(round_view, index) for index, _ in pin.stops],
            shift=pin.shift,
        ).add_to(layer)
    return layer


def _lines(layer: folium.FeatureGroup, round_view: RoundView, kind: LegKind, position: int) -> None:
    lines = [short(leg.line) for leg in round_view.legs if leg.kind is kind and len(leg.line) > 1]
    if not lines:
        return
    style = round_view.style
    dash = FERRY_DASH if kind is LegKind.FERRY else style.dash or None
    look = {"class_name": f"way way-{position % 12}", "opacity": 1, "interactive": False}
    folium.PolyLine(lines, color="#ffffff", weight=8, **look).add_to(layer)
    folium.PolyLine(lines, color=style.colour, weight=4, dash_array=dash, **look).add_to(layer)


def _unassigned_layer(view: DayView) -> folium.FeatureGroup:
    layer = folium.FeatureGroup(name=fragment("legend_unassigned.html.j2", view.lang, count=len(view.unassigned)))
    for number, missed in enumerate(view.unassigned, start=1):
        _unassigned_pin(number, missed, view.lang).add_to(layer)
    return layer


def _unassigned_pin(number: int, missed: UnassignedView, lang: str) -> Pin:
    return Pin(
        point=(missed.lat, missed.lon),
        label=fragment("pin_unassigned.html.j2", lang, number=number, missed=missed),
        css="pin-unassigned",
        width=34,
        popup=fragment("popup_unassigned.html.j2", lang, number=number, missed=missed),
        keys=[f"unassigned-{number}"],
    )
