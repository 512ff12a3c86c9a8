"""How long the solver may think, and what it tells meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from routing.errors import UsageError
from routing.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Seconds of wall time, and perhaps a number of rounds of search after which to stop whatever the time.

    With `iterations` done before `seconds` are over, the same problem and seed give the same plan.
    """

    seconds: float = 10.0
    iterations: int | None = None

    def __post_init__(self) -> None:
        if not self.seconds > 0 or (self.iterations is not None and self.iterations < 1):
            raise UsageError(f"budget {self} must allow some seconds and at least one iteration")


class Stopwatch:
    """Seconds since it was made: the one place where the solver reads how much of its budget is gone."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """Return the seconds that went by."""
        return time.monotonic() - self._began


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What the search has reached: its stage, points of the best plan so far, requests left out, solutions seen.

    `plan` is that plan with its times, None where only the model's estimate of it is known yet.
    """

    stage: str
    points: int
    unassigned: int
    iterations: int
    plan: Plan | None = None


Listener: TypeAlias = Callable[[Progress], None]
StopSignal: TypeAlias = Callable[[], bool]


def no_listener(progress: Progress) -> None:
    """Ignore progress."""


def never_stop() -> bool:
    """Never ask to stop."""
    return False
