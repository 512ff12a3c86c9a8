"""Draw one round: the driver's page on a phone and her sheet on paper, with the map of the round."""

from __future__ import annotations

from dataclasses import replace

from maps.day_view import DayView, RoundView
from maps.layers import draw
from maps.page import page
from maps.tiles import Tiles


def round_page(view: DayView, round_view: RoundView, *, tiles: Tiles | None = None) -> str:
    """Return one self-contained HTML page of `round_view`; nothing of the day's other rounds is in it."""
    own = replace(view, rounds=(round_view,), unassigned=())
    map_ = draw(own, tiles=tiles)
    return page("round.html.j2", view.lang, map_=map_, tiles=tiles, view=own, round=round_view)
