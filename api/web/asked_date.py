"""Read a date that an address or a form names."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Final

from pydantic import BeforeValidator
from pydantic_core import PydanticKnownError

_EARLIEST: Final = dt.date(2000, 1, 1)
_LATEST: Final = dt.date(2100, 1, 1)
"""Days that books may be about: beyond them a date is a slip of the hand."""

_WRITTEN: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _as_written(value: object) -> object:
    """Refuse what is no date by its looks: a number would be read as seconds since 1970."""
    if isinstance(value, dt.date) or (isinstance(value, str) and _WRITTEN.fullmatch(value)):
        return value
    raise PydanticKnownError("date_parsing", {"error": "expected YYYY-MM-DD"})


WrittenDate = Annotated[dt.date, BeforeValidator(_as_written)]
"""A date as `2026-11-25`, and written in no other way."""


def asked_date(text: str) -> dt.date | None:
    """Return the date that is named, None where there is none or it is no date of our time."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return found if _EARLIEST <= found <= _LATEST else None
