"""Breaks, rest and length of work."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.problem import TimeWindow
from routing.rules import working_time as rules
from routing.rules.working_time import HOUR, Interval, break_for_shift

MINUTE = 60


def hours(start, end):
    """Return an interval given in hours."""
    return Interval(start=int(start * HOUR), end=int(end * HOUR))


@pytest.mark.parametrize(
    ("shift", "breaks", "stretches"),
    [
        (hours(8, 14), [], 0),
        (hours(8, 14.5), [], 1),
        (hours(8, 16.5), [hours(12, 12.5)], 0),
        (hours(8, 16.5), [hours(12, 12.25)], 1),  # too short to be a break
        (hours(8, 17), [hours(14.25, 14.75)], 1),  # too late
        (hours(8, 17), [hours(9, 9.5)], 1),  # too early for the long afternoon
        (hours(6, 20), [hours(19, 19.5), hours(12, 12.5)], 1),
        (hours(6, 20), [], 1),
    ],
)
def test_breaks(shift, breaks, stretches, speaks):
    """Every stretch of more than six hours without thirty minutes of break is warned of."""
    remarks = rules.judge_breaks(shift, breaks, worker="t1")
    assert len(remarks) == stretches
    for remark in remarks:
        assert (remark.code, remark.law) == ("rules.break", "TLS § 47 lg 2")
        speaks(remark)


@pytest.mark.parametrize(
    ("judged", "code"),
    [
        (lambda: rules.judge_daily_rest([hours(32, 40), hours(8, 21)], worker="t1"), None),
        (lambda: rules.judge_daily_rest([hours(31.9, 40), hours(8, 21)], worker="t1"), "rules.daily-rest"),
        (lambda: rules.judge_shift_length(hours(7, 20), worker="t1"), None),
        (lambda: rules.judge_shift_length(hours(7, 20.5), worker="t1"), "rules.shift-length"),
        (lambda: rules.judge_working_day(8 * HOUR, date(2026, 6, 15), worker="t1"), None),
        (lambda: rules.judge_working_day(8 * HOUR + 1, date(2026, 6, 15), worker="t1"), "rules.working-day"),
        (lambda: rules.judge_working_day(5 * HOUR, date(2026, 6, 22), worker="t1"), None),
        (lambda: rules.judge_working_day(8 * HOUR, date(2026, 6, 22), worker="t1"), "rules.shortened-day"),
        (lambda: rules.judge_working_week(40 * HOUR, worker="t1"), None),
        (lambda: rules.judge_working_week(40 * HOUR + 1, worker="t1"), "rules.working-week"),
        (lambda: rules.judge_weekly_rest([], hours(0, 168), worker="t1"), None),
        (lambda: rules.judge_weekly_rest([hours(8, 120)], hours(0, 168), worker="t1"), None),
        (lambda: rules.judge_weekly_rest([hours(8, 121)], hours(0, 168), worker="t1"), "rules.weekly-rest"),
        (lambda: rules.judge_weekly_rest([hours(8, 121)], hours(0, 168), worker="t1", summed=True), None),
        (lambda: rules.judge_weekly_rest([hours(-5, 170)], hours(0, 168), worker="t1"), "rules.weekly-rest"),
    ],
)
def test_limits(judged, code, speaks):
    """Each limit holds to the second; a breach is one warning that names the rule."""
    remarks = judged()
    assert [remark.code for remark in remarks] == ([code] if code else [])
    for remark in remarks:
        assert remark.law.startswith("TLS § ")
        speaks(remark)


@pytest.mark.parametrize(
    ("start", "end", "window"),
    [
        (8, 14, None),
        (8, 14.5, (10, 14)),
        (8, 16.5, (10, 14)),  # eight hours and the break
        (8, 18, (11.5, 14)),
        (8, 20.5, (14, 14)),
        (8, 21, (14, 14)),  # too long for one break
    ],
)
def test_break_for_shift(start, end, window):
    """The window ends six hours after the start and begins no more than six hours before the end."""
    planned = break_for_shift(int(start * HOUR), int(end * HOUR))
    if window is None:
        assert planned is None
        return
    assert planned is not None
    earliest, latest = (int(hour * HOUR) for hour in window)
    assert planned.window == TimeWindow(earliest=earliest, latest=latest)
    assert (planned.required_after, planned.duration) == (6 * HOUR, 30 * MINUTE)


@settings(deadline=None)
@given(
    start=st.integers(0, 12 * HOUR),
    length=st.integers(6 * HOUR + 1, 12 * HOUR + 30 * MINUTE),
    pause=st.integers(30 * MINUTE, 60 * MINUTE),
    data=st.data(),
)
def test_no_route_works_more_than_six_hours_in_a_row(start, length, pause, data):
    """Whenever a route leaves and returns, and wherever the break falls in its window, the law holds on both sides."""
    end = start + length
    planned = break_for_shift(start, end, pause)
    assert planned is not None
    leaves = data.draw(st.integers(start, end))
    returns = data.draw(st.integers(leaves, end))
    begins = data.draw(st.integers(planned.window.earliest, planned.window.latest))
    if returns - leaves <= planned.required_after:
        breaks = []
    else:
        begins = max(begins, leaves)
        breaks = [Interval(start=begins, end=begins + pause)]
    assert not rules.judge_breaks(Interval(start=leaves, end=returns), breaks, worker="t1")


def test_thirteen_hours_leave_the_daily_rest():
    """Two longest shifts on consecutive days have exactly the daily rest between them."""
    days = [Interval(start=n * 24 * HOUR, end=n * 24 * HOUR + rules.LONGEST_SHIFT) for n in range(3)]
    assert all(later.start - earlier.end == rules.DAILY_REST for earlier, later in pairwise(days))
    assert not rules.judge_daily_rest(days, worker="t1")
