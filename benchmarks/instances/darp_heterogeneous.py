"""Dial-a-ride with four kinds of places, four depots and a mixed fleet: Malheiros et al. (2021)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from benchmarks.instances.text import number_rows

Kinds: TypeAlias = tuple[int, int, int, int]
"""Staff seats, patient seats, stretchers, wheelchair places."""

DEPOTS = ((-5.0, -5.0), (5.0, 5.0), (-5.0, 5.0), (5.0, -5.0))
"""Where the depots lie: the files do not say. Vehicle k belongs to depot k modulo 4 and ends there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A node; times are minutes and a unit of distance takes a minute. `max_ride` stands at pickups."""

    x: float
    y: float
    service: float
    max_ride: float
    load: Kinds
    earliest: float
    latest: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Van:
    """A vehicle: its longest route, its places, the depot it starts from and ends at."""

    max_duration: float
    capacity: Kinds
    depot: int


@dataclass(frozen=True, kw_only=True)
class Heterogeneous:
    """One instance: pickups are nodes 1 to `requests`, the delivery of i is `requests` + i, node 0 is a dummy."""

    name: str
    vans: tuple[Van, ...]
    nodes: tuple[Call, ...]

    @property
    def requests(self) -> int:
        """Return the number of requests."""
        return len(self.nodes) // 2


def _kinds(row: list[float]) -> Kinds:
    staff, patients, stretchers, wheelchairs = (round(value) for value in row)
    return (staff, patients, stretchers, wheelchairs)


def read(path: Path) -> Heterogeneous:
    """Return the instance in a file of Malheiros and others' format, the closing dummy node left out."""
    (vehicles, _), *rows = number_rows(path)
    count = round(vehicles)
    vans = tuple(
        Van(max_duration=row[0], capacity=_kinds(row[1:5]), depot=number % len(DEPOTS))
        for number, row in enumerate(rows[:count])
    )
    nodes = tuple(
        Call(x=x, y=y, service=service, max_ride=ride, load=_kinds(kinds), earliest=earliest, latest=latest)
        for _, x, y, service, ride, *kinds, earliest, latest in rows[count:-1]
    )
    return Heterogeneous(name=path.stem, vans=vans, nodes=nodes)
