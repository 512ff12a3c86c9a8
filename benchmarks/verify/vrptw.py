"""Judge rounds with time windows, under `veh>dist:f64`, `dist:f64` or `dist:trunc1`."""

from __future__ import annotations

from itertools import pairwise
from math import floor, hypot

from benchmarks.answer import Answer, Round
from benchmarks.instances.vrptw import Customer, Vrptw
from benchmarks.verify.verdict import TOLERANCE, Faults, Verdict, served_once, vehicles_once


def verify(instance: Vrptw, answer: Answer, convention: str, *, tolerance: float = TOLERANCE) -> Verdict:
    """Return vehicles, distance and faults. Under `dist:trunc1` lengths are cut off after one decimal."""
    faults = Faults()
    served_once(answer, range(1, len(instance.nodes)), faults)
    vehicles_once(answer, instance.vehicles, faults)
    used = [route for route in answer.rounds if route.stops]
    if not faults.found:
        for route in used:
            _time_and_room(instance, route, convention, faults, tolerance)
    cost = sum(
        _length(instance.nodes[a], instance.nodes[b], convention)
        for route in used
        for a, b in pairwise((0, *route.stops, 0))
        if max(a, b) < len(instance.nodes)
    )
    return Verdict(vehicles=len(used), cost=cost, faults=tuple(faults.found))


def _length(a: Customer, b: Customer, convention: str) -> float:
    length = hypot(a.x - b.x, a.y - b.y)
    return floor(10 * length + 1e-9) / 10 if convention == "dist:trunc1" else length


def _time_and_room(instance: Vrptw, route: Round, convention: str, faults: Faults, tolerance: float) -> None:
    nodes = instance.nodes
    load = sum(nodes[stop].demand for stop in route.stops)
    faults.unless(load <= instance.capacity, f"vehicle {route.vehicle} carries {load} of {instance.capacity}")
    time = nodes[0].ready
    for before, stop in pairwise((0, *route.stops, 0)):
        time = max(time + nodes[before].service + _length(nodes[before], nodes[stop], convention), nodes[stop].ready)
        faults.unless(time <= nodes[stop].due + tolerance, f"stop {stop} begins at {time}, due by {nodes[stop].due}")
