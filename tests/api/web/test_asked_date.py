"""A date that an address names is read, or it is none."""

import datetime as dt

import pytest

from api.web.asked_date import asked_date


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
