"""The age of a background check."""

from datetime import date

import pytest

from routing.rules.background_check import CheckState, judge_background_check

DAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("checked", "state", "age"),
    [
        (None, CheckState.MISSING, None),
        (DAY, CheckState.FRESH, 0),
        (date(2025, 6, 15), CheckState.FRESH, 365),
        (date(2025, 6, 14), CheckState.STALE, 366),
        (date(2026, 6, 16), CheckState.FUTURE, -1),
    ],
)
def test_state(checked, state, age, speaks):
    """A check is fresh up to and including the last day of the interval."""
    verdict = judge_background_check("t1", checked, DAY, 365)
    assert (verdict.state, verdict.age) == (state, age)
    speaks(verdict.remark)


def test_due_again():
    """The next check is due one interval after the last."""
    assert judge_background_check("t1", date(2025, 6, 14), DAY, 365).due_on == date(2026, 6, 14)
