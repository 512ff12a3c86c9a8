"""Hold what is drawn of one day: rounds with their stops and legs, what is unassigned, the roads behind.

Plain data, already worded where it is a person's or a place's own text. Times are seconds from local midnight, lengths
seconds and metres, points (lat, lon) in WGS 84. Texts may be hostile: whoever draws them escapes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from maps.palette import LineStyle
from routing.plan import StopKind

Point: TypeAlias = tuple[float, float]
Line: TypeAlias = tuple[Point, ...]


class RoadClass(StrEnum):
    """How much a road matters to somebody who looks for her way, the most first."""

    MAIN = "main"
    SECONDARY = "secondary"
    LOCAL = "local"


class LegKind(StrEnum):
    """What a leg is travelled on."""

    ROAD = "road"
    FERRY = "ferry"


@dataclass(frozen=True, kw_only=True)
class LegView:
    """The way from one stop to the next."""

    line: Line
    kind: LegKind = LegKind.ROAD


@dataclass(frozen=True, kw_only=True)
class StopView:
    """One stop of a round, with its printed times.

    `number` counts what the round does along the way; start, break and end have none. `label` is the short name of the
    person or place, `door_note` how to get in, `bring` what to take along, `notes` further lines of text.
    """

    kind: StopKind
    lat: float
    lon: float
    arrival: int
    start: int
    departure: int
    number: int | None = None
    label: str = ""
    address: str = ""
    settlement: str = ""
    door_note: str = ""
    bring: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    travel: int = 0
    metres: int = 0


@dataclass(frozen=True, kw_only=True)
class RoundView:
    """One shift's round. `worker` and `vehicle` are labels for people."""

    shift: str
    style: LineStyle
    worker: str
    vehicle: str = ""
    stops: tuple[StopView, ...] = ()
    legs: tuple[LegView, ...] = ()

    @property
    def served(self) -> int:
        """Return how many numbered stops there are."""
        return sum(stop.number is not None for stop in self.stops)

    @property
    def metres(self) -> int:
        """Return the metres driven."""
        return sum(stop.metres for stop in self.stops)

    def name(self, stop: StopView) -> str:
        """Return letter and number of a stop, `A3`, or the letter alone."""
        return f"{self.style.letter}{stop.number or ''}"


@dataclass(frozen=True, kw_only=True)
class UnassignedView:
    """A request that found no place: who or what, where, and why, in whole sentences."""

    label: str
    lat: float
    lon: float
    settlement: str = ""
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, kw_only=True)
class RoadView:
    """A piece of road drawn as background."""

    line: Line
    road_class: RoadClass = RoadClass.LOCAL


@dataclass(frozen=True, kw_only=True)
class PlaceName:
    """A settlement's name written on the map. Where names collide the earlier one in the view stays."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, kw_only=True)
class DayView:
    """Everything the maps and files of one day show.

    `schematic` says that the roads are hand-drawn links and not a survey; `attribution` names the sources of roads and
    place names in the words their licences ask for.
    """

    title: str
    day: date
    lang: str
    rounds: tuple[RoundView, ...] = ()
    unassigned: tuple[UnassignedView, ...] = ()
    roads: tuple[RoadView, ...] = ()
    place_names: tuple[PlaceName, ...] = ()
    attribution: str = ""
    schematic: bool = False

    @property
    def points(self) -> Iterator[Point]:
        """Yield every point that the map has to show."""
        for round_view in self.rounds:
            for stop in round_view.stops:
                yield stop.lat, stop.lon
            for leg in round_view.legs:
                yield from leg.line
        for missed in self.unassigned:
            yield missed.lat, missed.lon

    @property
    def bounds(self) -> tuple[Point, Point] | None:
        """Return the south-west and north-east corners of what is drawn, or None where nothing is."""
        points = list(self.points)
        if not points:
            return None
        lats, lons = zip(*points, strict=True)
        return (min(lats), min(lons)), (max(lats), max(lons))
