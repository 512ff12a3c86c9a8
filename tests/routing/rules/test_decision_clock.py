"""Ten working days from application to decision."""

from datetime import date

import pytest

from routing.findings import Severity
from routing.rules.decision_clock import ClockState, decision_deadline, read_clock

DECIDED = date(2025, 10, 9)


@pytest.mark.parametrize(
    ("applied", "decided", "today", "verdict"),
    [
        (date(2025, 9, 23), DECIDED, DECIDED, (12, ClockState.LATE)),  # the supervision act's own cases
        (date(2025, 9, 26), DECIDED, DECIDED, (9, ClockState.IN_TIME)),
        (date(2025, 9, 25), DECIDED, DECIDED, (10, ClockState.IN_TIME)),
        (date(2025, 9, 24), DECIDED, DECIDED, (11, ClockState.LATE)),
        (date(2025, 9, 25), None, DECIDED, (10, ClockState.RUNNING)),
        (date(2025, 9, 25), None, date(2025, 10, 10), (11, ClockState.OVERDUE)),
        (date(2025, 9, 27), None, date(2025, 9, 27), (0, ClockState.RUNNING)),  # a Saturday
        (date(2025, 9, 25), DECIDED, date(2026, 1, 5), (10, ClockState.IN_TIME)),  # the decision stops the clock
    ],
)
def test_clock(applied, decided, today, verdict, speaks):
    """The day of the application does not count, the day of the decision does."""
    clock = read_clock(applied, today=today, decided_on=decided)
    assert (clock.working_days, clock.state) == verdict
    assert (clock.remark.severity is Severity.WARNING) == (clock.state in {ClockState.LATE, ClockState.OVERDUE})
    speaks(clock.remark)


def test_deadline():
    """The tenth working day after the application is the last, weekends and holidays aside."""
    assert decision_deadline(date(2025, 9, 23)) == date(2025, 10, 7)
    assert decision_deadline(date(2026, 6, 15)) == date(2026, 7, 1)


def test_overdue_says_what_to_send():
    """What is overdue asks for the notice of HMS § 41: the delay, its reason, the new date."""
    remark = read_clock(date(2025, 9, 23), today=DECIDED).remark
    assert remark.law == "HMS § 41"
    assert all(word in remark.action("et") for word in ("hilineb", "miks", "millal", "HMS § 41"))
