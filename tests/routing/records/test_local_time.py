"""The two nights on which the clock changes, and every other."""

from datetime import date

import pytest

from routing.records.local_time import clock_doubt


@pytest.mark.parametrize(
    ("day", "seconds", "doubt"),
    [
        (date(2026, 3, 29), 3 * 3600 - 1, None),
        (date(2026, 3, 29), 3 * 3600, "skipped"),
        (date(2026, 3, 29), 4 * 3600 - 1, "skipped"),
        (date(2026, 3, 29), 4 * 3600, None),
        (date(2026, 3, 28), 27 * 3600, "skipped"),  # counted from the evening before
        (date(2026, 10, 25), 3 * 3600, "twice"),
        (date(2026, 10, 25), 4 * 3600, None),
        (date(2026, 11, 25), 3 * 3600, None),
    ],
)
def test_clock_doubt(day: date, seconds: int, doubt: str | None) -> None:
    """Only the hour that is skipped or shown twice is doubted."""
    assert clock_doubt(day, seconds) == doubt
