"""Notice before a ride."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.findings import Severity
from routing.rules.notice import NoticeRule, call_by, judge_notice, latest_request_day

FRIDAY = date(2026, 6, 26)
DATES = st.dates(date(2020, 1, 1), date(2035, 12, 31))
DISPATCH = NoticeRule(days=1, cutoff=15 * 3600)


@pytest.mark.parametrize(
    ("ride", "days", "latest"),
    [
        (FRIDAY, 3, date(2026, 6, 19)),  # 23. and 24.06. are holidays
        (FRIDAY, 1, date(2026, 6, 25)),
        (FRIDAY, 0, FRIDAY),
        (date(2026, 6, 27), 1, FRIDAY),  # Saturday, Sunday and Monday: by Friday
        (date(2026, 6, 28), 1, FRIDAY),
        (date(2026, 6, 29), 1, FRIDAY),
        (FRIDAY, 10, date(2026, 6, 10)),
    ],
)
def test_latest_request_day(ride, days, latest):
    """Working days are counted back from the ride, which does not count itself."""
    assert latest_request_day(ride, days) == latest


def test_full_days_between():
    """Where the day of the request does not count, it must come one working day earlier."""
    assert latest_request_day(FRIDAY, 3, request_day_counts=False) == date(2026, 6, 18)


@pytest.mark.parametrize(
    ("requested", "short"),
    [
        (date(2026, 6, 19), 0),
        (date(2026, 6, 1), 0),
        (date(2026, 6, 20), 1),  # a Saturday: Monday and Thursday are left
        (date(2026, 6, 22), 1),
        (date(2026, 6, 23), 2),  # a holiday
        (date(2026, 6, 25), 2),
        (FRIDAY, 3),
        (date(2026, 6, 27), 3),  # entered after the ride
    ],
)
def test_short_by(requested, short, speaks):
    """Short notice is a warning with the number of working days missing."""
    notice = judge_notice(FRIDAY, requested, NoticeRule())
    assert (notice.short_by, notice.in_time) == (short, short == 0)
    assert notice.remark.severity is (Severity.WARNING if short else Severity.NOTE)
    speaks(notice.remark)


@pytest.mark.parametrize(
    ("requested_at", "in_time"), [(14 * 3600, True), (15 * 3600, True), (15 * 3600 + 1, False), (None, True)]
)
def test_cutoff(requested_at, in_time):
    """A request after the cutoff no longer counts for its day; without a time it does."""
    assert judge_notice(date(2026, 6, 29), FRIDAY, DISPATCH, requested_at=requested_at).in_time is in_time


def test_call_by(speaks):
    """By when must I call? The answer names the day, and the hour where there is one."""
    assert "19.06.2026" in call_by(FRIDAY, NoticeRule()).sentence("et")
    assert "15:00" in call_by(FRIDAY, DISPATCH).sentence("en")
    speaks(call_by(FRIDAY, NoticeRule()))
    speaks(call_by(FRIDAY, DISPATCH))


@settings(deadline=None)
@given(DATES, st.integers(0, 20), st.integers(0, 10), st.booleans())
def test_verdict_agrees_with_latest_day(ride, ahead, days, counts):
    """A request is in time exactly if it came by the latest day, and never short by more than was asked."""
    requested = ride - timedelta(days=ahead)
    notice = judge_notice(ride, requested, NoticeRule(days=days, request_day_counts=counts))
    assert notice.in_time == (requested <= notice.latest)
    assert 0 <= notice.short_by <= days
