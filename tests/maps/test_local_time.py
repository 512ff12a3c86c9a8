"""Printed clock times become the right moments, on the days the clocks change too."""

from datetime import UTC, date

import pytest

from maps.local_time import moment

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
TABLE = [
    (date(2026, 3, 16), 9 * 3600, "2026-03-16T07:00:00+00:00"),
    (date(2026, 7, 1), 9 * 3600 + 5, "2026-07-01T06:00:05+00:00"),
    (date(2026, 7, 1), 86_400 + 600, "2026-07-01T21:10:00+00:00"),
    (SPRING, 2 * 3600, "2026-03-29T00:00:00+00:00"),
    (SPRING, 3 * 3600 + 1800, "2026-03-29T01:30:00+00:00"),  # skipped: read with the offset before
    (SPRING, 9 * 3600, "2026-03-29T06:00:00+00:00"),
    (AUTUMN, 3 * 3600 + 1800, "2026-10-25T00:30:00+00:00"),  # twice: the first
    (AUTUMN, 9 * 3600, "2026-10-25T07:00:00+00:00"),
]


@pytest.mark.parametrize(("day", "seconds", "expected"), TABLE)
def test_moments(day: date, seconds: int, expected: str) -> None:
    """Read seconds from midnight as what the clock shows."""
    assert moment(day, seconds).astimezone(UTC).isoformat() == expected
