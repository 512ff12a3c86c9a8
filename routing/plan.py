"""What is answered: who does what, in which order, at what time, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from routing.problem import Step, StepKind


class StopKind(StrEnum):
    """What happens at a stop. BOARD and LAND are the two ends of a ferry crossing."""

    START = "start"
    VISIT = "visit"
    PICKUP = "pickup"
    DELIVERY = "delivery"
    BREAK = "break"
    BOARD = "board"
    LAND = "land"
    END = "end"


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One stop of a route, with its printed times in seconds from local midnight.

    `arrival` is reached after `travel` seconds and `metres` metres of driving from the stop before (0 at START and
    LAND); service begins at `start` and ends at `departure`. `request` names the visit or shipment; `crossing` the
    ferry at BOARD (whose `departure` is the boat's, equal to `start`) and LAND (whose `arrival` is the boat's).
    A break names neither and stands at the place of the stop before or after it.
    """

    kind: StopKind
    place: str
    arrival: int
    start: int
    departure: int
    request: str | None = None
    crossing: str | None = None
    travel: int = 0
    metres: int = 0

    @cached_property
    def step(self) -> Step | None:
        """Return which step of which request this stop serves, or None."""
        if self.request is None:
            return None
        return Step(request=self.request, kind=StepKind(self.kind.value))


@dataclass(frozen=True, kw_only=True)
class Route:
    """The stops of one shift, from START to END."""

    shift: str
    stops: tuple[Stop, ...]

    @property
    def duration(self) -> int:
        """Return the seconds from leaving to return."""
        return self.stops[-1].arrival - self.stops[0].departure

    @property
    def break_time(self) -> int:
        """Return the seconds spent on breaks."""
        return sum(stop.departure - stop.start for stop in self.stops if stop.kind is StopKind.BREAK)

    @property
    def work(self) -> int:
        """Return the paid seconds: from leaving to return without breaks."""
        return self.duration - self.break_time

    @property
    def metres(self) -> int:
        """Return the metres driven."""
        return sum(stop.metres for stop in self.stops)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The routes of the shifts that are used, and the ids of the requests left out.

    Every request is either in `unassigned` or served wholly: a visit by its whole crew, a ride at both ends.
    """

    routes: tuple[Route, ...]
    unassigned: tuple[str, ...] = ()

    @cached_property
    def route_by_shift(self) -> dict[str, Route]:
        """Return the routes by shift id."""
        return {route.shift: route for route in self.routes}

    @cached_property
    def stops_by_step(self) -> dict[Step, tuple[tuple[str, Stop], ...]]:
        """Return, for each step served, its (shift id, stop) pairs: one, or as many as a visit's crew."""
        found: dict[Step, tuple[tuple[str, Stop], ...]] = {}
        for route in self.routes:
            for stop in route.stops:
                if stop.step is not None:
                    found[stop.step] = (*found.get(stop.step, ()), (route.shift, stop))
        return found

    @property
    def metres(self) -> int:
        """Return the metres driven by all shifts."""
        return sum(route.metres for route in self.routes)
