"""What pickups and deliveries with time windows have in common, in the plane or on streets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Protocol

from benchmarks.answer import Answer, Round
from benchmarks.verify.verdict import Faults, Verdict, served_once, vehicles_once


class Call(Protocol):
    """What both families say about a node."""

    @property
    def demand(self) -> int:
        """Return the change of load, negative at deliveries."""

    @property
    def earliest(self) -> float:
        """Return when service may begin first."""

    @property
    def latest(self) -> float:
        """Return when service may begin last."""

    @property
    def service(self) -> float:
        """Return how long service takes."""

    @property
    def pickup(self) -> int:
        """Return the pickup of a delivery, 0 elsewhere."""


def verify_calls(
    nodes: Sequence[Call],
    answer: Answer,
    length: Callable[[int, int], float],
    *,
    fleet: int,
    capacity: int,
    tolerance: float,
) -> Verdict:
    """Return vehicles, total length and faults of rounds from node 0 over pickups and deliveries."""
    faults = Faults()
    served_once(answer, range(1, len(nodes)), faults)
    vehicles_once(answer, fleet, faults)
    used = [route for route in answer.rounds if route.stops]
    if faults.found:
        return Verdict(vehicles=len(used), cost=0.0, faults=tuple(faults.found))
    for route in used:
        _order_and_room(nodes, route, capacity, faults)
        _times(nodes, route, length, faults, tolerance)
    cost = sum(length(a, b) for route in used for a, b in pairwise((0, *route.stops, 0)))
    return Verdict(vehicles=len(used), cost=cost, faults=tuple(faults.found))


def _order_and_room(nodes: Sequence[Call], route: Round, capacity: int, faults: Faults) -> None:
    load, seen = 0, set[int]()
    for stop in route.stops:
        node = nodes[stop]
        load += node.demand
        faults.unless(load <= capacity, f"vehicle {route.vehicle} carries {load} of {capacity} after stop {stop}")
        faults.unless(not node.pickup or node.pickup in seen, f"delivery {stop} without its pickup before it")
        seen.add(stop)
    faults.unless(load == 0, f"vehicle {route.vehicle} comes home with {load} aboard")


def _times(
    nodes: Sequence[Call], route: Round, length: Callable[[int, int], float], faults: Faults, tolerance: float
) -> None:
    time = nodes[0].earliest
    for before, stop in pairwise((0, *route.stops, 0)):
        time = max(time + nodes[before].service + length(before, stop), nodes[stop].earliest)
        faults.unless(
            time <= nodes[stop].latest + tolerance, f"stop {stop} begins at {time}, latest {nodes[stop].latest}"
        )
