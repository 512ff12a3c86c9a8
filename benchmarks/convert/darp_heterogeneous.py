"""Dial-a-ride with a mixed fleet in whole numbers."""

from __future__ import annotations

from benchmarks.convert.dial_a_ride import stop, tightened
from benchmarks.convert.scaling import beeline, nearest, scaled, upward
from benchmarks.formulation import EUCLIDEAN_SCALE, Formulation, Pair, Vehicle
from benchmarks.instances.darp_heterogeneous import DEPOTS, Heterogeneous, Kinds


def rows(kinds: Kinds) -> tuple[int, int, int, int]:
    """Return kinds of places as four sums that bound each other: all seats, patients', stretchers; wheelchairs.

    Staff may sit on what patients sit on and patients on what they lie on, so a load finds room exactly if each sum
    of it is within the same sum of the capacity (Parragh 2011).
    """
    staff, patients, stretchers, wheelchairs = kinds
    return (staff + patients + stretchers, patients + stretchers, stretchers, wheelchairs)


def formulate(instance: Heterogeneous, convention: str) -> Formulation:
    """Return the formulation in thousandths; the depots are places behind the nodes of the file."""
    del convention
    nodes, scale = instance.nodes, EUCLIDEAN_SCALE
    lengths = beeline([*((node.x, node.y) for node in nodes), *DEPOTS])
    max_ride = [node.max_ride for node in nodes]
    windows = tightened(nodes, max_ride)
    hours = (scaled(nodes[0].earliest, scale), scaled(nodes[0].latest, scale))
    return Formulation(
        name=instance.name,
        scale=scale,
        travel=upward(lengths, scale),
        length=nearest(lengths, scale),
        stops=tuple(
            stop(place, nodes[place], windows[place], rows(nodes[place].load), scale) for place in range(1, len(nodes))
        ),
        vehicles=tuple(
            Vehicle(
                depot=len(nodes) + van.depot,
                earliest=hours[0],
                latest=hours[1],
                capacity=rows(van.capacity),
                max_duration=scaled(van.max_duration, scale),
            )
            for van in instance.vans
        ),
        pairs=tuple(
            Pair(pickup=ride, delivery=ride + instance.requests, max_ride=scaled(max_ride[ride], scale))
            for ride in range(1, instance.requests + 1)
        ),
    )
