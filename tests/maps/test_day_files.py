"""A day's files: the map, and page, GPX and calendar of each round."""

from dataclasses import replace

from maps.day_files import day_files
from maps.day_view import DayView


def test_names(day_view: DayView) -> None:
    """Name the files of a round by its shift, and link to them from the day."""
    rounds = (day_view.rounds[0], replace(day_view.rounds[1], shift="a/b"))
    files = day_files(replace(day_view, rounds=rounds))
    assert [name for name in files if "kõrveküla" in name] == [
        "round-kõrveküla.html", "round-kõrveküla.gpx", "round-kõrveküla.ics",
    ]  # fmt: skip
    assert all("/" not in name for name in files)
    assert 'href="round-k%C3%B5rvek%C3%BCla.html"' in str(files["map.html"])
    assert len(files) == 8
