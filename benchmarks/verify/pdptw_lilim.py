"""Judge pickups and deliveries in the plane, under `veh>dist:f64` or `dist:f64`."""

from __future__ import annotations

from math import hypot

from benchmarks.answer import Answer
from benchmarks.instances.pdptw_lilim import LiLim
from benchmarks.verify.pickup_delivery import verify_calls
from benchmarks.verify.verdict import TOLERANCE, Verdict


def verify(instance: LiLim, answer: Answer, convention: str, *, tolerance: float = TOLERANCE) -> Verdict:
    """Return vehicles, distance and faults; both conventions measure alike."""
    del convention
    nodes = instance.nodes

    def length(a: int, b: int) -> float:
        return hypot(nodes[a].x - nodes[b].x, nodes[a].y - nodes[b].y)

    return verify_calls(nodes, answer, length, fleet=instance.vehicles, capacity=instance.capacity, tolerance=tolerance)
