"""How long an account stays shut after failed sign-ins: five are free, then each doubles the wait."""

from __future__ import annotations

from datetime import timedelta

FREE_FAILURES = 5
_FIRST = timedelta(seconds=30)
_LONGEST = timedelta(hours=1)


def delay(failures: int) -> timedelta:
    """Return how long the account stays shut after so many failures in a row."""
    over = failures - FREE_FAILURES
    if over < 0:
        return timedelta()
    times: int = 2 ** min(over, 16)
    return min(_FIRST * times, _LONGEST)
