"""Make every file that shows a day: the day's map, and page, GPX and calendar of each round."""

from __future__ import annotations

from maps.day_page import day_page
from maps.day_view import DayView
from maps.files import file_stems
from maps.geojson import day_geojson
from maps.gpx import round_gpx
from maps.ics import round_ics
from maps.round_page import round_page
from maps.tiles import Tiles


def day_files(view: DayView, *, tiles: Tiles | None = None) -> dict[str, str | bytes]:
    """Return the contents of the files by name, for `maps.files.write_files`."""
    contents: dict[str, str | bytes] = {"map.html": day_page(view, tiles=tiles), "map.geojson": day_geojson(view)}
    stems = file_stems(round_view.shift for round_view in view.rounds)
    for round_view in view.rounds:
        stem = f"round-{stems[round_view.shift]}"
        contents[f"{stem}.html"] = round_page(view, round_view, tiles=tiles)
        contents[f"{stem}.gpx"] = round_gpx(round_view, day=view.day)
        contents[f"{stem}.ics"] = round_ics(round_view, day=view.day, lang=view.lang)
    return contents
