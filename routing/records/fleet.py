"""Places, vehicles and the shifts that begin and end there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from routing.problem import Load
from routing.records.origin import NOWHERE, Origin


@dataclass(frozen=True, kw_only=True)
class PlaceRecord:
    """A base, a destination or a harbour.

    `municipality` and `county` decide its fee zone; None is unknown. `settlement` tells whether it lies on an island.
    """

    id: str
    name: str
    lat: float
    lon: float
    settlement: str = ""
    municipality: str | None = None
    county: str | None = None
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class VehicleRecord:
    """A car or van with the seat layouts it can be arranged in; `goods` None is as much as may be."""

    id: str
    plate: str = ""
    layouts: tuple[Load, ...] = (Load(seats=4),)
    equipment: frozenset[str] = frozenset()
    profile: str = "car"
    goods: int | None = None
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class ShiftRecord:
    """A shift on one date, or every week on `weekdays` (ISO numbers, Monday 1) while `day` is None."""

    id: str
    worker: str
    vehicle: str
    start: int
    end: int
    start_place: str
    end_place: str
    day: date | None = None
    weekdays: frozenset[int] = frozenset()
    overtime: int = 0
    break_length: int = 1800
    max_duration: int | None = None
    balance_group: str = ""
    origin: Origin = field(default=NOWHERE, compare=False)
