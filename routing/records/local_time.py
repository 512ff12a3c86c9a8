"""Times that the local clock skips or shows twice, on the days when it is put forward or back.

Seconds are counted from local midnight by the wall clock, so that 09:00 is 9 h on every day of the year. In Estonia
the clock goes from 03:00 to 04:00 on the last Sunday of March and back on the last Sunday of October.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = "Europe/Tallinn"


@cache
def _zone() -> ZoneInfo:
    return ZoneInfo(ZONE)


def clock_doubt(day: date, seconds: int) -> str | None:
    """Return `skipped` or `twice` where the wall clock of `day` does not show this time exactly once."""
    wall = datetime.combine(day, time()) + timedelta(seconds=seconds)
    first = wall.replace(tzinfo=_zone(), fold=0).utcoffset()
    second = wall.replace(tzinfo=_zone(), fold=1).utcoffset()
    if first is None or second is None or first == second:
        return None
    return "skipped" if first < second else "twice"
