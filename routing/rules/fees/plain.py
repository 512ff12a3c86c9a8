"""Dates and numbers of price lists as people write them: nothing that only a program would take for one."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticKnownError

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
_EARLIEST: Final = date(1990, 1, 1)
_LATEST: Final = date(2100, 12, 31)
"""Days on which a list may begin: beyond them a date is a slip of the hand."""


def _date(value: object) -> object:
    """Refuse numbers, which would be read as seconds since 1970, and moments."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise PydanticKnownError("date_parsing", {"error": "not a plain date"})


def _of_our_time(value: date) -> date:
    if not _EARLIEST <= value <= _LATEST:
        raise PydanticKnownError("date_parsing", {"error": "far off"})
    return value


def _number(value: object) -> object:
    """Refuse text that is no number by its looks: digits of other scripts, underscores, powers of ten."""
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise PydanticKnownError("decimal_parsing")
    return value


PlainDate: TypeAlias = Annotated[date, BeforeValidator(_date)]
"""A date, as `2026-03-01`."""

FirstDate: TypeAlias = Annotated[date, AfterValidator(_of_our_time), BeforeValidator(_date)]
"""A date on which a list may begin."""

PLAIN_NUMBER: Final = BeforeValidator(_number)
"""What a number in quotation marks may look like."""
