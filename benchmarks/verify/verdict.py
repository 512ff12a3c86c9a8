"""What a judge says of an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.answer import Answer

TOLERANCE = 1e-6
"""How far a time may lie beyond its bound in the conventions of double precision."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Vehicles used and cost under the convention; an answer with any of `faults` is no answer."""

    vehicles: int
    cost: float
    faults: tuple[str, ...] = ()

    @property
    def feasible(self) -> bool:
        """Tell whether nothing is wrong with the answer."""
        return not self.faults


@dataclass(frozen=True, kw_only=True)
class Faults:
    """A list of what is wrong that grows while an answer is read."""

    found: list[str] = field(default_factory=list)

    def unless(self, holds: bool, text: str) -> None:  # reads as a sentence
        """Note `text` unless something holds."""
        if not holds:
            self.found.append(text)


def served_once(answer: Answer, expected: Iterable[int], faults: Faults) -> None:
    """Note every stop that is left out, visited twice or unknown."""
    visits = Counter(stop for route in answer.rounds for stop in route.stops)
    known = set(expected)
    for stop in sorted(known | set(visits)):
        faults.unless(stop in known, f"stop {stop} does not exist")
        faults.unless(stop not in known or visits[stop] == 1, f"stop {stop} is visited {visits[stop]} times")


def vehicles_once(answer: Answer, fleet: int, faults: Faults) -> None:
    """Note every vehicle that is used twice or unknown."""
    used = Counter(route.vehicle for route in answer.rounds)
    for vehicle, times in sorted(used.items()):
        faults.unless(0 <= vehicle < fleet, f"vehicle {vehicle} does not exist")
        faults.unless(times == 1, f"vehicle {vehicle} drives {times} rounds")
