"""Rides, once or by a rule, and how riders come back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from routing.problem import Priority, TimeWindow, Waiting
from routing.records.origin import NOWHERE, Origin
from routing.records.people import Aid
from routing.records.services import Service


class Return(StrEnum):
    """How a rider comes back: not with us, at a stated time, or when she calls."""

    NONE = "none"
    AT = "at"
    CALL = "call"


@dataclass(frozen=True, kw_only=True)
class RideRequest:
    """One requested ride, and its return if there is one.

    `start` and `end` are place ids, or `home` for the client's own address. Either `pickup` or `arrival` windows are
    given (the appointment begins at the latest arrival). `return_at` is the time the client is ready to go back
    (for `Return.CALL` an estimate); `appointment` how long she is inside at least. `companions` ride along besides the
    client; None for the ride limits means the municipality's own default.
    """

    id: str
    day: date
    client: str
    service: Service
    start: str
    end: str
    pickup: tuple[TimeWindow, ...] = ()
    arrival: tuple[TimeWindow, ...] = ()
    max_lateness: int = 0
    requested_on: date | None = None
    purpose: str = ""
    aids: frozenset[Aid] | None = None
    companions: int = 0
    priority: Priority = Priority.B
    returning: Return = Return.NONE
    return_at: int | None = None
    appointment: int = 0
    waiting: Waiting = Waiting.FREE
    same_vehicle: bool = False
    alone: bool = False
    max_ride: int | None = None
    max_ride_percent: int | None = None
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class RideSeries:
    """A ride that recurs by an RFC 5545 rule (`FREQ=WEEKLY;BYDAY=MO,WE,FR`) from `first` to `last`, both included.

    The rule counts days of the local calendar and the windows are times on the wall, so that a ride stays at its hour
    when the clock is put forward or back. `exceptions` are dates without it. Everything else is as in `RideRequest`; a
    ride of the rides' list with the id of one occurrence (`routing.records.series.occurrence_id`) takes its place.
    """

    id: str
    client: str
    service: Service
    start: str
    end: str
    rule: str
    first: date
    last: date | None = None
    exceptions: frozenset[date] = frozenset()
    pickup: tuple[TimeWindow, ...] = ()
    arrival: tuple[TimeWindow, ...] = ()
    max_lateness: int = 0
    purpose: str = ""
    aids: frozenset[Aid] | None = None
    companions: int = 0
    priority: Priority = Priority.B
    returning: Return = Return.NONE
    return_at: int | None = None
    appointment: int = 0
    waiting: Waiting = Waiting.FREE
    same_vehicle: bool = False
    alone: bool = False
    max_ride: int | None = None
    max_ride_percent: int | None = None
    origin: Origin = field(default=NOWHERE, compare=False)
