"""The smallest parts of a day: windows, places, loads, priorities."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from routing.errors import ProblemError


class Priority(StrEnum):
    """How badly a request wants to be served: A today without fail, B movable in the day, C movable in the week."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, kw_only=True, order=True)
class TimeWindow:
    """When service may begin: `earliest` and `latest`, both included."""

    earliest: int
    latest: int

    def __post_init__(self) -> None:
        if not 0 <= self.earliest <= self.latest:
            raise ProblemError([f"time window {self.earliest}..{self.latest} must satisfy 0 <= earliest <= latest"])


@dataclass(frozen=True, kw_only=True)
class Place:
    """A point that can be driven to."""

    id: str
    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise ProblemError([f"place {self.id!r} lies at lat {self.lat}, lon {self.lon}, outside the globe"])


@dataclass(frozen=True, kw_only=True)
class Load:
    """Room needed or offered: people on seats, in wheelchairs, on stretchers."""

    seats: int = 0
    wheelchairs: int = 0
    stretchers: int = 0

    def __post_init__(self) -> None:
        if min(self.seats, self.wheelchairs, self.stretchers) < 0:
            raise ProblemError([f"load {self} must not be negative"])

    def __add__(self, other: Load) -> Load:
        return Load(
            seats=self.seats + other.seats,
            wheelchairs=self.wheelchairs + other.wheelchairs,
            stretchers=self.stretchers + other.stretchers,
        )

    def fits(self, layout: Load) -> bool:
        """Tell whether this load finds room in `layout`; a wheelchair place is not a seat, nor the reverse."""
        return (
            self.seats <= layout.seats
            and self.wheelchairs <= layout.wheelchairs
            and self.stretchers <= layout.stretchers
        )


def window_faults(name: str, windows: tuple[TimeWindow, ...]) -> list[str]:
    """Return what is wrong with the windows of `name`: none at all, or some that overlap."""
    if not windows:
        return [f"{name!r} has no time window"]
    ordered = sorted(windows)
    if any(a.latest >= b.earliest for a, b in pairwise(ordered)):
        return [f"{name!r} has overlapping time windows"]
    return []
