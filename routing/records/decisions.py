"""Decisions that grant a service, and those that let a client off a part of its price."""

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


@dataclass(frozen=True, kw_only=True)
class ReliefRecord:
    """What a committee lets a client off: from `first` to `last` she pays `pays` per cent of a price.

    `act` names the decision. `service` None is every service, `component` one price of the list by its name, empty the
    whole; `last` None is open-ended.
    """

    act: str
    client: str
    first: date
    last: date | None = None
    service: Service | None = None
    component: str = ""
    pays: int = 0
    origin: Origin = field(default=NOWHERE, compare=False)
