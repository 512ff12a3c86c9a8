"""Hold what is drawn of one day: rounds with their stops and legs, what is unassigned, the roads behind.

Plain data, already worded where it is a person's or a place's own text. Times are seconds from local midnight, lengths
seconds and metres, points (lat, lon) in WGS 84. Texts may be hostile: whoever draws them escapes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from maps.background import Background
from maps.details import MissedDetails, StopDetails
from maps.geometry import Bounds, Line, Point
from maps.palette import LineStyle
from routing.plan import StopKind


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
class StopView(StopDetails):
    """One stop of a round, with its printed times.

    `number` counts the stops that serve somebody, `remarks` is what the rest of the plan means for this stop. `stayed`
    says that the time before the start is spent with the client.
    """

    kind: StopKind
    lat: float
    lon: float
    arrival: int
    start: int
    departure: int
    number: int | None = None
    remarks: tuple[str, ...] = ()
    is_return: bool = False
    stayed: bool = False
    travel: int = 0
    metres: int = 0

    @property
    def word(self) -> str:
        """Return the key of the word for what happens here."""
        return f"maps.kind-{'return-' if self.is_return else ''}{self.kind.value}"

    @property
    def waits(self) -> bool:
        """Tell whether somebody waits here, a minute or more, for the client's time to come."""
        ends = (StopKind.START, StopKind.END, StopKind.BREAK)
        return self.start - self.arrival >= 60 and self.kind not in ends and not self.stayed


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
class UnassignedView(MissedDetails):
    """A request that found no place, and where it is."""

    lat: float
    lon: float


@dataclass(frozen=True, kw_only=True)
class DayView:
    """Everything the maps and files of one day show."""

    title: str
    day: date
    lang: str
    rounds: tuple[RoundView, ...] = ()
    unassigned: tuple[UnassignedView, ...] = ()
    background: Background = field(default_factory=Background)

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
    def bounds(self) -> Bounds | None:
        """Return the south-west and north-east corners of what is drawn, or None where nothing is."""
        points = list(self.points)
        if not points:
            return None
        lats, lons = zip(*points, strict=True)
        return (min(lats), min(lons)), (max(lats), max(lons))
