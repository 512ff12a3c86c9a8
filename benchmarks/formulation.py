"""One instance in whole numbers: what every engine gets, the same for all."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benchmarks.answer import Answer, Round

Whole: TypeAlias = NDArray[np.int64]

EUCLIDEAN_SCALE = 1000
"""Whole numbers per unit of length and of time where the original has fractions."""

ENGINE_CORES = 2
"""Processor cores every engine may use."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """A place to be visited once. `load` is the change aboard, one number per row of capacity; `skill` is asked."""

    place: int
    earliest: int
    latest: int
    service: int
    load: tuple[int, ...] = ()
    skill: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A pickup that comes before its delivery on one vehicle, perhaps with a longest ride.

    The ride lasts from the end of service at the pickup to the beginning of service at the delivery.
    """

    pickup: int
    delivery: int
    max_ride: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Tie:
    """Two stops on different vehicles: `second` begins `least` to `most` after `first` begins."""

    first: int
    second: int
    least: int = 0
    most: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Vehicle:
    """A vehicle that leaves `depot` at `earliest` or later and is back there by `latest`."""

    depot: int
    earliest: int
    latest: int
    capacity: tuple[int, ...] = ()
    max_duration: int | None = None
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, eq=False)
class Formulation:
    """What an engine is to solve.

    `travel` (time) and `length` (cost) are int64 arrays of shape (n, n) over places. Places are numbered as in the
    file, so a stop's place names it in an answer. With `pairs`, a stop's load is picked up and delivered; without,
    everything is aboard when the vehicle leaves. `fewest` puts the number of vehicles before the length. With `tardy`
    stops may begin late: the length, the sum of all tardiness and the greatest tardiness count alike.
    """

    name: str
    scale: int
    travel: Whole
    length: Whole
    stops: tuple[Stop, ...]
    vehicles: tuple[Vehicle, ...]
    pairs: tuple[Pair, ...] = ()
    ties: tuple[Tie, ...] = ()
    fewest: bool = False
    tardy: bool = False

    @cached_property
    def stop_by_place(self) -> dict[int, Stop]:
        """Return the stops by their place."""
        return {stop.place: stop for stop in self.stops}

    @cached_property
    def ceiling(self) -> int:
        """Return a power of ten that no sum of lengths worth having reaches: one vehicle per request and home."""
        depots = sorted({vehicle.depot for vehicle in self.vehicles})
        out = self.length[depots].max(axis=0)
        back = self.length[:, depots].max(axis=1)
        places = [stop.place for stop in self.stops]
        return int(10 ** len(str(int((out + back)[places].sum()))))

    @property
    def vehicle_cost(self) -> int:
        """Return what using a vehicle costs, in lengths: more than all lengths together where `fewest`, else 0."""
        return self.ceiling if self.fewest else 0

    def decode(self, value: float) -> tuple[int | None, float]:
        """Return a value of vehicles and lengths as (vehicles, length in the file's unit).

        Of length and two kinds of tardiness a third is what the family calls the cost.
        """
        if not self.fewest:
            return None, value / self.scale / (3 if self.tardy else 1)
        vehicles, length = divmod(value, self.ceiling)
        return round(vehicles), length / self.scale

    def answer(self, rounds: dict[int, list[tuple[int, int]]]) -> Answer:
        """Return (place, start) pairs by vehicle as an answer in the file's units."""
        return Answer(
            rounds=tuple(
                Round(
                    vehicle=vehicle,
                    stops=tuple(place for place, _ in stops),
                    starts=tuple(start / self.scale for _, start in stops),
                )
                for vehicle, stops in sorted(rounds.items())
                if stops
            )
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One moment of a search: seconds since it began, and the value of the best answer then (see `decode`)."""

    seconds: float
    value: float


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an engine came to: an answer or none, its value where the engine tells, and how it got there."""

    answer: Answer | None
    value: float | None = None
    trace: tuple[Point, ...] = field(default=())
    remark: str = ""
