"""What is to be done: care visits and rides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from routing.errors import ProblemError
from routing.problem.basics import Load, Priority, TimeWindow, window_faults


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A call at a client's home.

    `crew` carers are needed, each on a shift of her own and of a worker of her own; they begin together, and fewer
    than `crew` means the visit is not served. Service may begin up to `max_lateness` seconds after the end of any of
    the `windows`; what lies behind the window is lateness and costs. `skills` are asked of every carer of the crew.
    `regular` are the workers who know the client (others cost continuity, where any is named), `preferred` those the
    client asks for, `forbidden` those who may not come: all worker ids. `goods` are what is brought from where the
    shift begins (meal boxes, aids), counted as in `Vehicle.goods`; every carer of a crew brings as much.
    """

    id: str
    client: str
    place: str
    duration: int
    windows: tuple[TimeWindow, ...]
    max_lateness: int = 0
    priority: Priority = Priority.B
    skills: frozenset[str] = frozenset()
    crew: int = 1
    goods: int = 0
    regular: frozenset[str] = frozenset()
    preferred: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        faults = window_faults(self.id, self.windows)
        if self.duration < 0 or self.max_lateness < 0:
            faults.append(f"visit {self.id!r}: duration and max_lateness must not be negative")
        if self.crew < 1:
            faults.append(f"visit {self.id!r}: crew is {self.crew}, expected at least 1")
        if self.goods < 0:
            faults.append(f"visit {self.id!r}: goods must not be negative")
        if faults:
            raise ProblemError(faults)


@dataclass(frozen=True, kw_only=True)
class ShipmentStep:
    """One end of a ride: where, how long boarding or alighting takes, and when it may begin."""

    place: str
    duration: int
    windows: tuple[TimeWindow, ...]
    max_lateness: int = 0

    def __post_init__(self) -> None:
        faults = window_faults(self.place, self.windows)
        if self.duration < 0 or self.max_lateness < 0:
            faults.append(f"step at {self.place!r}: duration and max_lateness must not be negative")
        if faults:
            raise ProblemError(faults)


@dataclass(frozen=True, kw_only=True)
class Shipment:
    """A ride of one client (and who comes along): pickup, then delivery, on one shift.

    Ride time is delivery start minus pickup departure. It may not exceed `max_ride` seconds, nor
    `max_ride_percent` percent of the direct travel time of the vehicle that carries it; where both are given both
    hold; where only a ferry joins the two ends there is no direct time, and only `max_ride` holds. `load` counts
    everybody who rides. Nobody sits in the car while a visit is made. `alone` keeps all other shipments out while this
    one is aboard.
    `will_call` marks a return whose time is an estimate: the client calls when ready.
    """

    id: str
    client: str
    pickup: ShipmentStep
    delivery: ShipmentStep
    load: Load
    priority: Priority = Priority.B
    skills: frozenset[str] = frozenset()
    max_ride: int | None = None
    max_ride_percent: int | None = None
    alone: bool = False
    will_call: bool = False
    regular: frozenset[str] = frozenset()
    preferred: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        faults = []
        if self.max_ride is not None and self.max_ride < 0:
            faults.append(f"shipment {self.id!r}: max_ride must not be negative")
        if self.max_ride_percent is not None and self.max_ride_percent < 100:
            faults.append(f"shipment {self.id!r}: max_ride_percent is {self.max_ride_percent}, expected at least 100")
        if self.load == Load():
            faults.append(f"shipment {self.id!r} carries nobody")
        if faults:
            raise ProblemError(faults)

    def ride_limit(self, direct: int) -> int | None:
        """Return the longest allowed ride in seconds where the direct way takes `direct`, or None without a limit.

        A relative limit is rounded down to whole seconds.
        """
        limits = [] if self.max_ride is None else [self.max_ride]
        if self.max_ride_percent is not None:
            limits.append(direct * self.max_ride_percent // 100)
        return min(limits, default=None)


Request: TypeAlias = Visit | Shipment
