"""Judge dial-a-ride rounds of a mixed fleet with several depots, under `mdhdarp-dist:f64`."""

from __future__ import annotations

from benchmarks.answer import Answer, Round
from benchmarks.instances.darp_heterogeneous import DEPOTS, Heterogeneous, Kinds
from benchmarks.verify.dial_a_ride import check_order, check_times, way
from benchmarks.verify.verdict import Faults, Verdict, served_once, vehicles_once


def verify(instance: Heterogeneous, answer: Answer, convention: str) -> Verdict:
    """Return vehicles, distance and faults; times of the answer do not count, some timetable must exist."""
    del convention
    faults, nodes = Faults(), instance.nodes
    served_once(answer, range(1, len(nodes)), faults)
    vehicles_once(answer, len(instance.vans), faults)
    used = [route for route in answer.rounds if route.stops]
    if faults.found:
        return Verdict(vehicles=len(used), cost=0.0, faults=tuple(faults.found))
    for route in used:
        van = instance.vans[route.vehicle]
        check_order(route, instance.requests, faults)
        _check_room(instance, route, faults)
        check_times(nodes, route, DEPOTS[van.depot], [node.max_ride for node in nodes], van.max_duration, faults)
    cost = sum(way(nodes, DEPOTS[instance.vans[route.vehicle].depot], route.stops) for route in used)
    return Verdict(vehicles=len(used), cost=cost, faults=tuple(faults.found))


def finds_room(load: Kinds, capacity: Kinds) -> bool:
    """Tell whether a load can be seated: staff on any of the first three kinds, patients on the second and third."""
    staff, patients, stretchers, wheelchairs = load
    seats, beds_and_seats, beds = sum(capacity[:3]), sum(capacity[1:3]), capacity[2]
    return (
        wheelchairs <= capacity[3]
        and stretchers <= beds
        and patients + stretchers <= beds_and_seats
        and staff + patients + stretchers <= seats
    )


def _check_room(instance: Heterogeneous, route: Round, faults: Faults) -> None:
    aboard = [0, 0, 0, 0]
    for stop in route.stops:
        aboard = [now + change for now, change in zip(aboard, instance.nodes[stop].load, strict=True)]
        staff, patients, stretchers, wheelchairs = aboard
        fits = finds_room((staff, patients, stretchers, wheelchairs), instance.vans[route.vehicle].capacity)
        faults.unless(fits, f"vehicle {route.vehicle} has no room for {aboard} after stop {stop}")
