"""Home health care routing and scheduling: Mankowska et al. (2014), Kummer et al. (2021), Ceschia et al. (2024)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, slots=True)
class Patient:
    """A patient: one or two (service, duration) pairs.

    `distance` bounds the start of the second listed service minus the start of the first; (0, 0) makes them
    simultaneous. It means nothing where there is one service.
    """

    id: str
    earliest: float
    latest: float
    services: tuple[tuple[str, float], ...]
    distance: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Caregiver:
    """A caregiver and the services she can do."""

    id: str
    abilities: frozenset[str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Hhcrsp:
    """One instance: row 0 of `minutes` is the depot, row i the i-th patient."""

    name: str
    patients: tuple[Patient, ...]
    caregivers: tuple[Caregiver, ...]
    minutes: NDArray[np.float64]

    @cached_property
    def tasks(self) -> tuple[tuple[int, int], ...]:
        """Return (patient, service) positions of every service to be done; answers number them from 1."""
        return tuple((p, s) for p, patient in enumerate(self.patients) for s in range(len(patient.services)))


def read(path: Path) -> Hhcrsp:
    """Return the instance in a JSON file."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Hhcrsp(
        name=path.stem,
        patients=tuple(_patient(row) for row in data["patients"]),
        caregivers=tuple(Caregiver(id=c["id"], abilities=frozenset(c["abilities"])) for c in data["caregivers"]),
        minutes=np.array(data["distances"], dtype=np.float64),
    )


def _patient(row: dict) -> Patient:  # type: ignore[type-arg]  # JSON
    together = row.get("synchronization", {})
    low, high = together.get("distance", (0.0, 0.0))
    return Patient(
        id=row["id"],
        earliest=float(row["time_window"][0]),
        latest=float(row["time_window"][1]),
        services=tuple((need["service"], float(need["duration"])) for need in row["required_caregivers"]),
        distance=(float(low), float(high)),
    )
