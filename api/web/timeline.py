"""Lay a day's rounds out along its hours: blocks of work in lanes, ways, breaks and waiting between them.

Pages bar inline styles, so everything stands where its `Moment`s say: whole hours and minutes as attributes, which
`static/board/clock.css` turns into numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.desk.day_view import DayShown, LegShown, RoundShown, SpanShown, StopShown
from maps.palette import COLOURS, letter
from routing.review.metrics import ShiftFigures

HOUR = 3600
_MOST_LANES = 10
_NARROWEST = HOUR // 3
"""Seconds as which the shortest block is drawn, so that its number can be read: `min-width` in `static/board.css`."""
_SLACK = 60
"""Seconds by which a way may seem longer than its gap: printed times are whole minutes."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A time of the day, to the minute nearest."""

    h: int
    m: int


@dataclass(frozen=True, kw_only=True)
class Look:
    """How round `index` looks: its letter, and the class of its colour."""

    index: int

    @property
    def letter(self) -> str:
        """Return its letter."""
        return letter(self.index)

    @property
    def colour(self) -> str:
        """Return the class of its colour."""
        return f"c{self.index % len(COLOURS)}"


@dataclass(frozen=True, kw_only=True)
class Block:
    """One piece of work on a round: a visit's stop, or a ride from its pick-up to its drop-off."""

    request: str
    stops: tuple[StopShown, ...]
    begin: int
    end: int
    lane: int = 0

    @property
    def first(self) -> StopShown:
        """Return the stop it begins with."""
        return self.stops[0]

    @property
    def last(self) -> StopShown:
        """Return the stop it ends with."""
        return self.stops[-1]

    @property
    def name(self) -> str:
        """Return letter and number of its stops, `A3` or `A3–4`."""
        return self.first.name if len(self.stops) == 1 else f"{self.first.name}–{self.last.number}"

    @property
    def is_ride(self) -> bool:
        """Tell whether somebody is driven."""
        return self.first.kind == "pickup"

    @property
    def late(self) -> int:
        """Return by how many seconds the later of its stops is late."""
        return max(stop.late for stop in self.stops)

    @property
    def locks(self) -> Sequence[str]:
        """Return what the board holds of its request."""
        return self.first.locks


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way between two stops; `is_short` says that the time between them is less than it takes."""

    leg: LegShown

    @property
    def is_short(self) -> bool:
        """Tell whether the gap is too short for the way."""
        return self.leg.seconds > self.leg.end - self.leg.begin + _SLACK


@dataclass(frozen=True, kw_only=True)
class Row:
    """One round on the timeline; `change` is what it has more than in the published plan, by the figures' names."""

    round: RoundShown
    blocks: tuple[Block, ...]
    ways: tuple[Way, ...]
    lanes: int
    change: Mapping[str, int] | None = None

    @property
    def look(self) -> str:
        """Return the class of its colour."""
        return Look(index=self.round.index).colour

    @property
    def filled(self) -> int:
        """Return how full it is in steps of five per cent, at most 100."""
        return min(100, 5 * round((self.round.figures.filled or 0) / 5))

    @property
    def stays(self) -> Sequence[SpanShown]:
        """Return when the worker is with a client between two rides, which is not waiting."""
        return [
            SpanShown(begin=stop.arrival, end=stop.begin)
            for stop in self.round.stops
            if stop.number and not stop.waiting and stop.begin - stop.arrival >= _SLACK
        ]


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """All rounds of a day, from hour `first` on, `hours` wide."""

    first: int
    hours: int
    rows: tuple[Row, ...]

    @property
    def marks(self) -> Iterable[int]:
        """Return the full hours that the axis names."""
        return range(self.first, self.first + self.hours)


def moment(seconds: int) -> Moment:
    """Return seconds from local midnight as hours and minutes."""
    hours, minutes = divmod(max(0, round(seconds / 60)), 60)
    return Moment(h=hours, m=minutes)


def timeline(day: DayShown, published: Mapping[str, ShiftFigures] | None = None) -> Timeline:
    """Return the rounds of a day along hours that hold them all, beside the `published` figures by shift."""
    begins = [seconds for found in day.rounds for seconds in (found.begin, *(stop.arrival for stop in found.stops))]
    ends = [seconds for found in day.rounds for seconds in (found.end, *(stop.end for stop in found.stops))]
    first = min(begins, default=8 * HOUR) // HOUR
    last = -(-max(ends, default=16 * HOUR) // HOUR)
    known = published or {}
    rows = tuple(_row(found, known.get(found.shift)) for found in day.rounds)
    return Timeline(first=first, hours=max(1, last - first), rows=rows)


def _row(found: RoundShown, before: ShiftFigures | None) -> Row:
    blocks = tuple(_in_lanes(_blocks(found.stops)))
    lanes = 1 + max((block.lane for block in blocks), default=0)
    ways = tuple(Way(leg=leg) for leg in found.legs)
    return Row(round=found, blocks=blocks, ways=ways, lanes=lanes, change=_change(found, before))


def _change(found: RoundShown, before: ShiftFigures | None) -> Mapping[str, int] | None:
    if before is None:
        return None
    return {name: getattr(found.figures, name) - getattr(before, name) for name in ("paid", "metres", "overtime")}


def _blocks(stops: Sequence[StopShown]) -> Iterator[tuple[StopShown, ...]]:
    """Yield the stops of each piece of work, in order of when it begins."""
    for position, stop in enumerate(stops):
        if stop.request is None or stop.kind == "delivery":
            continue
        after = stops[position + 1 :]
        end = next((other for other in after if other.request == stop.request and other.kind == "delivery"), None)
        yield (stop, end) if stop.kind == "pickup" and end else (stop,)


def _in_lanes(works: Iterable[tuple[StopShown, ...]]) -> Iterator[Block]:
    """Yield blocks, each in the first lane free where it is drawn: people who ride together lie below each other."""
    free: list[int] = []
    for stops in works:
        begin, end = stops[0].begin, stops[-1].end
        lane = next((lane for lane, until in enumerate(free) if until <= begin), len(free))
        free[lane : lane + 1] = [max(end, begin + _NARROWEST)]
        lane = min(lane, _MOST_LANES - 1)
        yield Block(request=stops[0].request or "", stops=stops, begin=begin, end=end, lane=lane)
