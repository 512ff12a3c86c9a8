"""Write a route stop by stop with exact printed times: a pencil for hand-made plans."""

from __future__ import annotations

from dataclasses import replace

from routing.matrix import Matrix
from routing.plan import Route, Stop, StopKind
from routing.problem import Problem, ShipmentStep, TimeLock, Visit


class NoWayError(Exception):
    """No road leads to the next stop, or it is reached after its last window."""


class Walk:
    """One route being written. Every step begins as early as arrival and windows allow, or at `at`."""

    def __init__(self, problem: Problem, matrix: Matrix, shift: str, leave: int | None = None) -> None:
        self.problem = problem
        self.matrix = matrix
        self.shift = problem.shift_by_id[shift]
        self.profile = problem.vehicle_by_id[self.shift.vehicle].profile
        start = self.shift.earliest if leave is None else leave
        place = self.shift.start_place
        self.stops = [Stop(kind=StopKind.START, place=place, arrival=start, start=start, departure=start)]

    def visit(self, request: str, at: int | None = None) -> Walk:
        """Serve a visit."""
        return self._serve(StopKind.VISIT, request, at)

    def pickup(self, request: str, at: int | None = None) -> Walk:
        """Take a rider aboard."""
        return self._serve(StopKind.PICKUP, request, at)

    def delivery(self, request: str, at: int | None = None) -> Walk:
        """Drop a rider."""
        return self._serve(StopKind.DELIVERY, request, at)

    def ride(self, request: str) -> Walk:
        """Carry a rider from door to door."""
        return self.pickup(request).delivery(request)

    def rest(self, duration: int, at: int, place: str | None = None) -> Walk:
        """Take a break, at the place of the last stop or at `place`."""
        return self._drive(StopKind.BREAK, place or self.stops[-1].place, [(at, at)], duration)

    def sail(self, crossing: str, departure: int) -> Walk:
        """Take the boat that leaves at `departure` from the nearer harbour."""
        ferry = next(item for item in self.problem.crossings if item.id == crossing)
        harbours = [ferry.mainland_harbour, ferry.island_harbour]
        if self.matrix.travel(self.stops[-1].place, harbours[0], self.profile) is None:
            harbours.reverse()
        self._drive(StopKind.BOARD, harbours[0], [(departure, departure)], 0, crossing=crossing)
        landed = departure + ferry.duration
        self.stops.append(
            Stop(
                kind=StopKind.LAND,
                place=harbours[1],
                arrival=landed,
                start=landed,
                departure=landed,
                crossing=crossing,
            )
        )
        return self

    def end(self) -> Route:
        """Return to the end place and hand over the route."""
        self._drive(StopKind.END, self.shift.end_place, [(0, 10**9)], 0)
        return Route(shift=self.shift.id, stops=tuple(self.stops))

    def _serve(self, kind: StopKind, request: str, at: int | None) -> Walk:
        asked = self._asked(kind, request)
        windows = [(window.earliest, window.latest + asked.max_lateness) for window in asked.windows]
        for lock in self.problem.locks:
            if isinstance(lock, TimeLock) and (lock.step.request, lock.step.kind.value) == (request, kind.value):
                windows = [(lock.window.earliest, lock.window.latest)]
        allowed = sorted(windows) if at is None else [(at, at)]
        return self._drive(kind, asked.place, allowed, asked.duration, request=request)

    def _asked(self, kind: StopKind, request: str) -> Visit | ShipmentStep:
        found = self.problem.request_by_id[request]
        if isinstance(found, Visit):
            return found
        return found.pickup if kind is StopKind.PICKUP else found.delivery

    def _drive(
        self,
        kind: StopKind,
        place: str,
        windows: list[tuple[int, int]],
        duration: int,
        *,
        request: str | None = None,
        crossing: str | None = None,
    ) -> Walk:
        before = self.stops[-1]
        travel = self.matrix.travel(before.place, place, self.profile)
        metres = self.matrix.length(before.place, place, self.profile)
        if travel is None or metres is None:
            raise NoWayError(f"no way from {before.place} to {place}")
        arrival = before.departure + travel
        start = next((max(arrival, earliest) for earliest, latest in windows if arrival <= latest), None)
        if start is None:
            raise NoWayError(f"{request or kind} is reached too late, at {arrival}")
        stop = Stop(kind=kind, place=place, arrival=arrival, start=start, departure=start + duration)
        self.stops.append(replace(stop, request=request, crossing=crossing, travel=travel, metres=metres))
        return self
