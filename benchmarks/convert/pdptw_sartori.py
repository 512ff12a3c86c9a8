"""Pickups and deliveries on streets: whole minutes as they are."""

from __future__ import annotations

from benchmarks.formulation import Formulation, Pair, Stop, Vehicle
from benchmarks.instances.pdptw_sartori import Sartori


def formulate(instance: Sartori, convention: str) -> Formulation:
    """Return the formulation with a vehicle for every second request.

    The fleet of the file is without limit; half as many vehicles as requests is several times what any known answer
    uses, and models that grow with the fleet stay within memory.
    """
    depot = instance.nodes[0]
    requests = len(instance.nodes) // 2
    vehicle = Vehicle(depot=0, earliest=depot.earliest, latest=depot.latest, capacity=(instance.capacity,))
    return Formulation(
        name=instance.name,
        scale=1,
        travel=instance.minutes,
        length=instance.minutes,
        stops=tuple(
            Stop(
                place=place,
                earliest=node.earliest,
                latest=node.latest,
                service=node.service,
                load=(node.demand,),
            )
            for place, node in enumerate(instance.nodes)
            if place
        ),
        vehicles=(vehicle,) * -(-requests // 2),
        pairs=tuple(
            Pair(pickup=place, delivery=node.delivery) for place, node in enumerate(instance.nodes) if node.delivery
        ),
        fewest=convention == "veh>time:int",
    )
