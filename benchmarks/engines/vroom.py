"""VROOM through pyvroom: constructive heuristics and local search, which stop by themselves."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import vroom

from benchmarks.formulation import ENGINE_CORES, Formulation, Outcome, Point, Stop, Vehicle

EXPLORATION = 5
"""VROOM's most thorough level."""


class Vroom:
    """VROOM at its most thorough; fewest vehicles by a fixed cost per vehicle."""

    package = "pyvroom"
    processes = 1

    def __init__(self, name: str) -> None:
        self.name = name

    def why_not(self, formulation: Formulation) -> str | None:
        """Return what VROOM 1.15 has no words for, or None."""
        if formulation.ties:
            return "VROOM cannot tie the times of two stops"
        if any(pair.max_ride is not None for pair in formulation.pairs):
            return "VROOM has no ride-time limit"
        if any(vehicle.max_duration is not None for vehicle in formulation.vehicles):
            return "VROOM limits driving, not the length of a round"
        return None

    def solve(self, formulation: Formulation, *, seconds: float, seed: int) -> Outcome:
        """Return VROOM's solution; it takes no seed."""
        del seed
        day = _input(formulation)
        solution = day.solve(exploration_level=EXPLORATION, nb_threads=ENGINE_CORES, timeout=timedelta(seconds=seconds))
        data = solution.to_dict()
        if data["unassigned"]:
            return Outcome(answer=None, remark=f"{len(data['unassigned'])} stops left out")
        rounds = {
            route["vehicle"]: [(step["id"], step["arrival"] + step["waiting_time"]) for step in route["steps"][1:-1]]
            for route in data["routes"]
        }
        value = _value(formulation, rounds)
        spent = data["summary"]["computing_times"]
        return Outcome(
            answer=formulation.answer(rounds),
            value=value,
            trace=(Point(seconds=(spent["loading"] + spent["solving"]) / 1000, value=value),),
        )


def _input(formulation: Formulation) -> vroom.Input:
    day = vroom.Input()
    day.set_durations_matrix("car", formulation.travel)
    day.set_costs_matrix("car", formulation.length)
    day.add_vehicle([_vehicle(number, vehicle, formulation) for number, vehicle in enumerate(formulation.vehicles)])
    stops = formulation.stop_by_place
    if formulation.pairs:
        for pair in formulation.pairs:
            pickup, delivery = stops[pair.pickup], stops[pair.delivery]
            day.add_shipment(_step(pickup), _step(delivery), amount=vroom.Amount(list(pickup.load)))
    else:
        day.add_job([_job(stop) for stop in formulation.stops])
    return day


def _vehicle(number: int, vehicle: Vehicle, formulation: Formulation) -> vroom.Vehicle:
    return vroom.Vehicle(
        number,
        start=vehicle.depot,
        end=vehicle.depot,
        capacity=list(vehicle.capacity),
        time_window=(vehicle.earliest, vehicle.latest),
        costs=vroom.VehicleCosts(fixed=formulation.vehicle_cost),
    )


def _step(stop: Stop) -> vroom.ShipmentStep:
    return vroom.ShipmentStep(
        stop.place,
        location=stop.place,
        default_service=stop.service,
        time_windows=[vroom.TimeWindow(stop.earliest, stop.latest)],
    )


def _job(stop: Stop) -> vroom.Job:
    return vroom.Job(
        stop.place,
        location=stop.place,
        default_service=stop.service,
        delivery=vroom.Amount(list(stop.load)),
        time_windows=[vroom.TimeWindow(stop.earliest, stop.latest)],
    )


def _value(formulation: Formulation, rounds: dict[int, list[tuple[int, int]]]) -> float:
    total = 0
    for vehicle, stops in rounds.items():
        depot = formulation.vehicles[vehicle].depot
        ways = pairwise([depot, *(place for place, _ in stops), depot])
        total += formulation.vehicle_cost + sum(int(formulation.length[a, b]) for a, b in ways)
    return float(total)
