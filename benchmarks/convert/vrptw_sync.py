"""Synchronised visits: whole numbers as they are."""

from __future__ import annotations

from benchmarks.formulation import Formulation, Stop, Tie, Vehicle
from benchmarks.instances.vrptw_sync import Synchronised


def formulate(instance: Synchronised, convention: str) -> Formulation:
    """Return the formulation; the mark on the way between the two visits of a pair stays, nobody drives it."""
    del convention
    return Formulation(
        name=instance.name,
        scale=1,
        travel=instance.minutes,
        length=instance.minutes,
        stops=tuple(
            Stop(place=place, earliest=node.earliest, latest=node.latest, service=node.duration)
            for place, node in enumerate(instance.nodes)
            if place
        ),
        vehicles=(Vehicle(depot=0, earliest=0, latest=instance.horizon),) * instance.staff,
        ties=tuple(Tie(first=first, second=second) for first, second in instance.pairs),
    )
