"""Read a date that an address or a form names."""

from __future__ import annotations

import datetime as dt
from typing import Final

_EARLIEST: Final = dt.date(2000, 1, 1)
_LATEST: Final = dt.date(2100, 1, 1)
"""Days that books may be about: beyond them a date is a slip of the hand."""


def asked_date(text: str) -> dt.date | None:
    """Return the date that is named, None where there is none or it is no date of our time."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return found if _EARLIEST <= found <= _LATEST else None
