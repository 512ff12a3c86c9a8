"""Tiny days on a straight road, and cases of a sound plan and the same plan broken in one way.

The road: one minute and one kilometre from each number to the next. `base` 0, `a` 10, `b` 20, `c` 30, `clinic` 40,
`harbour` 50; over the water `landing` 60 and `isle` 62. `nowhere` is joined to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from routing.matrix import UNREACHABLE, Matrix
from routing.plan import Plan, Route, Stop
from routing.problem import (
    Crossing,
    Load,
    Place,
    Problem,
    Shift,
    Shipment,
    ShipmentStep,
    TimeWindow,
    Vehicle,
    Visit,
)
from routing.review.check import check
from routing.review.codes import ViolationCode
from tests.walk import Walk

ROAD = {"base": 0, "a": 10, "b": 20, "c": 30, "clinic": 40, "harbour": 50, "landing": 60, "isle": 62, "nowhere": 99}
WATER = {"landing", "isle"}
MINUTE, HOUR = 60, 3600
ALL_DAY = (TimeWindow(earliest=0, latest=24 * HOUR),)


def _road() -> Matrix:
    at = np.array(list(ROAD.values()), dtype=np.int64)
    steps = np.abs(at[:, None] - at[None, :])
    part = np.array([2 if name == "nowhere" else int(name in WATER) for name in ROAD])
    cut = part[:, None] != part[None, :]
    seconds, metres = np.where(cut, UNREACHABLE, steps * MINUTE), np.where(cut, UNREACHABLE, steps * 1000)
    return Matrix(
        places=tuple(ROAD),
        seconds={"car": seconds, "van": np.where(cut, UNREACHABLE, steps * 2 * MINUTE)},
        metres={"car": metres, "van": metres},
    )


MATRIX = _road()
PLACES = tuple(Place(id=name, lat=58.5, lon=26 + at / 100) for name, at in ROAD.items())
CAR = Vehicle(id="car-1")
ANU = Shift(
    id="anu", worker="w-anu", vehicle="car-1", start_place="base", end_place="base", earliest=8 * HOUR, latest=16 * HOUR
)
MARI = replace(ANU, id="mari", worker="w-mari", vehicle="car-2")
FERRY = Crossing(
    id="ferry",
    mainland_harbour="harbour",
    island_harbour="landing",
    island=frozenset({"isle"}),
    outward=(10 * HOUR, 13 * HOUR),
    homeward=(12 * HOUR, 14 * HOUR),
    duration=30 * MINUTE,
    boarding=10 * MINUTE,
)


def day(**parts: Any) -> Problem:
    """Return a problem with two shifts, Anu's and Mari's, and whatever `parts` say."""
    vehicles = (CAR, replace(CAR, id="car-2"))
    return Problem(**{"places": PLACES, "vehicles": vehicles, "shifts": (ANU, MARI)} | parts)


def visit(name: str, place: str, **changes: Any) -> Visit:
    """Return a visit of half an hour at any time."""
    return replace(Visit(id=name, client=name, place=place, duration=30 * MINUTE, windows=ALL_DAY), **changes)


def step(place: str, **changes: Any) -> ShipmentStep:
    """Return one end of a ride, of a minute, at any time."""
    return replace(ShipmentStep(place=place, duration=MINUTE, windows=ALL_DAY), **changes)


def ride(name: str, start: str, end: str, **changes: Any) -> Shipment:
    """Return a ride of one person at any time."""
    whole = Shipment(id=name, client=name, pickup=step(start), delivery=step(end), load=Load(seats=1))
    return replace(whole, **changes)


def walk(problem: Problem, shift: str = "anu", leave: int | None = None) -> Walk:
    """Begin to write a route."""
    return Walk(problem, MATRIX, shift, leave)


def plan(*routes: Route, unassigned: tuple[str, ...] = ()) -> Plan:
    """Return a plan of these routes."""
    return Plan(routes=routes, unassigned=unassigned)


def edit(before: Plan, position: int, *, route: int = 0, **changes: Any) -> Plan:
    """Return the plan with one stop changed."""
    stops = list(before.routes[route].stops)
    stops[position] = replace(stops[position], **changes)
    return with_stops(before, stops, route=route)


def with_stops(before: Plan, stops: list[Stop], *, route: int = 0) -> Plan:
    """Return the plan with other stops on one route."""
    routes = list(before.routes)
    routes[route] = replace(routes[route], stops=tuple(stops))
    return replace(before, routes=tuple(routes))


@dataclass(frozen=True, kw_only=True)
class Case:
    """A sound plan, and what makes it break exactly one rule: another plan, another problem, or both."""

    name: str
    code: ViolationCode
    problem: Problem
    sound: Plan
    broken: Plan | None = None
    under: Problem | None = None

    def judge(self) -> None:
        """Assert that the sound plan is sound and the broken one breaks this rule and no other."""
        assert check(self.problem, MATRIX, self.sound) == ()
        found = check(self.under or self.problem, MATRIX, self.broken or self.sound)
        assert {violation.code for violation in found} == {self.code}
