"""What may be read in more than one way: facts of a ride and conventions of a schedule, with every admissible reading.

A `Situation` is one charge of a ride under some assumed readings. A component that asks for something unknown with a
closed list of readings raises `OpenReading`, and pricing tries them all; something unknown without one raises
`UnknownValue`, and the component's line has no amount.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from routing.findings import Severity
from routing.records.model import Aid
from routing.rules.calendar import is_holiday
from routing.rules.fees.conventions import Conventions
from routing.rules.fees.question import FareQuestion
from routing.rules.remark import Remark, Value

UNKNOWN: Final = "unknown"

READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "zone": ("municipality", "county", "country"),
        "resident": ("yes", "no"),
        "returning": ("yes", "no"),
        "wheelchair": ("yes", "no"),
        "stretcher": ("yes", "no"),
        "day_type": ("workday", "weekend", "holiday"),
        "charged_per": ("trip", "direction"),
        "km_counted": ("one_way", "total"),
        "km_from": ("boarding", "county_border"),
        "km_rounding": ("exact", "up", "nearest", "down"),
        "wait_rounding": ("exact", "quarter", "half", "hour"),
    }
)
"""Every reading there is: facts of the ride first, then the conventions that a schedule states or leaves unknown."""


class OpenReading(Exception):  # noqa: N818 - not an error: a question with several answers
    """Something has several admissible readings and nobody has said which."""

    def __init__(self, name: str) -> None:
        self.name = name
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


def _day_type(question: FareQuestion) -> str:
    if is_holiday(question.day):
        return "holiday"
    return "weekend" if question.day.weekday() >= 5 else "workday"


_FACTS: Mapping[str, Callable[[FareQuestion], str]] = {
    "zone": lambda question: question.zone.value if question.zone else UNKNOWN,
    "resident": lambda question: _yes_no(question.resident),
    "returning": lambda question: _yes_no(question.returning),
    "wheelchair": lambda question: _yes_no(Aid.WHEELCHAIR in question.aids),
    "stretcher": lambda question: _yes_no(Aid.STRETCHER in question.aids),
    "day_type": _day_type,
}

FACTS = frozenset(_FACTS)
"""The readings that a component's `when` may ask for."""


@dataclass(frozen=True, kw_only=True)
class Situation:
    """One charge of a ride, seen with the schedule's conventions and some assumed readings."""

    question: FareQuestion
    conventions: Conventions
    assumed: Mapping[str, str] = field(default_factory=dict)
    way: Way = Way.TRIP

    def reading(self, name: str) -> str:
        """Return how `name` is to be read; raise OpenReading where that is not known and not yet assumed."""
        fact = _FACTS.get(name)
        stated = fact(self.question) if fact else str(getattr(self.conventions, name))
        if stated != UNKNOWN:
            return stated
        if name not in self.assumed:
            raise OpenReading(name)
        return self.assumed[name]

    def matches(self, when: Mapping[str, tuple[str, ...]]) -> bool:
        """Tell whether every fact named in `when` has one of the readings given there."""
        return all(self.reading(name) in allowed for name, allowed in when.items())
