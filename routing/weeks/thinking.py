"""How much thought weeks get, and what is told meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field

from routing.solver.solve import ENGINES
from routing.weeks.weights import Weights


@dataclass(frozen=True, kw_only=True)
class Thinking:
    """How much thought weeks get: seconds for all of it, and what makes it repeatable.

    With `work` (CP-SAT's own measure, per choice) and `iterations` (per search) done before the seconds are over the
    same records and seed give the same weeks.
    """

    seconds: float = 60.0
    work: float | None = None
    iterations: int | None = None
    seed: int = 0
    engine: str = ENGINES[0]
    weights: Weights = field(default_factory=Weights)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is told while weeks are planned: a stage, how far it is from 0 to 1, and what is missing so far."""

    stage: str
    week: int
    share: float
    missing: int = 0


def ignore(told: Told) -> None:
    """Ignore what is told."""
