"""What may be read in more than one way: facts of a ride and conventions of a schedule, with every admissible reading.

A `Situation` is one charge of a ride under some assumed readings. A component that asks for something unknown with a
closed list of readings raises `OpenReading`, and pricing tries them all; something unknown without one raises
`UnknownValue`, and the component's line has no amount.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from routing.findings import Severity
from routing.records.model import Aid
from routing.rules.calendar import is_holiday
from routing.rules.fees.conventions import Conventions
from routing.rules.fees.question import FareQuestion
from routing.rules.fees.uses import Ledger, Span
from routing.rules.remark import Remark, Value
from routing.rules.subsistence import subsistence_limit

UNKNOWN: Final = "unknown"

READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "zone": ("municipality", "county", "country"),
        "resident": ("yes", "no"),
        "returning": ("yes", "no"),
        "wheelchair": ("yes", "no"),
        "stretcher": ("yes", "no"),
        "day_type": ("workday", "weekend", "holiday"),
        "companion": ("yes", "no"),
        "taxi": ("yes", "no"),
        "child": ("yes", "no"),
        "low_income": ("yes", "no"),
        "work_hours": ("yes", "no"),
        "result": ("done", "cancelled", "no_show"),
        "charged_per": ("trip", "direction"),
        "km_counted": ("one_way", "total"),
        "km_from": ("boarding", "county_border"),
        "km_rounding": ("exact", "up", "nearest", "down"),
        "wait_rounding": ("exact", "quarter", "half", "hour"),
        "hours_rounding": ("exact", "quarter", "half", "hour"),
        "empty_return": ("free", "charged"),
        "cancelled_counts": ("yes", "no"),
        "limit_on": ("client", "municipality"),
        "shared_by": ("equal", "half", "km", "full"),
        "of_two": ("first", "second"),
    }
)
"""Every reading there is: facts of the ride first, then the conventions that a schedule states or leaves unknown."""


class OpenReading(Exception):  # noqa: N818 - not an error: a question with several answers
    """Something has several admissible readings and nobody has said which."""

    def __init__(self, name: str, readings: tuple[str, ...]) -> None:
        self.name, self.readings = name, readings
        super().__init__(name)


class UnknownValue(Exception):  # noqa: N818 - not an error: a line without an amount
    """Something that cannot be enumerated is not known; carries what to ask."""

    def __init__(self, code: str, **values: Value) -> None:
        self.remark = Remark(code=code, severity=Severity.WARNING, values=values)
        super().__init__(code)


class Way(IntEnum):
    """Which of its charges a ride is priced for: the whole trip at once, or one direction."""

    TRIP = 0
    OUT = 1
    BACK = 2


def _yes_no(value: bool | None) -> str:
    return UNKNOWN if value is None else ("yes" if value else "no")


def _day_type(situation: Situation) -> str:
    day = situation.question.day
    if is_holiday(day):
        return "holiday"
    return "weekend" if day.weekday() >= 5 else "workday"


def _companion(situation: Situation) -> str:
    companions = situation.question.amounts.get("companions")
    return UNKNOWN if companions is None else _yes_no(companions > 0)


def _child(situation: Situation) -> str:
    age, limit = situation.question.amounts.get("age"), situation.conventions.child_under
    return UNKNOWN if age is None or isinstance(limit, str) else _yes_no(age < limit)


def _low_income(situation: Situation) -> str:
    income, times = situation.question.amounts.get("income"), situation.conventions.low_income_below
    limit = subsistence_limit(situation.question.day)
    if income is None or limit is None or isinstance(times, str):
        return UNKNOWN
    return _yes_no(income < times * limit)


def _work_hours(situation: Situation) -> str:
    at, hours = situation.question.at, situation.conventions.work_hours
    if isinstance(hours, str):
        return UNKNOWN
    if _day_type(situation) not in hours.days:
        return "no"
    return UNKNOWN if at is None else _yes_no(_seconds(hours.begins) <= at < _seconds(hours.ends))


def _seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60 + clock.second


_FACTS: Mapping[str, Callable[[Situation], str]] = {
    "zone": lambda situation: situation.question.zone.value if situation.question.zone else UNKNOWN,
    "resident": lambda situation: _yes_no(situation.question.resident),
    "returning": lambda situation: _yes_no(situation.question.returning),
    "wheelchair": lambda situation: _yes_no(Aid.WHEELCHAIR in situation.question.aids),
    "stretcher": lambda situation: _yes_no(Aid.STRETCHER in situation.question.aids),
    "day_type": _day_type,
    "companion": _companion,
    "taxi": lambda situation: _yes_no(situation.question.taxi),
    "child": _child,
    "low_income": _low_income,
    "work_hours": _work_hours,
    "result": lambda situation: situation.question.result,
}

FACTS = frozenset(_FACTS)
"""The readings that a component's `when` may ask for."""


@dataclass(frozen=True, kw_only=True)
class Situation:
    """One charge of a ride, seen with the schedule's conventions and some assumed readings.

    `ledger` is what the client had used of the list's pools before this charge; None is not known.
    """

    question: FareQuestion
    conventions: Conventions
    assumed: Mapping[str, str] = field(default_factory=dict)
    way: Way = Way.TRIP
    ledger: Ledger | None = None

    def reading(self, name: str) -> str:
        """Return how `name` is to be read; raise OpenReading where that is not known and not yet assumed."""
        fact = _FACTS.get(name)
        stated = fact(self) if fact else getattr(self.conventions, name)
        if isinstance(stated, str) and stated != UNKNOWN:
            return stated
        if name not in self.assumed:
            raise OpenReading(name, stated if isinstance(stated, tuple) else READINGS[name])
        return self.assumed[name]

    def used(self, pool: str, span: Span) -> Decimal:
        """Return what was used of a pool in the span of the day before; raise UnknownValue where nobody knows."""
        total = None if self.ledger is None else self.ledger.total(pool, span, self.question.day)
        if total is None:
            raise UnknownValue("rules.missing-before")
        return total

    def matches(self, when: Mapping[str, tuple[str, ...]]) -> bool:
        """Tell whether every fact named in `when` has one of the readings given there."""
        return all(self.reading(name) in allowed for name, allowed in when.items())
