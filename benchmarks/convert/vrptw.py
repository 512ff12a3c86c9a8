"""Rounds with time windows in whole numbers."""

from __future__ import annotations

from benchmarks.convert.scaling import beeline, cut, nearest, scaled, upward
from benchmarks.formulation import EUCLIDEAN_SCALE, Formulation, Stop, Vehicle
from benchmarks.instances.vrptw import Vrptw


def formulate(instance: Vrptw, convention: str) -> Formulation:
    """Return the formulation: tenths under `dist:trunc1`, thousandths with times rounded up elsewhere."""
    lengths = beeline([(node.x, node.y) for node in instance.nodes])
    tenths = convention == "dist:trunc1"
    scale = 10 if tenths else EUCLIDEAN_SCALE
    depot, *customers = instance.nodes
    vehicle = Vehicle(
        depot=0,
        earliest=scaled(depot.ready, scale),
        latest=scaled(depot.due, scale),
        capacity=(instance.capacity,),
    )
    return Formulation(
        name=instance.name,
        scale=scale,
        travel=cut(lengths) if tenths else upward(lengths, scale),
        length=cut(lengths) if tenths else nearest(lengths, scale),
        stops=tuple(
            Stop(
                place=place,
                earliest=scaled(node.ready, scale),
                latest=scaled(node.due, scale),
                service=scaled(node.service, scale),
                load=(node.demand,),
            )
            for place, node in enumerate(customers, start=1)
        ),
        vehicles=(vehicle,) * instance.vehicles,
        fewest=convention == "veh>dist:f64",
    )
