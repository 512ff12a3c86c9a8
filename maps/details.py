"""Hold what people read of a day beyond its plan: at its stops, of its shifts, of what found no place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from routing.problem import Step


@dataclass(frozen=True, kw_only=True)
class StopDetails:
    """What people read at a stop.

    `label` is the short name of the person or place, `place` the name of a place that is nobody's home, `address` that
    of a home. `door_note` (how to get in), `phone`, `bring` (what to take along) and `notes` are for the round's own
    page alone.
    """

    label: str = ""
    place: str = ""
    address: str = ""
    settlement: str = ""
    door_note: str = ""
    bring: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class ShiftDetails:
    """How a shift's worker and vehicle are called, and what is taken along when it leaves (`bring`)."""

    worker: str
    vehicle: str = ""
    bring: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MissedDetails:
    """What is said of an unassigned request: who or what it is for, and why it found no place, in whole sentences."""

    label: str
    settlement: str = ""
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, kw_only=True)
class Details:
    """Everything the view says beyond the plan.

    A stop of a request is described by its step, another by its place id; what is missing is left blank. A shift that
    is not described goes by its worker's id, an unassigned request by its own.
    """

    steps: Mapping[Step, StopDetails] = field(default_factory=dict)
    places: Mapping[str, StopDetails] = field(default_factory=dict)
    shifts: Mapping[str, ShiftDetails] = field(default_factory=dict)
    missed: Mapping[str, MissedDetails] = field(default_factory=dict)
