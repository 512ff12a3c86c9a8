"""Decisions that grant a service."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from routing.records.origin import NOWHERE, Origin
from routing.records.services import Service


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision that grants a service. `case_number` has 11 digits as in STAR; `valid_to` None is open-ended."""

    case_number: str
    client: str
    service: Service
    valid_from: date
    valid_to: date | None = None
    weekly_hours: float | None = None
    volume: str = ""
    applied_on: date | None = None
    decided_on: date | None = None
    origin: Origin = field(default=NOWHERE, compare=False)
