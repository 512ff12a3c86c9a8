"""A problem compiled once into positions and plain arrays that every engine reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from routing.matrix import Matrix
from routing.problem import (
    Break,
    Gap,
    Problem,
    Promise,
    Request,
    RideLink,
    SequenceLock,
    Shipment,
    Step,
    StepKind,
    Visit,
    Waiting,
)
from routing.solver.compile import compile_nodes, compile_shifts, pins, sides, torn
from routing.solver.elements import (
    NEVER,
    Event,
    Ferry,
    Passage,
    Placements,
    Routes,
    Rows,
    Sequence,
    ShiftData,
)
from routing.solver.ties import apart, before, lags, shared, tied
from routing.solver.ways import Ways, compile_ways, rows

if TYPE_CHECKING:
    from routing.solver.clock import Clock
    from routing.solver.slack import Slack

KEPT = 200_000
"""How many passages and breaks of routes are remembered: a day of thousands of places has millions of legs."""


class Instance:
    """The arrays of one problem. Built once; what is asked of it never changes afterwards."""

    def __init__(self, problem: Problem, matrix: Matrix) -> None:
        self.problem = problem
        self.matrix = matrix
        self.place_index: Mapping[str, int] = matrix.index
        self.requests: tuple[Request, ...] = problem.requests
        self.request_index = {request.id: position for position, request in enumerate(self.requests)}
        self.ways: Mapping[str, Ways] = compile_ways(matrix)
        self.shifts = compile_shifts(problem, matrix, self.ways)
        self.shift_index = {data.shift.id: data.index for data in self.shifts}
        self.nodes = compile_nodes(problem, matrix)
        self.node_of_step = {node.step: node.index for node in self.nodes}
        self.ferries = tuple(
            Ferry(
                crossing=crossing,
                mainland=self.place_index[crossing.mainland_harbour],
                island=self.place_index[crossing.island_harbour],
            )
            for crossing in problem.crossings
        )
        self.side = sides(problem, matrix)
        self.pinned = pins(problem)
        self.torn = torn(problem)
        self.rests: dict[tuple[int, Sequence], Placements] = {}
        """Where the breaks of a route found room when it was last timed: tried first, never trusted."""
        self.bounds: dict[tuple[int, Sequence], Slack | None] = {}
        """What bounds the stops of a route that others may be added to."""
        self.clocks: tuple[tuple[Routes, Clock | None], ...] = ()
        """The earliest times of the routes that were last added to, and of what was added."""
        self._passages: dict[tuple[str, int, int], Passage | None] = {}

    @cached_property
    def nodes_of_request(self) -> tuple[tuple[int, ...], ...]:
        """Return each request's nodes, a ride's pickup first."""
        found: list[list[int]] = [[] for _ in self.requests]
        for node in self.nodes:
            found[node.request].append(node.index)
        return tuple(tuple(nodes) for nodes in found)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Return what happens at each node as a moment whose time is sought."""
        return tuple(Event(place=n.place, duration=n.duration, domain=n.domain, node=n.index) for n in self.nodes)

    @cached_property
    def lags(self) -> dict[int, tuple[tuple[int, int], ...]]:
        """Return, per node that links or gaps name, (other node, seconds): the other begins so long after it."""
        return lags(self)

    @cached_property
    def before(self) -> dict[int, tuple[int, ...]]:
        """Return, per node, the nodes of other requests whose times can push its own."""
        return before(self.lags)

    @cached_property
    def tied(self) -> dict[int, tuple[int, ...]]:
        """Return, per node whose time may depend on another route, the nodes it ties there; itself if it has a crew."""
        return tied(self)

    @cached_property
    def shared(self) -> tuple[tuple[int, int], ...]:
        """Return the pairs of shifts that share a worker or a vehicle, the one that is ready earlier first."""
        return shared(self.shifts)

    @cached_property
    def crew(self) -> tuple[int, ...]:
        """Return how many carers each request needs."""
        return tuple(request.crew if isinstance(request, Visit) else 1 for request in self.requests)

    @cached_property
    def link_of(self) -> dict[int, RideLink]:
        """Return the link of each linked ride by request position."""
        return {self.request_index[ride]: link for ride, link in self.problem.link_by_ride.items()}

    @cached_property
    def links(self) -> tuple[tuple[RideLink, int, int], ...]:
        """Return each link with the positions of its outbound and inbound request."""
        return tuple(
            (link, self.request_index[link.outbound], self.request_index[link.inbound]) for link in self.problem.links
        )

    @cached_property
    def gaps(self) -> tuple[tuple[Gap, int, int], ...]:
        """Return each gap with the nodes of its two visits."""
        return tuple((gap, self._visit_node(gap.first), self._visit_node(gap.second)) for gap in self.problem.gaps)

    @cached_property
    def others_of(self) -> dict[int, frozenset[int]]:
        """Return, per visit of a gap that asks for two carers, the visits that nobody may make besides it."""
        found: dict[int, frozenset[int]] = {}
        for gap in self.problem.gaps:
            if gap.two_carers:
                first, second = self.request_index[gap.first], self.request_index[gap.second]
                found[first] = found.get(first, frozenset()) | {second}
                found[second] = found.get(second, frozenset()) | {first}
        return found

    @cached_property
    def promise_of(self) -> dict[int, Promise]:
        """Return the promise of each promised request by position."""
        return {self.request_index[promise.request]: promise for promise in self.problem.promises}

    @cached_property
    def apart(self) -> tuple[frozenset[int], ...]:
        """Return, per request, the requests that may never be aboard with it (`alone` counts as all others)."""
        return apart(self.problem)

    @cached_property
    def sequence_locks(self) -> tuple[tuple[int, Sequence, bool], ...]:
        """Return each sequence lock as (shift, nodes in order, strict)."""
        return tuple(
            (self.shift_index[lock.shift], tuple(self.node_of_step[step] for step in lock.steps), lock.strict)
            for lock in self.problem.locks
            if isinstance(lock, SequenceLock)
        )

    @cached_property
    def locked_on(self) -> dict[int, tuple[tuple[Sequence, bool], ...]]:
        """Return the sequence locks of each shift that has any."""
        found: dict[int, list[tuple[Sequence, bool]]] = {}
        for shift, nodes, strict in self.sequence_locks:
            found.setdefault(shift, []).append((nodes, strict))
        return {shift: tuple(own) for shift, own in found.items()}

    @cached_property
    def nearby_places(self) -> dict[tuple[str, int], frozenset[int]]:
        """Return, per (profile, outbound request) of a NEARBY link, the places a carer may visit meanwhile."""
        found = {}
        for link, outbound, _ in self.links:
            if link.waiting is Waiting.NEARBY:
                here = self.nodes[self.nodes_of_request[outbound][1]].place
                for profile, ways in self.ways.items():
                    close = np.flatnonzero(ways.seconds_table[here] <= link.nearby)
                    found[profile, outbound] = frozenset(close.tolist())
        return found

    @cached_property
    def arc_points(self) -> dict[str, Rows]:
        """Return, per profile, what driving between two places costs in `ARC_SCALE` parts of a point, ferries taken."""
        weigh, found = self.problem.objective, {}
        for profile in {data.profile for data in self.shifts}:
            ways = self.ways[profile]
            arcs = ways.metres_table * np.int64(weigh.kilometre * 3)
            arcs += ways.seconds_table * np.int64(weigh.paid_minute * 50)
            for ferry in self.ferries:
                over = arcs[:, ferry.mainland, None] + arcs[None, ferry.island, :]
                back = arcs[:, ferry.island, None] + arcs[None, ferry.mainland, :]
                arcs = np.minimum(arcs, np.minimum(over, back))
            found[profile] = rows(arcs)
        return found

    def direct(self, request: int, shift: int) -> int:
        """Return the direct travel time of a ride by the vehicle of a shift, `NEVER` without a road."""
        pickup, delivery = self.nodes_of_request[request]
        return self.shifts[shift].seconds[self.nodes[pickup].place][self.nodes[delivery].place]

    def ride_limit(self, request: int, shift: int) -> int | None:
        """Return the longest ride allowed by the vehicle of a shift in seconds, or None without a limit."""
        ride = self.requests[request]
        return ride.ride_limit(self.direct(request, shift)) if isinstance(ride, Shipment) else None

    def unassigned_points(self, request: int) -> int:
        """Return the points of leaving a request out."""
        chosen = self.requests[request]
        locked = self.problem.objective.locked if chosen.id in self.problem.locked_requests else 0
        return self.problem.objective.unassigned(chosen.priority) + locked

    def worker_points(self, request: int, shift: int) -> int:
        """Return the points of serving a request on a shift that depend on who its worker is."""
        chosen, worker, weigh = self.requests[request], self.shifts[shift].shift.worker, self.problem.objective
        points = weigh.unfamiliar * (bool(chosen.regular) and worker not in chosen.regular)
        points += weigh.not_preferred * (bool(chosen.preferred) and worker not in chosen.preferred)
        promise = self.promise_of.get(request)
        if promise is not None and promise.worker != worker:
            points += weigh.changed_worker
        return points

    def static_block(self, request: int, shift: int) -> str | None:
        """Return the code of a rule that keeps a request off a shift whatever else is planned, or None."""
        chosen, data = self.requests[request], self.shifts[shift]
        if not chosen.skills <= data.offers:
            return "skills"
        if data.shift.worker in chosen.forbidden:
            return "forbidden"
        if isinstance(chosen, Shipment) and not data.fits(self.nodes[self.nodes_of_request[request][0]].load):
            return "room"
        if isinstance(chosen, Visit) and chosen.goods > data.hold:
            return "goods"
        pinned = self.pinned.get(request, frozenset())
        others = pinned - {shift}
        if request in self.torn or len(others) >= self.crew[request]:
            return "locked"
        return "ferry" if self._is_parted(request) else None

    def _is_parted(self, request: int) -> bool:
        """Tell whether a carer who waits for her client would have to take a ferry meanwhile, which she may not."""
        link = self.link_of.get(request)
        if link is None or link.waiting is Waiting.FREE:
            return False
        ends = (self.request_index[link.outbound], 1), (self.request_index[link.inbound], 0)
        there, back = (self.nodes[self.nodes_of_request[ride][end]].place for ride, end in ends)
        return self.side[there] != self.side[back]

    def passage(self, shift: int, origin: int, destination: int) -> Passage | None:
        """Return how a shift gets from one place to another, or None where no road or single ferry leads."""
        leg = (self.shifts[shift].profile, origin, destination)
        if leg in self._passages:
            return self._passages[leg]
        if len(self._passages) >= KEPT:
            self._passages = {}
        found = self._passages[leg] = self._passage(self.shifts[shift], origin, destination)
        return found

    def _passage(self, data: ShiftData, origin: int, destination: int) -> Passage | None:
        here, there = self.side[origin], self.side[destination]
        if here == there:
            seconds = data.seconds[origin][destination]
            return None if seconds >= NEVER else Passage(before=seconds, metres_before=data.metres[origin][destination])
        if here >= 0 and there >= 0:
            return None
        outward = here < 0
        ferry = self.ferries[there if outward else here]
        quay, shore = (ferry.mainland, ferry.island) if outward else (ferry.island, ferry.mainland)
        before, after = data.seconds[origin][quay], data.seconds[shore][destination]
        departures = ferry.crossing.outward if outward else ferry.crossing.homeward
        if max(before, after) >= NEVER or not departures:
            return None
        return Passage(
            before=before,
            after=after,
            metres_before=data.metres[origin][quay],
            metres_after=data.metres[shore][destination],
            ferry=ferry,
            departures=tuple(sorted(departures)),
            outward=outward,
        )

    def breaks(self, shift: int) -> tuple[Break, ...]:
        """Return the breaks of a shift."""
        return self.shifts[shift].shift.breaks

    def _visit_node(self, request: str) -> int:
        return self.node_of_step[Step(request=request, kind=StepKind.VISIT)]
