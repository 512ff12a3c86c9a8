"""What ties requests together or to a decision: linked rides, gaps, locks, promises."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from routing.errors import ProblemError
from routing.problem.basics import TimeWindow


class Waiting(StrEnum):
    """What the shift does between an outbound ride and its return.

    FREE: anything. NEARBY: only visits, each within `RideLink.nearby` seconds of travel from the place where the
    client was delivered; breaks are allowed. STAYS: nothing at all, the carer is with the client. Under NEARBY and
    STAYS nobody else is aboard meanwhile.
    """

    FREE = "free"
    NEARBY = "nearby"
    STAYS = "stays"


@dataclass(frozen=True, kw_only=True)
class RideLink:
    """Tie a return ride to its outbound ride: both are served or neither.

    The return's pickup begins at least `minimum_stay` seconds after the outbound delivery departs. `same_shift`
    asks for one shift; NEARBY and STAYS imply it.
    """

    outbound: str
    inbound: str
    same_shift: bool = False
    waiting: Waiting = Waiting.FREE
    nearby: int = 0
    minimum_stay: int = 0

    def __post_init__(self) -> None:
        if min(self.nearby, self.minimum_stay) < 0:
            raise ProblemError([f"link of {self.outbound!r} and {self.inbound!r} must not have negative lengths"])

    @property
    def one_shift(self) -> bool:
        """Tell whether both rides must be on one shift."""
        return self.same_shift or self.waiting is not Waiting.FREE


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Keep the time from the end of visit `first` to the beginning of visit `second` between two bounds.

    Holds where both are served; `second` then comes after `first`. With `two_carers` nobody who makes one of the two
    visits may make the other.
    """

    first: str
    second: str
    minimum: int = 0
    maximum: int | None = None
    two_carers: bool = False

    def __post_init__(self) -> None:
        if self.minimum < 0 or (self.maximum is not None and self.maximum < self.minimum):
            raise ProblemError([f"gap {self.minimum}..{self.maximum} must satisfy 0 <= minimum <= maximum"])
        if self.first == self.second:
            raise ProblemError([f"gap of {self.first!r} to itself"])


class StepKind(StrEnum):
    """Which part of a request a stop serves."""

    VISIT = "visit"
    PICKUP = "pickup"
    DELIVERY = "delivery"


@dataclass(frozen=True, kw_only=True, order=True)
class Step:
    """Name one stop of one request."""

    request: str
    kind: StepKind


@dataclass(frozen=True, kw_only=True)
class ShiftLock:
    """Keep `requests` on `shift` (a two-person visit: one of its crew)."""

    shift: str
    requests: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SequenceLock:
    """Keep `steps` on `shift` in this order; `strict` allows nothing but a break or a ferry between them."""

    shift: str
    steps: tuple[Step, ...]
    strict: bool = False


@dataclass(frozen=True, kw_only=True)
class TimeLock:
    """Keep the beginning of `step` inside `window`, whatever its own windows say."""

    step: Step
    window: TimeWindow


Lock: TypeAlias = ShiftLock | SequenceLock | TimeLock
"""A coordinator's decision to keep. A locked request is served as locked or, at great cost, not at all."""


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What was published for a request: a worker, and when it begins (the pickup of a ride)."""

    request: str
    worker: str
    start: int
