"""Home health care in whole numbers: one place per service."""

from __future__ import annotations

from math import floor

import numpy as np

from benchmarks.convert.scaling import nearest, scaled, upward
from benchmarks.formulation import EUCLIDEAN_SCALE, Formulation, Stop, Tie, Vehicle
from benchmarks.instances.hhcrsp import Hhcrsp


def formulate(instance: Hhcrsp, convention: str) -> Formulation:
    """Return the formulation: thousandths, or whole minutes under `hhc-third:floor-tw`, whose files are whole."""
    cut = convention == "hhc-third:floor-tw"
    scale = 1 if cut else EUCLIDEAN_SCALE
    rows = np.array([0, *(patient + 1 for patient, _ in instance.tasks)])
    minutes = instance.minutes[np.ix_(rows, rows)]
    stops = []
    for place, (patient, service) in enumerate(instance.tasks, start=1):
        person = instance.patients[patient]
        skill, duration = person.services[service]
        bounds = (person.earliest, person.latest)
        low, high = (floor(bound) for bound in bounds) if cut else (scaled(bound, scale) for bound in bounds)
        stops.append(Stop(place=place, earliest=low, latest=high, service=scaled(duration, scale), skill=skill))
    # Nothing ends the day: one caregiver could do everything after the last window.
    end = max(stop.latest for stop in stops) + sum(stop.service for stop in stops)
    end += int(upward(minutes, scale).max(axis=0).sum())
    return Formulation(
        name=instance.name,
        scale=scale,
        travel=upward(minutes, scale),
        length=nearest(minutes, scale),
        stops=tuple(stops),
        vehicles=tuple(Vehicle(depot=0, earliest=0, latest=end, skills=c.abilities) for c in instance.caregivers),
        ties=_ties(instance, scale),
        tardy=True,
    )


def _ties(instance: Hhcrsp, scale: int) -> tuple[Tie, ...]:
    place_of = {task: place for place, task in enumerate(instance.tasks, start=1)}
    return tuple(
        Tie(
            first=place_of[number, 0],
            second=place_of[number, 1],
            least=scaled(patient.distance[0], scale),
            most=scaled(patient.distance[1], scale),
        )
        for number, patient in enumerate(instance.patients)
        if len(patient.services) == 2
    )
