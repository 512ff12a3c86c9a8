"""Who and what can do it: vehicles, shifts with their breaks, ferries."""

from __future__ import annotations

from dataclasses import dataclass

from routing.errors import ProblemError
from routing.matrix import DEFAULT_PROFILE
from routing.problem.basics import Load, TimeWindow


@dataclass(frozen=True, kw_only=True)
class Vehicle:
    """A car or van. At every moment the load aboard must fit one of its `layouts` (the driver's seat not counted).

    Everything that a route's visits are brought is aboard when the route begins: the sum of `Visit.goods` over the
    route may not exceed `goods` (None: no limit). Goods take no seats.
    """

    id: str
    layouts: tuple[Load, ...] = (Load(seats=4),)
    equipment: frozenset[str] = frozenset()
    profile: str = DEFAULT_PROFILE
    goods: int | None = None

    def __post_init__(self) -> None:
        faults = [] if self.layouts else [f"vehicle {self.id!r} has no seat layout"]
        if self.goods is not None and self.goods < 0:
            faults.append(f"vehicle {self.id!r}: goods must not be negative")
        if faults:
            raise ProblemError(faults)


@dataclass(frozen=True, kw_only=True)
class Break:
    """A pause of `duration` seconds that begins inside `window`, at the place of the stop before or after it.

    It is due when the route (start to end, breaks included) lasts longer than `required_after` seconds. It is never
    taken with a passenger aboard, nor while a carer stays with her client (`Waiting.STAYS`).
    """

    duration: int
    window: TimeWindow
    required_after: int = 0

    def __post_init__(self) -> None:
        if min(self.duration, self.required_after) < 0:
            raise ProblemError([f"break {self} must not have negative lengths"])


@dataclass(frozen=True, kw_only=True)
class Shift:
    """One carer or driver with one vehicle, ready from `earliest` to `latest`.

    The route leaves `start_place` at or after `earliest` and is back at `end_place` by `latest`, or at a cost up to
    `overtime` seconds later. From leaving to return it lasts at most `max_duration` seconds, breaks included.
    What the shift can do is `skills` plus the vehicle's equipment. Shifts with the same non-empty `balance_group`
    are to carry about the same work.
    """

    id: str
    worker: str
    vehicle: str
    start_place: str
    end_place: str
    earliest: int
    latest: int
    overtime: int = 0
    max_duration: int | None = None
    breaks: tuple[Break, ...] = ()
    skills: frozenset[str] = frozenset()
    balance_group: str = ""

    def __post_init__(self) -> None:
        faults = []
        if not 0 <= self.earliest <= self.latest:
            faults.append(f"shift {self.id!r}: {self.earliest}..{self.latest} must satisfy 0 <= earliest <= latest")
        if self.overtime < 0 or (self.max_duration is not None and self.max_duration < 0):
            faults.append(f"shift {self.id!r}: overtime and max_duration must not be negative")
        if faults:
            raise ProblemError(faults)


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """A timetabled ferry between two harbours; it is not in the matrix.

    `island` places are joined to the rest of the world only by it, and the matrix joins them to each other and to
    `island_harbour`. A departure is caught by being at the harbour `boarding` seconds before it and arrives `duration`
    seconds after it. A route uses a crossing at most once out and once back. Without departures nothing sails:
    `no_sailing` then holds the reason code.
    """

    id: str
    mainland_harbour: str
    island_harbour: str
    island: frozenset[str]
    outward: tuple[int, ...]
    homeward: tuple[int, ...]
    duration: int
    boarding: int = 0
    no_sailing: str | None = None

    def __post_init__(self) -> None:
        if min(self.duration, self.boarding, *self.outward, *self.homeward) < 0:
            raise ProblemError([f"crossing {self.id!r} must not have negative times"])
