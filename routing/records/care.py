"""Care plans, their recurring visits, and visits on a date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from routing.problem import Priority, TimeWindow
from routing.records.origin import NOWHERE, Origin
from routing.records.services import Activity, Service


@dataclass(frozen=True, kw_only=True)
class CarePlan:
    """What a client is granted, in one version: how much of a service, from when, and by whom if it can be.

    `weekly` and `monthly` are seconds of care without the way to the door, one of the two at most; None is not stated.
    Where need changes, a new row with the next `version` begins where the one before ends.
    """

    id: str
    client: str
    valid_from: date
    valid_to: date | None = None
    service: Service = Service.HOME_CARE
    version: int = 1
    weekly: int | None = None
    monthly: int | None = None
    regular: frozenset[str] = frozenset()
    note: str = ""
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class CareSlot:
    """One recurring visit of a care plan: `times` in each week, or in every second or third one (`every_weeks`).

    `weekdays` are the only days it may be made on, `preferred_days` those that are best; empty is any. Between two
    days with a visit lie at least `days_apart` (2: never on days that follow each other). A day holds up to `per_day`,
    `hours_apart` seconds from the end of one to the beginning of the next, each in a window of its own if there are
    as many.
    """

    id: str
    plan: str
    times: int
    duration: int
    windows: tuple[TimeWindow, ...]
    every_weeks: int = 1
    per_day: int = 1
    weekdays: frozenset[int] = frozenset()
    preferred_days: frozenset[int] = frozenset()
    days_apart: int = 1
    hours_apart: int = 0
    max_lateness: int = 0
    priority: Priority = Priority.B
    skills: frozenset[str] = frozenset()
    crew: int = 1
    activities: frozenset[Activity] = frozenset()
    origin: Origin = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, kw_only=True)
class CareVisit:
    """One care visit of one day.

    `after` names an earlier visit of the client, with the gap kept between the two; `other_worker` asks that nobody
    makes both. `goods` are what is brought from where the shift begins, in units of the municipality's own.
    `care_slot` is the recurring visit of a care plan that this one stands for, `planned_for` the workers whom the
    plan of the week gave it; they count as the client's regular ones on that day.
    """

    id: str
    day: date
    client: str
    duration: int
    windows: tuple[TimeWindow, ...]
    max_lateness: int = 0
    priority: Priority = Priority.B
    skills: frozenset[str] = frozenset()
    crew: int = 1
    activities: tuple[str, ...] = ()
    after: str | None = None
    gap_minimum: int = 0
    gap_maximum: int | None = None
    other_worker: bool = False
    goods: int = 0
    care_slot: str | None = None
    planned_for: frozenset[str] = frozenset()
    origin: Origin = field(default=NOWHERE, compare=False)
