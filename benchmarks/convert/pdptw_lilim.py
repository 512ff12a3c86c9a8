"""Pickups and deliveries in the plane in whole numbers."""

from __future__ import annotations

from benchmarks.convert.scaling import beeline, nearest, scaled, upward
from benchmarks.formulation import EUCLIDEAN_SCALE, Formulation, Pair, Stop, Vehicle
from benchmarks.instances.pdptw_lilim import LiLim


def formulate(instance: LiLim, convention: str) -> Formulation:
    """Return the formulation in thousandths, travel times rounded up."""
    lengths, scale = beeline([(node.x, node.y) for node in instance.nodes]), EUCLIDEAN_SCALE
    depot, *calls = instance.nodes
    vehicle = Vehicle(
        depot=0,
        earliest=scaled(depot.earliest, scale),
        latest=scaled(depot.latest, scale),
        capacity=(instance.capacity,),
    )
    return Formulation(
        name=instance.name,
        scale=scale,
        travel=upward(lengths, scale),
        length=nearest(lengths, scale),
        stops=tuple(
            Stop(
                place=place,
                earliest=scaled(node.earliest, scale),
                latest=scaled(node.latest, scale),
                service=scaled(node.service, scale),
                load=(node.demand,),
            )
            for place, node in enumerate(calls, start=1)
        ),
        vehicles=(vehicle,) * instance.vehicles,
        pairs=tuple(
            Pair(pickup=place, delivery=node.delivery) for place, node in enumerate(instance.nodes) if node.delivery
        ),
        fewest=convention == "veh>dist:f64",
    )
