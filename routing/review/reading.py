"""A plan as the check reads it: tours, calls and carried rides, whatever shape the plan is in.

Nothing here is shared with a solver, and nothing trusts the plan: what cannot be read (an unknown shift, a stop of the
wrong kind) is left out of the reading, and the rules of `check_routes` and `check_served` report it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from routing.matrix import UNREACHABLE, Matrix
from routing.plan import Plan, Stop, StopKind
from routing.problem import Problem, Shift, Shipment, ShipmentStep, Vehicle, Visit
from routing.review.codes import Violation, ViolationCode


@dataclass(frozen=True, kw_only=True, eq=False)
class Tour:
    """A route with the shift and the vehicle it belongs to; it has at least one stop."""

    shift: Shift
    vehicle: Vehicle
    stops: tuple[Stop, ...]

    @property
    def leaves(self) -> int:
        """Return when the tour leaves its first stop."""
        return self.stops[0].departure

    @property
    def returns(self) -> int:
        """Return when the tour reaches its last stop."""
        return self.stops[-1].arrival

    def violation(self, code: ViolationCode, stop: Stop, *, found: str = "", expected: str = "") -> Violation:
        """Return a violation at `stop` of this tour."""
        return Violation(
            code=code, shift=self.shift.id, request=stop.request, at=stop.start, found=found, expected=expected
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Call:
    """One stop that serves a request, and its position in the tour."""

    tour: Tour
    position: int

    @property
    def stop(self) -> Stop:
        """Return the stop itself."""
        return self.tour.stops[self.position]

    @property
    def shift(self) -> str:
        """Return the id of the shift that calls."""
        return self.tour.shift.id


@dataclass(frozen=True, kw_only=True, eq=False)
class Carried:
    """A ride that one tour carries from a pickup to a later delivery, by their positions."""

    ride: Shipment
    tour: Tour
    pickup: int
    delivery: int

    @property
    def boarded(self) -> Stop:
        """Return the pickup's stop."""
        return self.tour.stops[self.pickup]

    @property
    def dropped(self) -> Stop:
        """Return the delivery's stop."""
        return self.tour.stops[self.delivery]

    def aboard_at(self, position: int) -> bool:
        """Tell whether the riders are aboard when the tour leaves the stop at `position`."""
        return self.pickup <= position < self.delivery


class Reading:
    """Everything the rules look up, read once from problem, matrix and plan."""

    def __init__(self, problem: Problem, matrix: Matrix, plan: Plan) -> None:
        self.problem = problem
        self.matrix = matrix
        self.plan = plan

    @cached_property
    def tours(self) -> tuple[Tour, ...]:
        """Return the routes that belong to a known shift and have stops."""
        shifts = {shift.id: shift for shift in self.problem.shifts}
        vehicles = {vehicle.id: vehicle for vehicle in self.problem.vehicles}
        return tuple(
            Tour(shift=shifts[route.shift], vehicle=vehicles[shifts[route.shift].vehicle], stops=route.stops)
            for route in self.plan.routes
            if route.shift in shifts and route.stops
        )

    @cached_property
    def visits(self) -> dict[str, Visit]:
        """Return the visits by id."""
        return {visit.id: visit for visit in self.problem.visits}

    @cached_property
    def rides(self) -> dict[str, Shipment]:
        """Return the shipments by id."""
        return {ride.id: ride for ride in self.problem.shipments}

    @cached_property
    def places(self) -> frozenset[str]:
        """Return the ids of all known places."""
        return frozenset(place.id for place in self.problem.places)

    @cached_property
    def _calls(self) -> dict[tuple[str, StopKind], list[Call]]:
        found: dict[tuple[str, StopKind], list[Call]] = {}
        for tour in self.tours:
            for position, stop in enumerate(tour.stops):
                if stop.request is not None and self.asked_of(stop) is not None:
                    found.setdefault((stop.request, stop.kind), []).append(Call(tour=tour, position=position))
        return found

    def calls(self, request: str, kind: StopKind) -> list[Call]:
        """Return every stop of `kind` that serves `request`, in the order of the plan."""
        return self._calls.get((request, kind), [])

    def first_calls(self, request: str) -> list[Call]:
        """Return the calls that begin a request: the whole crew's at a visit, the pickup of a ride."""
        return self.calls(request, StopKind.VISIT) + self.calls(request, StopKind.PICKUP)

    def is_served(self, request: str) -> bool:
        """Tell whether any stop serves `request`."""
        kinds = (StopKind.VISIT, StopKind.PICKUP, StopKind.DELIVERY)
        return any(self.calls(request, kind) for kind in kinds)

    def asked_of(self, stop: Stop) -> Visit | ShipmentStep | None:
        """Return what a stop is to serve (place, duration, windows), or None where it names nothing of its kind."""
        name = stop.request or ""
        match stop.kind:
            case StopKind.VISIT:
                return self.visits.get(name)
            case StopKind.PICKUP:
                return self.rides[name].pickup if name in self.rides else None
            case StopKind.DELIVERY:
                return self.rides[name].delivery if name in self.rides else None
            case _:
                return None

    @cached_property
    def carried(self) -> dict[str, Carried]:
        """Return, by id, the rides with one pickup and one later delivery on one tour."""
        found = {}
        for ride in self.problem.shipments:
            pickups, deliveries = self.calls(ride.id, StopKind.PICKUP), self.calls(ride.id, StopKind.DELIVERY)
            if len(pickups) != 1 or len(deliveries) != 1:
                continue
            begin, end = pickups[0], deliveries[0]
            if begin.tour is end.tour and begin.position < end.position:
                found[ride.id] = Carried(ride=ride, tour=begin.tour, pickup=begin.position, delivery=end.position)
        return found

    def carried_by(self, tour: Tour) -> list[Carried]:
        """Return the rides of one tour."""
        return [carried for carried in self.carried.values() if carried.tour is tour]

    def driving(self, tour: Tour, origin: str, destination: str) -> tuple[int, int] | None:
        """Return (seconds, metres) for the tour's vehicle, or None where the matrix knows no way."""
        profile, index = tour.vehicle.profile, self.matrix.index
        if profile not in self.matrix.seconds or origin not in index or destination not in index:
            return None
        cell = index[origin], index[destination]
        seconds, metres = int(self.matrix.seconds[profile][cell]), int(self.matrix.metres[profile][cell])
        return None if UNREACHABLE in (seconds, metres) else (seconds, metres)


def span(seconds: int) -> str:
    """Return a length as `12 min 5 s`, short units being the same in Estonian and English."""
    sign, (whole, rest) = "−" if seconds < 0 else "", divmod(abs(seconds), 60)
    parts = ([f"{whole} min"] if whole else []) + ([f"{rest} s"] if rest or not whole else [])
    return sign + " ".join(parts)
