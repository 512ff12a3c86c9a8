"""A problem compiled once into positions and plain arrays that every engine reads.

Positions (of nodes, requests, shifts, places) never leave `routing.solver`. A *node* is one stop of one request: a
visit has one node, a shipment a pickup and a delivery. A crew of two means that one node stands on two routes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from routing.matrix import UNREACHABLE, Matrix
from routing.problem import (
    Break,
    Crossing,
    Gap,
    Load,
    Problem,
    Promise,
    Request,
    RideLink,
    SequenceLock,
    Shift,
    ShiftLock,
    Shipment,
    ShipmentStep,
    Step,
    StepKind,
    TimeLock,
    TimeWindow,
    Visit,
    Waiting,
)

Interval: TypeAlias = tuple[int, int]
Amounts: TypeAlias = tuple[int, int, int]
"""Seats, wheelchair places and stretcher places."""

Sequence: TypeAlias = tuple[int, ...]
"""The nodes of one route in order, without start, end, breaks and ferries."""

Routes: TypeAlias = tuple[Sequence, ...]
"""One sequence per shift, empty where the shift is not used."""

NEVER = 1_000_000_000
"""Seconds that no day has: stands for a pair of places without a road inside arithmetic."""

ARC_SCALE = 3_000
"""Parts of a point in which driving is added up: metres per kilometre times seconds per minute, shortened."""

DAY_END = 100_000_000
"""Later than any stop of any shift. Far more seconds than a day has, so that time may be counted in fractions of one:
published instances come in thousandths of a unit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """One stop of one request.

    `windows` are the windows in force (a time lock replaces them), `domain` the disjoint intervals in which service may
    begin with lateness allowed. `load` is the change of people aboard. `partner` is the other end of a ride, or -1.
    """

    index: int
    step: Step
    request: int
    place: int
    duration: int
    windows: tuple[Interval, ...]
    domain: tuple[Interval, ...]
    load: Amounts
    partner: int

    @property
    def is_visit(self) -> bool:
        """Tell whether the node is a visit."""
        return self.partner < 0

    @property
    def is_pickup(self) -> bool:
        """Tell whether the node is where a ride begins."""
        return self.step.kind is StepKind.PICKUP

    def next_start(self, ready: int) -> int | None:
        """Return the first time at or after `ready` at which service may begin, or None."""
        for low, high in self.domain:
            if ready <= high:
                return max(ready, low)
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftData:
    """One shift with what its vehicle drives and holds; `seconds` and `metres` are nested lists by place position."""

    index: int
    shift: Shift
    start: int
    end: int
    hard_end: int
    layouts: tuple[Amounts, ...]
    offers: frozenset[str]
    profile: str
    seconds: list[list[int]]
    metres: list[list[int]]

    def fits(self, load: Amounts) -> bool:
        """Tell whether a load finds room in one of the layouts."""
        seats, wheelchairs, stretchers = load
        return any(seats <= a and wheelchairs <= b and stretchers <= c for a, b, c in self.layouts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ferry:
    """A crossing by place positions."""

    crossing: Crossing
    mainland: int
    island: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """How to get from one place to another: drive `before` seconds, perhaps cross, then drive `after` seconds."""

    before: int
    after: int = 0
    metres_before: int = 0
    metres_after: int = 0
    ferry: Ferry | None = None
    departures: tuple[int, ...] = ()
    outward: bool = False

    def arrive(self, leave: int) -> int | None:
        """Return when a shift that leaves at `leave` arrives at the earliest, or None where no boat is left."""
        if self.ferry is None:
            return leave + self.before
        crossing = self.ferry.crossing
        ready = leave + self.before + crossing.boarding
        boat = next((departure for departure in self.departures if departure >= ready), None)
        return None if boat is None else boat + crossing.duration + self.after


class Instance:
    """The arrays of one problem. Built once; nothing in it changes afterwards."""

    def __init__(self, problem: Problem, matrix: Matrix) -> None:
        self.problem = problem
        self.matrix = matrix
        self.place_index: Mapping[str, int] = matrix.index
        self.requests: tuple[Request, ...] = problem.requests
        self.request_index = {request.id: position for position, request in enumerate(self.requests)}
        self.shifts = self._shifts()
        self.shift_index = {data.shift.id: data.index for data in self.shifts}
        self.nodes: tuple[Node, ...] = self._nodes()
        self.node_of_step = {node.step: node.index for node in self.nodes}
        self.ferries = tuple(
            Ferry(
                crossing=crossing,
                mainland=self.place_index[crossing.mainland_harbour],
                island=self.place_index[crossing.island_harbour],
            )
            for crossing in problem.crossings
        )
        self.side = self._sides()
        self.pinned = self._pinned()

    @cached_property
    def nodes_of_request(self) -> tuple[tuple[int, ...], ...]:
        """Return each request's nodes, a ride's pickup first."""
        found: list[list[int]] = [[] for _ in self.requests]
        for node in self.nodes:
            found[node.request].append(node.index)
        return tuple(tuple(nodes) for nodes in found)

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
    def promise_of(self) -> dict[int, Promise]:
        """Return the promise of each promised request by position."""
        return {self.request_index[promise.request]: promise for promise in self.problem.promises}

    @cached_property
    def apart(self) -> tuple[frozenset[int], ...]:
        """Return, per request, the requests that may never be aboard with it (`alone` counts as all others)."""
        alone = {i for i, request in enumerate(self.requests) if isinstance(request, Shipment) and request.alone}
        rides = [i for i, request in enumerate(self.requests) if isinstance(request, Shipment)]
        found: list[frozenset[int]] = []
        for i, request in enumerate(self.requests):
            others = [j for j in rides if j != i] if i in rides else []
            found.append(
                frozenset(
                    j
                    for j in others
                    if i in alone
                    or j in alone
                    or frozenset({request.client, self.requests[j].client}) in self.problem.apart
                )
            )
        return tuple(found)

    @cached_property
    def sequence_locks(self) -> tuple[tuple[int, Sequence, bool], ...]:
        """Return each sequence lock as (shift, nodes in order, strict)."""
        return tuple(
            (self.shift_index[lock.shift], tuple(self.node_of_step[step] for step in lock.steps), lock.strict)
            for lock in self.problem.locks
            if isinstance(lock, SequenceLock)
        )

    @cached_property
    def nearby_places(self) -> dict[tuple[str, int], frozenset[int]]:
        """Return, per (profile, outbound request) of a NEARBY link, the places a carer may visit meanwhile."""
        found = {}
        for link, outbound, _ in self.links:
            if link.waiting is Waiting.NEARBY:
                here = self.nodes[self.nodes_of_request[outbound][1]].place
                for data in self.shifts:
                    seconds = data.seconds
                    found[data.profile, outbound] = frozenset(
                        place
                        for place in range(len(seconds))
                        if max(seconds[here][place], seconds[place][here]) <= link.nearby
                    )
        return found

    @cached_property
    def arc_points(self) -> dict[str, list[list[int]]]:
        """Return, per profile, what driving between two places costs in `ARC_SCALE` parts of a point, ferries taken."""
        weigh, found = self.problem.objective, {}
        for data in self.shifts:
            if data.profile not in found:
                seconds, metres = np.array(data.seconds, dtype=np.int64), np.array(data.metres, dtype=np.int64)
                arcs = weigh.kilometre * metres * 3 + weigh.paid_minute * seconds * 50
                for ferry in self.ferries:
                    over = arcs[:, ferry.mainland, None] + arcs[None, ferry.island, :]
                    back = arcs[:, ferry.island, None] + arcs[None, ferry.mainland, :]
                    arcs = np.minimum(arcs, np.minimum(over, back))
                found[data.profile] = arcs.tolist()
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
        pinned = self.pinned.get(request)
        if pinned and shift not in pinned and len(pinned) >= self.crew[request]:
            return "locked"
        return None

    def passage(self, shift: int, origin: int, destination: int) -> Passage | None:
        """Return how a shift gets from one place to another, or None where no road or single ferry leads."""
        data, here, there = self.shifts[shift], self.side[origin], self.side[destination]
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

    def _visit_node(self, request: str) -> int:
        return self.node_of_step[Step(request=request, kind=StepKind.VISIT)]

    def _shifts(self) -> tuple[ShiftData, ...]:
        lists = {
            profile: (
                [[NEVER if x == UNREACHABLE else x for x in row] for row in self.matrix.seconds[profile].tolist()],
                [[0 if x == UNREACHABLE else x for x in row] for row in self.matrix.metres[profile].tolist()],
            )
            for profile in self.matrix.seconds
        }
        found = []
        for index, shift in enumerate(self.problem.shifts):
            vehicle = self.problem.vehicle_by_id[shift.vehicle]
            seconds, metres = lists[vehicle.profile]
            found.append(
                ShiftData(
                    index=index,
                    shift=shift,
                    start=self.place_index[shift.start_place],
                    end=self.place_index[shift.end_place],
                    hard_end=shift.latest + shift.overtime,
                    layouts=tuple(_triple(layout) for layout in vehicle.layouts),
                    offers=self.problem.offers(shift),
                    profile=vehicle.profile,
                    seconds=seconds,
                    metres=metres,
                )
            )
        return tuple(found)

    def _nodes(self) -> tuple[Node, ...]:
        locked = {lock.step: lock.window for lock in self.problem.locks if isinstance(lock, TimeLock)}
        nodes: list[Node] = []
        for position, request in enumerate(self.requests):
            first = len(nodes)
            parts: list[tuple[StepKind, Visit | ShipmentStep, Amounts, int]]
            if isinstance(request, Visit):
                parts = [(StepKind.VISIT, request, (0, 0, 0), -1)]
            else:
                load = _triple(request.load)
                away = (-load[0], -load[1], -load[2])
                parts = [
                    (StepKind.PICKUP, request.pickup, load, first + 1),
                    (StepKind.DELIVERY, request.delivery, away, first),
                ]
            for kind, part, load, partner in parts:
                step = Step(request=request.id, kind=kind)
                window = locked.get(step)
                windows = (window,) if window else part.windows
                nodes.append(
                    Node(
                        index=len(nodes),
                        step=step,
                        request=position,
                        place=self.place_index[part.place],
                        duration=part.duration,
                        windows=tuple((w.earliest, w.latest) for w in sorted(windows)),
                        domain=_domain(windows, 0 if window else part.max_lateness),
                        load=load,
                        partner=partner,
                    )
                )
        return tuple(nodes)

    def _sides(self) -> list[int]:
        side = [-1] * len(self.matrix.places)
        for position, ferry in enumerate(self.ferries):
            for place in (*ferry.crossing.island, ferry.crossing.island_harbour):
                side[self.place_index[place]] = position
        return side

    def _pinned(self) -> dict[int, frozenset[int]]:
        found: dict[int, set[int]] = {}
        for lock in self.problem.locks:
            if isinstance(lock, ShiftLock):
                named = lock.requests
            elif isinstance(lock, SequenceLock):
                named = tuple(step.request for step in lock.steps)
            else:
                continue
            for request in named:
                found.setdefault(self.request_index[request], set()).add(self.shift_index[lock.shift])
        return {request: frozenset(shifts) for request, shifts in found.items()}

    def breaks(self, shift: int) -> tuple[Break, ...]:
        """Return the breaks of a shift."""
        return self.shifts[shift].shift.breaks


def _triple(load: Load) -> Amounts:
    return (load.seats, load.wheelchairs, load.stretchers)


def _domain(windows: tuple[TimeWindow, ...], lateness: int) -> tuple[Interval, ...]:
    """Return the disjoint intervals in which service may begin, lateness allowed, in order."""
    merged: list[Interval] = []
    for window in sorted(windows):
        low, high = window.earliest, window.latest + lateness
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)
