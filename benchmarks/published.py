"""Published solutions, read as answers: the yardstick of the judges."""

from __future__ import annotations

import json
import re
from pathlib import Path

from benchmarks.answer import Answer, Round
from benchmarks.instances.hhcrsp import Hhcrsp

_ROUTE = re.compile(r"^Route\s*#?\s*\d+\s*:(.*)$", re.MULTILINE)
_TABU_ROUTE = re.compile(r"^(\d+)\s(.*\(.*)$", re.MULTILINE)
_TABU_STOP = re.compile(r"(\d+) \(")


def read_routes(path: Path) -> Answer:
    """Return the answer in a file with lines `Route 1 : 5 3 7`, the format of SINTEF, CVRPLIB and DIMACS."""
    rows = _ROUTE.findall(path.read_text(encoding="utf-8", errors="replace"))
    return Answer(
        rounds=tuple(Round(vehicle=k, stops=tuple(int(word) for word in row.split())) for k, row in enumerate(rows))
    )


def read_tabu(path: Path) -> Answer:
    """Return the answer in a `.res` file of the tabu search of Cordeau and Laporte."""
    rows = _TABU_ROUTE.findall(path.read_text(encoding="utf-8"))
    stops = {int(vehicle): [int(stop) for stop in _TABU_STOP.findall(row)] for vehicle, row in rows}
    return Answer(
        rounds=tuple(Round(vehicle=vehicle - 1, stops=tuple(found[1:-1])) for vehicle, found in stops.items())
    )


def read_care(path: Path, instance: Hhcrsp) -> Answer:
    """Return the answer in a JSON file of home health care."""
    vehicle = {caregiver.id: number for number, caregiver in enumerate(instance.caregivers)}
    patient = {person.id: number for number, person in enumerate(instance.patients)}
    stop_of = {task: stop for stop, task in enumerate(instance.tasks, start=1)}
    rounds = []
    for route in json.loads(path.read_text(encoding="utf-8"))["routes"]:
        stops = []
        for place in route.get("locations", ()):
            who = patient[place.get("patient_id", place.get("patient"))]
            names = [service for service, _ in instance.patients[who].services]
            stops.append(stop_of[who, names.index(place.get("service_id", place.get("service")))])
        starts = tuple(float(place["arrival_time"]) for place in route.get("locations", ()))
        rounds.append(Round(vehicle=vehicle[route["caregiver_id"]], stops=tuple(stops), starts=starts))
    return Answer(rounds=tuple(rounds))


def read_synchronised(path: Path) -> Answer:
    """Return the answer in a JSON file of synchronised visits."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Answer(
        rounds=tuple(
            Round(vehicle=k, stops=tuple(stops), starts=tuple(float(data["start"][str(stop)]) for stop in stops))
            for k, stops in enumerate(data["routes"])
        )
    )


def read_published(family: str, path: Path, instance: object) -> Answer:
    """Return the answer in a solution file of a family's folder."""
    if isinstance(instance, Hhcrsp):
        return read_care(path, instance)
    readers = {"vrptw_sync": read_synchronised, "darp": read_tabu}
    return readers.get(family, read_routes)(path)
