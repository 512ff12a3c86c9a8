"""Turn seconds from local midnight into moments. Time zones live here, at the edge, and nowhere below."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ESTONIA = ZoneInfo("Europe/Tallinn")


def moment(day: date, seconds: int) -> datetime:
    """Return the moment at which a clock in Estonia shows `seconds` from the midnight of `day`.

    Printed times are clock times: 09:05 stays 09:05 on the days the clocks change. The hour that is skipped in March is
    read with the offset before the change, the hour that comes twice in October as its first (RFC 5545, 3.3.5).
    """
    wall = datetime.combine(day, time(), tzinfo=ESTONIA) + timedelta(seconds=seconds)
    return wall.astimezone(UTC).astimezone(ESTONIA)
