"""A round's GPX leads the way and tells nothing about people."""

import gpxpy

from maps.day_view import DayView
from maps.gpx import round_gpx


def test_route_and_track(day_view: DayView) -> None:
    """Hold a route point per stop, named by letter, number and time, and the way as a track."""
    round_view = day_view.rounds[1]
    gpx = gpxpy.parse(round_gpx(round_view, day=day_view.day))
    points = gpx.routes[0].points
    assert len(points) == len(round_view.stops)
    assert [point.name for point in points[:3]] == ["B 08:00", "B1 08:40", "B2 09:20"]
    assert points[1].time.isoformat() == "2026-03-16T06:40:00+00:00"
    assert (points[1].latitude, points[1].longitude) == (58.5507, 26.6279)
    assert len(gpx.tracks[0].segments) == len(round_view.legs)


def test_nothing_personal(day_view: DayView) -> None:
    """Keep names, addresses and notes out."""
    text = round_gpx(day_view.rounds[0], day=day_view.day)
    for stop in day_view.rounds[0].stops[1:-1]:
        for secret in filter(None, (stop.label, stop.address, stop.door_note, *stop.notes, *stop.bring)):
            assert secret not in text
    assert day_view.rounds[0].worker not in text
    assert text == round_gpx(day_view.rounds[0], day=day_view.day)
