"""What is asked of one day: visits, rides, shifts and the rules that tie them together.

Units: whole seconds from the local midnight of the day, or whole seconds of length; whole metres; places by id. A time
window says when service may *begin*, both ends included. Identifiers come from outside and are strings. A request is a
visit or a shipment; their ids share one namespace. Everything here is frozen: change by `dataclasses.replace`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from routing.errors import ProblemError
from routing.matrix import DEFAULT_PROFILE


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


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A call at a client's home.

    `crew` carers are needed, each on a shift of her own and of a worker of her own; they begin together, and fewer
    than `crew` means the visit is not served. Service may begin up to `max_lateness` seconds after the end of any of
    the `windows`; what lies behind the window is lateness and costs. `skills` are asked of every carer of the crew.
    `regular` are the workers who know the client (others cost continuity, where any is named), `preferred` those the
    client asks for, `forbidden` those who may not come: all worker ids.
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
    regular: frozenset[str] = frozenset()
    preferred: frozenset[str] = frozenset()
    forbidden: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        faults = _window_faults(self.id, self.windows)
        if self.duration < 0 or self.max_lateness < 0:
            faults.append(f"visit {self.id!r}: duration and max_lateness must not be negative")
        if self.crew < 1:
            faults.append(f"visit {self.id!r}: crew is {self.crew}, expected at least 1")
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
        faults = _window_faults(self.place, self.windows)
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
    everybody who rides. `alone` keeps all other shipments out while this one is aboard.
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


@dataclass(frozen=True, kw_only=True)
class Vehicle:
    """A car or van. At every moment the load aboard must fit one of its `layouts` (the driver's seat not counted)."""

    id: str
    layouts: tuple[Load, ...] = (Load(seats=4),)
    equipment: frozenset[str] = frozenset()
    profile: str = DEFAULT_PROFILE

    def __post_init__(self) -> None:
        if not self.layouts:
            raise ProblemError([f"vehicle {self.id!r} has no seat layout"])


@dataclass(frozen=True, kw_only=True)
class Break:
    """A pause of `duration` seconds that begins inside `window`, at the place of the stop before or after it.

    It is due when the route (start to end, breaks included) lasts longer than `required_after` seconds. It is never
    taken with a passenger aboard, nor while a carer stays with her client (`Waiting.STAYS`).
    """

    duration: int
    window: TimeWindow
    required_after: int = 0


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


class Waiting(StrEnum):
    """What the shift does between an outbound ride and its return.

    FREE: anything. NEARBY: only visits, each within `RideLink.nearby` seconds of travel from the place where the
    client was delivered; breaks are allowed. STAYS: nothing at all, the carer is with the client. Under NEARBY and
    STAYS nobody else is aboard meanwhile.
    """

    FREE = "free"
    NEARBY = "nearby"
    STAYS = "stays"


@dataclass(frozen=True, kw_only=True)
class RideLink:
    """Tie a return ride to its outbound ride: both are served or neither.

    The return's pickup begins at least `minimum_stay` seconds after the outbound delivery departs. `same_shift`
    asks for one shift; NEARBY and STAYS imply it.
    """

    outbound: str
    inbound: str
    same_shift: bool = False
    waiting: Waiting = Waiting.FREE
    nearby: int = 0
    minimum_stay: int = 0

    @property
    def one_shift(self) -> bool:
        """Tell whether both rides must be on one shift."""
        return self.same_shift or self.waiting is not Waiting.FREE


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Keep the time from the end of visit `first` to the beginning of visit `second` between two bounds.

    Holds where both are served; `second` then comes after `first`.
    """

    first: str
    second: str
    minimum: int = 0
    maximum: int | None = None


class StepKind(StrEnum):
    """Which part of a request a stop serves."""

    VISIT = "visit"
    PICKUP = "pickup"
    DELIVERY = "delivery"


@dataclass(frozen=True, kw_only=True, order=True)
class Step:
    """Name one stop of one request."""

    request: str
    kind: StepKind


@dataclass(frozen=True, kw_only=True)
class ShiftLock:
    """Keep `requests` on `shift` (a two-person visit: one of its crew)."""

    shift: str
    requests: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SequenceLock:
    """Keep `steps` on `shift` in this order; `strict` allows nothing but a break or a ferry between them."""

    shift: str
    steps: tuple[Step, ...]
    strict: bool = False


@dataclass(frozen=True, kw_only=True)
class TimeLock:
    """Keep the beginning of `step` inside `window`, whatever its own windows say."""

    step: Step
    window: TimeWindow


Lock: TypeAlias = ShiftLock | SequenceLock | TimeLock
"""A coordinator's decision to keep. A locked request is served as locked or, at great cost, not at all."""


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What was published for a request: a worker, and when it begins (the pickup of a ride)."""

    request: str
    worker: str
    start: int


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


@dataclass(frozen=True, kw_only=True)
class Objective:
    """What a plan weighs, as data. One point is a cent; times are per minute, lengths per kilometre.

    The weights of unassigned requests are so far apart that priority comes first in any day of this size; then broken
    promises; then overtime and unfair workload; then kilometres and paid minutes. `locked` is added to the weight of a
    locked request left out. `unfamiliar` is charged per carer outside `regular`, `not_preferred` per carer outside
    `preferred`, where any is named; `changed_worker` and `changed_minute` against `Promise`s (a change of start of up
    to `free_change` seconds is nothing); `imbalance` on the most loaded minus the least loaded shift of a balance
    group; `waiting_aboard` on ride time beyond the direct way; `paid_minute` on leaving to return without breaks.
    """

    unassigned_a: int = 10_000_000
    unassigned_b: int = 1_000_000
    unassigned_c: int = 100_000
    locked: int = 100_000_000
    late_minute: int = 300
    unfamiliar: int = 1_500
    not_preferred: int = 800
    changed_worker: int = 3_000
    changed_minute: int = 60
    free_change: int = 600
    overtime_minute: int = 100
    imbalance_minute: int = 5
    waiting_aboard_minute: int = 25
    kilometre: int = 30
    paid_minute: int = 20

    def unassigned(self, priority: Priority) -> int:
        """Return the points that leaving out a request of `priority` costs."""
        return {Priority.A: self.unassigned_a, Priority.B: self.unassigned_b, Priority.C: self.unassigned_c}[priority]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One day to plan. `apart` are pairs of clients who may never be aboard together."""

    places: tuple[Place, ...]
    vehicles: tuple[Vehicle, ...]
    shifts: tuple[Shift, ...]
    visits: tuple[Visit, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    links: tuple[RideLink, ...] = ()
    gaps: tuple[Gap, ...] = ()
    locks: tuple[Lock, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()
    promises: tuple[Promise, ...] = ()
    objective: Objective = field(default_factory=Objective)

    def __post_init__(self) -> None:
        faults = _reference_faults(self)
        if faults:
            raise ProblemError(faults)

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        """Return the places by id."""
        return {place.id: place for place in self.places}

    @cached_property
    def vehicle_by_id(self) -> dict[str, Vehicle]:
        """Return the vehicles by id."""
        return {vehicle.id: vehicle for vehicle in self.vehicles}

    @cached_property
    def shift_by_id(self) -> dict[str, Shift]:
        """Return the shifts by id."""
        return {shift.id: shift for shift in self.shifts}

    @property
    def requests(self) -> tuple[Request, ...]:
        """Return the visits, then the shipments."""
        return (*self.visits, *self.shipments)

    @cached_property
    def request_by_id(self) -> dict[str, Request]:
        """Return visits and shipments by id, visits first."""
        return {request.id: request for request in self.requests}

    @cached_property
    def link_by_ride(self) -> dict[str, RideLink]:
        """Return each linked ride's link, under the outbound's and the inbound's id."""
        return {ride: link for link in self.links for ride in (link.outbound, link.inbound)}

    @cached_property
    def locked_requests(self) -> frozenset[str]:
        """Return the ids of all requests that any lock names."""
        named: set[str] = set()
        for lock in self.locks:
            match lock:
                case ShiftLock(requests=requests):
                    named.update(requests)
                case SequenceLock(steps=steps):
                    named.update(step.request for step in steps)
                case TimeLock(step=step):
                    named.add(step.request)
        return frozenset(named)

    def offers(self, shift: Shift) -> frozenset[str]:
        """Return what a shift can do: its worker's skills and its vehicle's equipment."""
        return shift.skills | self.vehicle_by_id[shift.vehicle].equipment


def _window_faults(name: str, windows: tuple[TimeWindow, ...]) -> list[str]:
    if not windows:
        return [f"{name!r} has no time window"]
    ordered = sorted(windows)
    if any(a.latest >= b.earliest for a, b in pairwise(ordered)):
        return [f"{name!r} has overlapping time windows"]
    return []


def _duplicates(kind: str, ids: list[str]) -> list[str]:
    return [f"{kind} id {name!r} is used twice" for name in sorted({name for name in ids if ids.count(name) > 1})]


def _reference_faults(problem: Problem) -> list[str]:
    """Return every id that is used twice or refers to nothing."""
    places = {place.id for place in problem.places}
    vehicles = {vehicle.id for vehicle in problem.vehicles}
    shifts = {shift.id for shift in problem.shifts}
    visits = {visit.id for visit in problem.visits}
    rides = {shipment.id for shipment in problem.shipments}
    faults = _duplicates("place", [place.id for place in problem.places])
    faults += _duplicates("vehicle", [vehicle.id for vehicle in problem.vehicles])
    faults += _duplicates("shift", [shift.id for shift in problem.shifts])
    faults += _duplicates("request", [request.id for request in problem.requests])
    faults += _duplicates("linked ride", [r for link in problem.links for r in (link.outbound, link.inbound)])

    used = [("place", visit.place, visit.id, places) for visit in problem.visits]
    for ride in problem.shipments:
        used += [("place", step.place, ride.id, places) for step in (ride.pickup, ride.delivery)]
    for shift in problem.shifts:
        used += [("place", place, shift.id, places) for place in (shift.start_place, shift.end_place)]
        used.append(("vehicle", shift.vehicle, shift.id, vehicles))
    for link in problem.links:
        used += [("ride", ride, "a link", rides) for ride in (link.outbound, link.inbound)]
    for gap in problem.gaps:
        used += [("visit", visit, "a gap", visits) for visit in (gap.first, gap.second)]
    for crossing in problem.crossings:
        ends = (crossing.mainland_harbour, crossing.island_harbour, *sorted(crossing.island))
        used += [("place", place, crossing.id, places) for place in ends]
    used += [("request", promise.request, "a promise", visits | rides) for promise in problem.promises]
    used += [item for lock in problem.locks for item in _lock_references(lock, shifts, visits, rides)]
    faults += [
        f"{kind} {name!r} named by {owner!r} does not exist" for kind, name, owner, known in used if name not in known
    ]
    return faults


def _lock_references(
    lock: Lock, shifts: set[str], visits: set[str], rides: set[str]
) -> list[tuple[str, str, str, set[str]]]:
    def of_step(step: Step) -> tuple[str, str, str, set[str]]:
        return (step.kind.value, step.request, "a lock", visits if step.kind is StepKind.VISIT else rides)

    match lock:
        case ShiftLock(shift=shift, requests=requests):
            return [
                ("shift", shift, "a lock", shifts),
                *(("request", r, "a lock", visits | rides) for r in requests),
            ]
        case SequenceLock(shift=shift, steps=steps):
            return [("shift", shift, "a lock", shifts), *(of_step(step) for step in steps)]
        case TimeLock(step=step):
            return [of_step(step)]
