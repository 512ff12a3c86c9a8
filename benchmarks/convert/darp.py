"""Dial-a-ride in whole numbers."""

from __future__ import annotations

from benchmarks.convert.dial_a_ride import stop, tightened
from benchmarks.convert.scaling import beeline, nearest, scaled, upward
from benchmarks.formulation import EUCLIDEAN_SCALE, Formulation, Pair, Vehicle
from benchmarks.instances.darp import Darp


def formulate(instance: Darp, convention: str) -> Formulation:
    """Return the formulation in thousandths, travel times rounded up."""
    del convention
    nodes, scale = instance.nodes, EUCLIDEAN_SCALE
    lengths = beeline([(node.x, node.y) for node in nodes])
    windows = tightened(nodes, [instance.max_ride] * len(nodes))
    vehicle = Vehicle(
        depot=0,
        earliest=scaled(nodes[0].earliest, scale),
        latest=scaled(nodes[0].latest, scale),
        capacity=(instance.capacity,),
        max_duration=scaled(instance.max_duration, scale),
    )
    return Formulation(
        name=instance.name,
        scale=scale,
        travel=upward(lengths, scale),
        length=nearest(lengths, scale),
        stops=tuple(
            stop(place, nodes[place], windows[place], (nodes[place].load,), scale) for place in range(1, len(nodes))
        ),
        vehicles=(vehicle,) * instance.vehicles,
        pairs=tuple(
            Pair(pickup=ride, delivery=ride + instance.requests, max_ride=scaled(instance.max_ride, scale))
            for ride in range(1, instance.requests + 1)
        ),
    )
