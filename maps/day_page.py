"""Draw the day's map with the list that says everything the map shows."""

from __future__ import annotations

from urllib.parse import quote

from maps.day_view import DayView
from maps.files import file_stems
from maps.layers import draw
from maps.page import page
from maps.tiles import Tiles


def day_page(view: DayView, *, tiles: Tiles | None = None) -> str:
    """Return one self-contained HTML page of the day; it links to the pages of its rounds by their file names."""
    stems = file_stems(round_view.shift for round_view in view.rounds)
    links = {shift: quote(f"round-{stem}.html") for shift, stem in stems.items()}
    return page("day.html.j2", view.lang, map_=draw(view, tiles=tiles), tiles=tiles, view=view, links=links)
