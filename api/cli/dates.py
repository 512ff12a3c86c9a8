"""Dates on the command line: 2026-11-25 or 25.11.2026."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from api.cli.click_words import words
from routing.books.months import Month, read_month
from routing.errors import UsageError

FIRST_YEAR, LAST_YEAR = 1990, 2100


class DateType(click.ParamType[date]):
    """A date in ISO or Estonian writing."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """Return the date; a usage error for anything else."""
        if isinstance(value, date):
            return value
        for form in ("%Y-%m-%d", "%d.%m.%Y"):
            try:
                found = datetime.strptime(value, form).date()  # noqa: DTZ007 - a date has no zone
            except ValueError:
                continue
            if FIRST_YEAR <= found.year <= LAST_YEAR:
                return found
        return self.fail(words("usage.not-date", value=value), param, ctx)


class MonthType(click.ParamType[Month]):
    """A month such as 2026-06."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:  # noqa: ANN401
        """Return the month; a usage error for anything else."""
        if isinstance(value, Month):
            return value
        try:
            return read_month(value)
        except UsageError:
            return self.fail(words("usage.not-month", value=value), param, ctx)


DATE = DateType()
MONTH = MonthType()
