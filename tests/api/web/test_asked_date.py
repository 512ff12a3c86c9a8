"""A date that an address names is read, or it is none."""

import datetime as dt

import pytest
from pydantic import TypeAdapter, ValidationError

from api.web.asked_date import asked_date
from routing.rules.fees.plain import PlainDate


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-22", dt.date(2026, 11, 22)),
        ("", None),
        ("2026-02-30", None),
        ("9999-12-31", None),
        ("1999-12-31", None),
        ("x", None),
    ],
)
def test_a_date_of_our_time_is_read(text: str, found: dt.date | None):
    """Days that do not exist and days far off are none."""
    assert asked_date(text) == found


@pytest.mark.parametrize("value", ["0", "1764028800", 0, "20261125", "2026-11-25T00:00:00", "２０２６-11-25"])
def test_numbers_are_no_dates(value: object):
    """Neither seconds since 1970 nor other ways to write a date name a day of the API."""
    with pytest.raises(ValidationError, match="YYYY-MM-DD"):
        TypeAdapter(PlainDate).validate_python(value)
    assert TypeAdapter(PlainDate).validate_python("2026-11-25") == dt.date(2026, 11, 25)
