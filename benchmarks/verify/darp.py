"""Judge dial-a-ride rounds, under `darp-dist:f64`."""

from __future__ import annotations

from benchmarks.answer import Answer
from benchmarks.instances.darp import Darp
from benchmarks.verify.dial_a_ride import check_order, check_times, way
from benchmarks.verify.verdict import Faults, Verdict, served_once, vehicles_once


def verify(instance: Darp, answer: Answer, convention: str) -> Verdict:
    """Return vehicles, distance and faults; times of the answer do not count, some timetable must exist."""
    del convention
    faults, nodes = Faults(), instance.nodes
    served_once(answer, range(1, len(nodes)), faults)
    vehicles_once(answer, instance.vehicles, faults)
    used = [route for route in answer.rounds if route.stops]
    if faults.found:
        return Verdict(vehicles=len(used), cost=0.0, faults=tuple(faults.found))
    depot = (nodes[0].x, nodes[0].y)
    for route in used:
        check_order(route, instance.requests, faults)
        load = 0
        for stop in route.stops:
            load += nodes[stop].load
            faults.unless(load <= instance.capacity, f"vehicle {route.vehicle} carries {load} after stop {stop}")
        check_times(nodes, route, depot, [instance.max_ride] * len(nodes), instance.max_duration, faults)
    cost = sum(way(nodes, depot, route.stops) for route in used)
    return Verdict(vehicles=len(used), cost=cost, faults=tuple(faults.found))
