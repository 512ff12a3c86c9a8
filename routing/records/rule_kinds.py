"""The kind of a cell that says on which days something recurs: a rule of RFC 5545, or weekdays alone."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from dateutil.rrule import rrulestr

from routing.records.kind import Kind
from routing.records.time_kinds import WEEKDAYS

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS: Final = {
    "DAILY": frozenset({"FREQ", "INTERVAL", "UNTIL", "BYDAY", "BYMONTH"}),
    "WEEKLY": frozenset({"FREQ", "INTERVAL", "UNTIL", "BYDAY", "BYMONTH", "WKST"}),
    "MONTHLY": frozenset({"FREQ", "INTERVAL", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}),
}
"""The parts that rides by the day, the week and the month may need."""
_UNTIL: Final = re.compile(r"\d{8}", re.ASCII)
_LONGEST: Final = 200
_SOME_DAY: Final = datetime(2026, 1, 1)  # noqa: DTZ001 - days of the local calendar have no zone


def _rule(text: str) -> str:
    """Return the rule in capital letters; weekdays alone stand for every week on these days.

    COUNT is not taken: with exceptions nobody can tell what it counts. The series' own last day says when it ends.
    """
    upper = re.sub(r"\s", "", text.upper()).removeprefix("RRULE:")
    if "=" not in upper:
        days = sorted(WEEKDAYS.read(text))
        return f"FREQ=WEEKLY;BYDAY={','.join(_DAYS[day - 1] for day in days)}"
    parts = dict(_part(part) for part in upper.strip(";").split(";"))
    sound = len(upper) <= _LONGEST and parts.keys() <= _PARTS.get(parts.get("FREQ", ""), frozenset())
    if not sound or not _UNTIL.fullmatch(parts.get("UNTIL", "20260101")):
        raise ValueError(text)
    rule = ";".join(f"{name}={value}" for name, value in parts.items())
    rrulestr(rule, dtstart=_SOME_DAY)
    return rule


def _part(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not value:
        raise ValueError(text)
    if name == "INTERVAL" and not 1 <= int(value) <= 1000:
        raise ValueError(text)
    return name, value


RULE: Final = Kind[str](code="records.bad-rule", read=_rule, write=lambda value, _lang: value)
