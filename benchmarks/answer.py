"""What an engine answers, in the family's own numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """The stops of one vehicle in order, depots left out; `starts` (when service begins) where times count."""

    vehicle: int
    stops: tuple[int, ...]
    starts: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The rounds of the vehicles that are used; vehicles are numbered from 0."""

    rounds: tuple[Round, ...]
