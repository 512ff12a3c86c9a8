"""Judge rounds with synchronised visits, under `sync-time:int`, from the printed times."""

from __future__ import annotations

from itertools import pairwise

from benchmarks.answer import Answer, Round
from benchmarks.instances.vrptw_sync import Synchronised
from benchmarks.verify.verdict import Faults, Verdict, served_once, vehicles_once


def verify(instance: Synchronised, answer: Answer, convention: str) -> Verdict:
    """Return staff used, travel time and faults."""
    del convention
    faults = Faults()
    served_once(answer, range(1, len(instance.nodes)), faults)
    vehicles_once(answer, instance.staff, faults)
    used = [route for route in answer.rounds if route.stops]
    if any(len(route.starts) != len(route.stops) for route in used):
        faults.found.append("a round has no times")
    if faults.found:
        return Verdict(vehicles=len(used), cost=0.0, faults=tuple(faults.found))
    starts = {stop: start for route in used for stop, start in zip(route.stops, route.starts, strict=True)}
    who = {stop: route.vehicle for route in used for stop in route.stops}
    for route in used:
        _check_round(instance, route, faults)
    for a, b in instance.pairs:
        faults.unless(starts[a] == starts[b], f"visits {a} and {b} do not begin together")
        faults.unless(who[a] != who[b], f"one carer makes both visits {a} and {b}")
    cost = sum(int(instance.minutes[a, b]) for route in used for a, b in pairwise((0, *route.stops, 0)))
    return Verdict(vehicles=len(used), cost=float(cost), faults=tuple(faults.found))


def _check_round(instance: Synchronised, route: Round, faults: Faults) -> None:
    ready, here = 0.0, 0
    for stop, start in zip(route.stops, route.starts, strict=True):
        node = instance.nodes[stop]
        arrival = ready + int(instance.minutes[here, stop])
        faults.unless(start >= arrival, f"visit {stop} starts at {start}, reached at {arrival}")
        faults.unless(node.earliest <= start <= node.latest, f"visit {stop} starts at {start}, outside its window")
        ready, here = start + node.duration, stop
    back = ready + int(instance.minutes[here, 0])
    faults.unless(back <= instance.horizon, f"staff {route.vehicle} is back at {back}, expected {instance.horizon}")
