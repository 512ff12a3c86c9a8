"""Judge pickups and deliveries on streets, under `veh>time:int`."""

from __future__ import annotations

from benchmarks.answer import Answer
from benchmarks.instances.pdptw_sartori import Sartori
from benchmarks.verify.pickup_delivery import verify_calls
from benchmarks.verify.verdict import Verdict


def verify(instance: Sartori, answer: Answer, convention: str) -> Verdict:
    """Return vehicles, minutes driven and faults; there is no limit to the fleet."""
    del convention
    return verify_calls(
        instance.nodes,
        answer,
        lambda a, b: int(instance.minutes[a, b]),
        fleet=len(instance.nodes),
        capacity=instance.capacity,
        tolerance=0,
    )
