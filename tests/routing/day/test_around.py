"""From a day without work one is led to the nearest days with some."""

from datetime import date, timedelta
from typing import Any

import pytest

from routing.day.around import AskedAround, asked_around
from routing.records.model import Pause, Records, RideSeries
from tests.routing.day.small import DAY, client, ride, settings, visit

LATER = DAY + timedelta(days=9)


def records(**rows: Any) -> Records:
    """Return the records of one client."""
    return Records(municipality=settings(), clients=(client(),), **rows)


@pytest.mark.parametrize(
    ("day", "changes", "before", "after"),
    [
        (DAY, {}, None, None),
        (DAY - timedelta(days=3), {}, None, DAY),
        (DAY + timedelta(days=3), {}, DAY, None),
        (DAY - timedelta(days=400), {}, None, None),
        (DAY + timedelta(days=3), {"rides": (ride(day=LATER),)}, DAY, LATER),
        (DAY - timedelta(days=3), {"pauses": (Pause(client="K", first=DAY, last=DAY),)}, None, None),
    ],
)
def test_the_nearest_days(day: date, changes: dict[str, Any], before: date | None, after: date | None) -> None:
    """Visits and rides count, those of clients who are away do not; a year each way is looked at."""
    found = asked_around(records(visits=(visit(),), **changes), day)

    assert found == AskedAround(before=before, after=after)


def test_rides_that_recur() -> None:
    """A series without end leads on, exceptions left out."""
    once = vars(ride()) | {"id": "D1", "rule": "FREQ=WEEKLY", "first": DAY, "last": None}
    once |= {"exceptions": frozenset({DAY + timedelta(days=7)})}
    series = RideSeries(**{name: value for name, value in once.items() if name not in {"day", "requested_on"}})
    found = asked_around(records(ride_series=(series,)), DAY + timedelta(days=1))

    assert found == AskedAround(before=DAY, after=DAY + timedelta(days=14))
