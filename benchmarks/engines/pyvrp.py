"""PyVRP: iterated local search on rounds, shipments and several load rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

import pyvrp
from pyvrp.stop import MaxRuntime

from benchmarks.engines.engine import ONE_CORE
from benchmarks.formulation import Formulation, Outcome, Pair, Point, Stop, Vehicle


class PyVrp:
    """PyVRP with its default parameters; fewest vehicles by a fixed cost per vehicle, as its documentation advises."""

    package = "pyvrp"
    processes = ONE_CORE

    def __init__(self, name: str) -> None:
        self.name = name

    def why_not(self, formulation: Formulation) -> str | None:
        """Return what PyVRP 0.14 has no words for, or None."""
        if formulation.ties:
            return "PyVRP cannot tie the times of two stops"
        if any(pair.max_ride is not None for pair in formulation.pairs):
            return "PyVRP has no ride-time limit"
        return None

    def solve(self, formulation: Formulation, *, seconds: float, seed: int) -> Outcome:
        """Return PyVRP's best solution."""
        result = pyvrp.solve(data_of(formulation), MaxRuntime(seconds), seed=seed)
        trace = tuple(_trace(result))
        if not result.is_feasible() or not result.best.is_complete():
            return Outcome(answer=None, trace=trace, remark="no feasible solution found")
        fleet = _fleet(formulation.vehicles)
        return Outcome(
            answer=formulation.answer(_rounds(formulation, result.best, fleet)), value=result.cost(), trace=trace
        )


def data_of(formulation: Formulation) -> pyvrp.ProblemData:
    """Return a formulation in PyVRP's terms; location numbers are places, depots come first among equals."""
    places = len(formulation.travel)
    depots = sorted({vehicle.depot for vehicle in formulation.vehicles})
    stops = formulation.stop_by_place
    return pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in range(places)],
        clients=[] if formulation.pairs else [_client(stop) for stop in formulation.stops],
        depots=[pyvrp.Depot(depot) for depot in depots],
        vehicle_types=[
            pyvrp.VehicleType(
                num_available=count,
                capacity=list(vehicle.capacity),
                start_depot=depots.index(vehicle.depot),
                end_depot=depots.index(vehicle.depot),
                fixed_cost=formulation.vehicle_cost,
                tw_early=vehicle.earliest,
                tw_late=vehicle.latest,
                **({} if vehicle.max_duration is None else {"shift_duration": vehicle.max_duration}),
            )
            for vehicle, count in _fleet(formulation.vehicles)
        ],
        distance_matrices=[formulation.length],
        duration_matrices=[formulation.travel],
        shipments=[_shipment(pair, stops) for pair in formulation.pairs],
    )


def _fleet(vehicles: tuple[Vehicle, ...]) -> list[tuple[Vehicle, int]]:
    """Return runs of equal vehicles with their number."""
    fleet: list[tuple[Vehicle, int]] = []
    for vehicle in vehicles:
        if fleet and fleet[-1][0] == vehicle:
            fleet[-1] = (vehicle, fleet[-1][1] + 1)
        else:
            fleet.append((vehicle, 1))
    return fleet


def _client(stop: Stop) -> pyvrp.Client:
    return pyvrp.Client(
        location=stop.place,
        delivery=list(stop.load),
        service_duration=stop.service,
        tw_early=stop.earliest,
        tw_late=stop.latest,
    )


def _shipment(pair: Pair, stops: dict[int, Stop]) -> pyvrp.Shipment:
    pickup, delivery = stops[pair.pickup], stops[pair.delivery]
    return pyvrp.Shipment(
        pickup_location=pair.pickup,
        delivery_location=pair.delivery,
        pickup_tw_early=pickup.earliest,
        pickup_tw_late=pickup.latest,
        pickup_service_duration=pickup.service,
        delivery_tw_early=delivery.earliest,
        delivery_tw_late=delivery.latest,
        delivery_service_duration=delivery.service,
        amount=list(pickup.load),
    )


def _rounds(
    formulation: Formulation, best: pyvrp.Solution, fleet: list[tuple[Vehicle, int]]
) -> dict[int, list[tuple[int, int]]]:
    """Return (place, start) pairs by vehicle, the vehicles of each type taken in order."""
    nexts = list(accumulate((count for _, count in fleet), initial=0))
    rounds = {}
    for route in best.routes():
        vehicle = nexts[route.vehicle_type()]
        nexts[route.vehicle_type()] += 1
        rounds[vehicle] = [
            (_place(formulation, activity), activity.start_time)
            for activity in route.schedule()
            if not activity.is_depot()
        ]
    return rounds


def _place(formulation: Formulation, activity: pyvrp.Activity) -> int:
    number = int(activity.idx)
    if activity.is_client():
        return formulation.stops[number].place
    pair = formulation.pairs[number]
    return pair.pickup if activity.is_pickup() else pair.delivery


def _trace(result: pyvrp.Result) -> Iterator[Point]:
    """Yield every improvement of the best feasible solution."""
    best = float("inf")
    for seconds, datum in zip(accumulate(result.stats.runtimes), result.stats, strict=True):
        if datum.best_feas and datum.best_cost < best:
            best = datum.best_cost
            yield Point(seconds=seconds, value=best)
