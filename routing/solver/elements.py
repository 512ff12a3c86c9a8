"""The parts of a compiled problem: nodes, shifts, ferries, and how to get from one place to another.

Positions (of nodes, requests, shifts, places) never leave `routing.solver`. A *node* is one stop of one request: a
visit has one node, a shipment a pickup and a delivery. A crew of two means that one node stands on two routes.
"""

from __future__ import annotations

from collections import abc
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from routing.problem import Break, Crossing, Shift, Step, StepKind

Interval: TypeAlias = tuple[int, int]
Amounts: TypeAlias = tuple[int, int, int]
"""Seats, wheelchair places and stretcher places."""

Sequence: TypeAlias = tuple[int, ...]
"""The nodes of one route in order, without start, end, breaks and ferries."""

Routes: TypeAlias = tuple[Sequence, ...]
"""One sequence per shift, empty where the shift is not used."""

Rows: TypeAlias = abc.Sequence[abc.Sequence[int]]
"""Numbers by place position, looked up as `rows[here][there]`."""

NEVER = 1_000_000_000
"""Seconds that no day has: stands for a pair of places without a road inside arithmetic."""

ARC_SCALE = 3_000
"""Parts of a point in which driving is added up: metres per kilometre times seconds per minute, shortened."""

DAY_END = 100_000_000
"""Later than any stop of any shift. Far more seconds than a day has, so that time may be counted in fractions of one:
published instances come in thousandths of a unit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """One stop of one request.

    `windows` are the windows in force (a time lock replaces them), `domain` the disjoint intervals in which service may
    begin with lateness allowed. `load` is the change of people aboard. `partner` is the other end of a ride, or -1.
    `goods` are what a visit is brought.
    """

    index: int
    step: Step
    request: int
    place: int
    duration: int
    windows: tuple[Interval, ...]
    domain: tuple[Interval, ...]
    load: Amounts
    partner: int
    goods: int = 0

    @property
    def is_visit(self) -> bool:
        """Tell whether the node is a visit."""
        return self.partner < 0

    @property
    def is_pickup(self) -> bool:
        """Tell whether the node is where a ride begins."""
        return self.step.kind is StepKind.PICKUP

    def next_start(self, ready: int) -> int | None:
        """Return the first time at or after `ready` at which service may begin, or None."""
        for low, high in self.domain:
            if ready <= high:
                return max(ready, low)
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftData:
    """One shift with what its vehicle drives and holds; `seconds` and `metres` are rows by place position.

    `hold` are the goods that its vehicle takes, `NEVER` without a limit.
    """

    index: int
    shift: Shift
    start: int
    end: int
    hard_end: int
    layouts: tuple[Amounts, ...]
    offers: frozenset[str]
    profile: str
    seconds: Rows
    metres: Rows
    hold: int = NEVER

    def fits(self, load: Amounts) -> bool:
        """Tell whether a load finds room in one of the layouts."""
        seats, wheelchairs, stretchers = load
        return any(seats <= a and wheelchairs <= b and stretchers <= c for a, b, c in self.layouts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ferry:
    """A crossing by place positions."""

    crossing: Crossing
    mainland: int
    island: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """How to get from one place to another: drive `before` seconds, perhaps cross, then drive `after` seconds."""

    before: int
    after: int = 0
    metres_before: int = 0
    metres_after: int = 0
    ferry: Ferry | None = None
    departures: tuple[int, ...] = ()
    outward: bool = False

    def arrive(self, leave: int) -> int | None:
        """Return when a shift that leaves at `leave` arrives at the earliest, or None where no boat is left."""
        if self.ferry is None:
            return leave + self.before
        crossing = self.ferry.crossing
        ready = leave + self.before + crossing.boarding
        boat = next((departure for departure in self.departures if departure >= ready), None)
        return None if boat is None else boat + crossing.duration + self.after


class Placement(NamedTuple):
    """Where a break is taken: after stop `gap - 1` and before stop `gap`.

    The gap after the last stop is the number of stops. `arrived` means on arrival at the latter stop, else the break
    is taken before leaving the former.
    """

    gap: int
    arrived: bool


Placements: TypeAlias = tuple[Placement | None, ...]
"""Where each break of a shift is taken, None where it is not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """A moment whose time is sought: something that begins at `place` and lasts `duration`."""

    place: int
    duration: int
    domain: tuple[Interval, ...]
    node: int = -1
    pause: Break | None = None
