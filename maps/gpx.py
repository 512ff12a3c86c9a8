"""Write a round as GPX 1.1 for a navigation device: stops as a route, the way as a track.

Stops are named by letter and number and their time. Nothing personal leaves in it.
"""

from __future__ import annotations

from datetime import UTC, date

from gpxpy.gpx import GPX, GPXRoute, GPXRoutePoint, GPXTrack, GPXTrackPoint, GPXTrackSegment

from maps.day_view import RoundView
from maps.local_time import moment
from routing.wording.format import clock


def round_gpx(round_view: RoundView, *, day: date) -> str:
    """Return the GPX text of one round on `day`."""
    gpx = GPX()
    gpx.creator = "Hoolering"
    gpx.name = f"{round_view.style.letter} {day.isoformat()}"
    gpx.routes.append(_route(round_view, day))
    if round_view.legs:
        gpx.tracks.append(_track(round_view))
    return str(gpx.to_xml(version="1.1"))


def _route(round_view: RoundView, day: date) -> GPXRoute:
    route = GPXRoute(name=round_view.style.letter)
    for stop in round_view.stops:
        route.points.append(
            GPXRoutePoint(
                latitude=round(stop.lat, 6),
                longitude=round(stop.lon, 6),
                time=moment(day, stop.start).astimezone(UTC),
                name=f"{round_view.name(stop)} {clock(stop.start)}",
                type=stop.kind.value,
            )
        )
    return route


def _track(round_view: RoundView) -> GPXTrack:
    track = GPXTrack(name=round_view.style.letter)
    for leg in round_view.legs:
        points = [GPXTrackPoint(latitude=round(lat, 6), longitude=round(lon, 6)) for lat, lon in leg.line]
        track.segments.append(GPXTrackSegment(points))
    return track
