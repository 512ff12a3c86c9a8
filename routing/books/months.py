"""A calendar month: what is owed is counted by it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from routing.errors import UsageError

_MONTH: Final = re.compile(r"(\d{4})-(\d\d)", re.ASCII)


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Return its last day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def next(self) -> Month:
        """Return the month behind it."""
        return month_of(self.last + timedelta(days=1))

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return (day.year, day.month) == (self.year, self.number)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


def month_of(day: date) -> Month:
    """Return the month a day lies in."""
    return Month(day.year, day.month)


def read_month(text: str) -> Month:
    """Return the month written as `2026-06`. UsageError for anything else."""
    match = _MONTH.fullmatch(text.strip())
    if not match or not 1990 <= int(match[1]) <= 2100 or not 1 <= int(match[2]) <= 12:
        raise UsageError(f"{text!r} is not a month such as 2026-06")
    return Month(int(match[1]), int(match[2]))


def months_between(first: date, last: date) -> Iterator[Month]:
    """Yield the months that hold any of the days from `first` to `last`."""
    month = month_of(first)
    while month.first <= last:
        yield month
        month = month.next


def weeks(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the calendar weeks, Monday to Sunday, that touch the days from `first` to `last`, cut to them."""
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        yield max(first, monday), min(last, monday + timedelta(days=6))
        monday += timedelta(days=7)
