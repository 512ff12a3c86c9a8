"""One day to plan, whole, with every reference checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from routing.errors import ProblemError
from routing.problem.basics import Place
from routing.problem.objective import Objective
from routing.problem.requests import Request, Shipment, Visit
from routing.problem.resources import Crossing, Shift, Vehicle
from routing.problem.ties import Gap, Lock, Promise, RideLink, SequenceLock, ShiftLock, Step, StepKind, TimeLock


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

    @cached_property
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

    @cached_property
    def time_lock_by_step(self) -> dict[Step, TimeLock]:
        """Return the first time lock of each step that has any."""
        return {lock.step: lock for lock in reversed(self.locks) if isinstance(lock, TimeLock)}

    def offers(self, shift: Shift) -> frozenset[str]:
        """Return what a shift can do: its worker's skills and its vehicle's equipment."""
        return shift.skills | self.vehicle_by_id[shift.vehicle].equipment


def _duplicates(kind: str, ids: list[str]) -> list[str]:
    return [f"{kind} id {name!r} is used twice" for name, times in sorted(Counter(ids).items()) if times > 1]


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
