"""The Estonian calendar of work."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.rules.calendar import (
    holiday_name,
    is_holiday,
    is_shortened,
    is_working_day,
    working_days_after,
    working_days_before,
    working_days_between,
)

HOLIDAYS_2026 = [
    (date(2026, 1, 1), "uusaasta"),
    (date(2026, 2, 24), "iseseisvuspäev"),
    (date(2026, 4, 3), "suur reede"),
    (date(2026, 4, 5), "ülestõusmispühade 1. püha"),
    (date(2026, 5, 1), "kevadpüha"),
    (date(2026, 5, 24), "nelipühade 1. püha"),
    (date(2026, 6, 23), "võidupüha"),
    (date(2026, 6, 24), "jaanipäev"),
    (date(2026, 8, 20), "taasiseseisvumispäev"),
    (date(2026, 12, 24), "jõululaupäev"),
    (date(2026, 12, 25), "esimene jõulupüha"),
    (date(2026, 12, 26), "teine jõulupüha"),
]
DATES = st.dates(date(2010, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(("day", "name"), HOLIDAYS_2026)
def test_public_holidays(day, name):
    """Each public holiday is one, has its names, and is no working day."""
    assert holiday_name(day, "et") == name
    assert holiday_name(day, "en")
    assert holiday_name(day, "ru")
    assert not is_working_day(day)


def test_no_other_holidays():
    """There are no further holidays in the year; Easter Monday is a working day."""
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [day for day in year if is_holiday(day)] == [day for day, _ in HOLIDAYS_2026]
    assert is_working_day(date(2026, 4, 6))
    assert holiday_name(date(2026, 4, 6), "en") is None


@pytest.mark.parametrize(
    ("day", "shortened"),
    [
        (date(2026, 12, 31), True),
        (date(2026, 2, 23), True),
        (date(2026, 6, 22), True),
        (date(2026, 12, 23), True),
        (date(2025, 2, 23), False),  # a Sunday
        (date(2025, 6, 22), False),  # a Sunday
        (date(2026, 6, 19), False),
        (date(2026, 4, 2), False),  # the day before Good Friday is not shortened
    ],
)
def test_shortened_days(day, shortened):
    """Four days are shortened, where they are working days."""
    assert is_shortened(day) is shortened


@settings(deadline=None)
@given(DATES, st.integers(0, 40))
def test_before_and_after_undo_between(day, n):
    """The n-th working day before or after a day has n working days between."""
    assert working_days_between(day, working_days_after(day, n)) == n
    earlier = working_days_before(day, n)
    assert working_days_between(earlier - timedelta(days=1), day - timedelta(days=1)) == n
    assert n == 0 or is_working_day(earlier)


def test_between_is_empty_backwards():
    """No working days lie between a day and an earlier one."""
    assert working_days_between(date(2026, 6, 26), date(2026, 6, 19)) == 0
