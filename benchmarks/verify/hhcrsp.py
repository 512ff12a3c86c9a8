"""Judge home health care rounds, under `hhc-third:f64` or `hhc-third:floor-tw`, from the printed times."""

from __future__ import annotations

from itertools import pairwise
from math import floor

from benchmarks.answer import Answer, Round
from benchmarks.instances.hhcrsp import Hhcrsp, Patient
from benchmarks.verify.verdict import TOLERANCE, Faults, Verdict, served_once, vehicles_once


def verify(instance: Hhcrsp, answer: Answer, convention: str, *, tolerance: float = TOLERANCE) -> Verdict:
    """Return caregivers used, a third of (distance + total tardiness + greatest tardiness), and faults.

    Stops are numbered from 1 in the order of `Hhcrsp.tasks`. Under `floor-tw` windows are cut to whole minutes.
    """
    faults = Faults()
    served_once(answer, range(1, len(instance.tasks) + 1), faults)
    vehicles_once(answer, len(instance.caregivers), faults)
    used = [route for route in answer.rounds if route.stops]
    if any(len(route.starts) != len(route.stops) for route in used):
        faults.found.append("a round has no times")
    if faults.found:
        return Verdict(vehicles=len(used), cost=0.0, faults=tuple(faults.found))
    starts = {stop: start for route in used for stop, start in zip(route.stops, route.starts, strict=True)}
    cut = convention == "hhc-third:floor-tw"
    for route in used:
        _check_round(instance, route, faults, tolerance)
    late = [0.0, *_check_starts(instance, starts, faults, cut=cut, tolerance=tolerance)]
    _check_pairs(instance, answer, starts, faults, tolerance)
    distance = sum(
        float(instance.minutes[_place(instance, a), _place(instance, b)])
        for route in used
        for a, b in pairwise((0, *route.stops, 0))
    )
    return Verdict(vehicles=len(used), cost=(distance + sum(late) + max(late)) / 3, faults=tuple(faults.found))


def _place(instance: Hhcrsp, stop: int) -> int:
    return instance.tasks[stop - 1][0] + 1 if stop else 0


def _need(instance: Hhcrsp, stop: int) -> tuple[Patient, str, float]:
    patient, service = instance.tasks[stop - 1]
    return (instance.patients[patient], *instance.patients[patient].services[service])


def _check_round(instance: Hhcrsp, route: Round, faults: Faults, tolerance: float) -> None:
    """Note services the caregiver cannot do and starts before she can be there."""
    caregiver = instance.caregivers[route.vehicle]
    ready, here = 0.0, 0
    for stop, start in zip(route.stops, route.starts, strict=True):
        _, service, duration = _need(instance, stop)
        there = _place(instance, stop)
        faults.unless(service in caregiver.abilities, f"caregiver {caregiver.id} cannot do {service} of stop {stop}")
        arrival = ready + float(instance.minutes[here, there])
        faults.unless(start >= arrival - tolerance, f"stop {stop} starts at {start}, reached at {arrival}")
        ready, here = start + duration, there


def _check_starts(
    instance: Hhcrsp, starts: dict[int, float], faults: Faults, *, cut: bool, tolerance: float
) -> list[float]:
    """Note starts before the window opens and return every service's tardiness."""
    late = []
    for stop, start in sorted(starts.items()):
        patient, _, _ = _need(instance, stop)
        low, high = (floor(patient.earliest), floor(patient.latest)) if cut else (patient.earliest, patient.latest)
        faults.unless(start >= low - tolerance, f"stop {stop} starts at {start}, earliest {low}")
        late.append(max(0.0, start - high))
    return late


def _check_pairs(instance: Hhcrsp, answer: Answer, starts: dict[int, float], faults: Faults, tolerance: float) -> None:
    """Note double services out of step or done by one caregiver."""
    who = {stop: route.vehicle for route in answer.rounds for stop in route.stops}
    number = {task: stop for stop, task in enumerate(instance.tasks, start=1)}
    for index, patient in enumerate(instance.patients):
        if len(patient.services) == 2:
            first, second = number[index, 0], number[index, 1]
            low, high = patient.distance
            apart = starts[second] - starts[first]
            in_step = low - tolerance <= apart <= high + tolerance
            faults.unless(in_step, f"stops {first} and {second} are {apart} apart")
            faults.unless(who[first] != who[second], f"one caregiver does both stops {first} and {second}")
