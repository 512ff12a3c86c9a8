"""The month that an address names."""

from __future__ import annotations

from api.errors import MissingError
from api.store.base import subject_name
from routing.books.months import Month, read_month
from routing.errors import UsageError


def asked_month(text: str) -> Month:
    """Return the month written as `2026-06`; MissingError for anything else."""
    try:
        return read_month(text)
    except UsageError as error:
        raise MissingError(subject_name("month", text)) from error
