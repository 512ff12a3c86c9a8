"""Rides that recur are on the days their rule says, at the same hour of the wall clock all year."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from routing.day.requests import requests_of
from routing.problem import TimeWindow
from routing.records.kind import CellError
from routing.records.model import Client, Municipality, Pause, Records, Return, RideRequest, RideSeries, Service
from routing.records.rule_kinds import RULE
from routing.records.series import dates_of, occurrence_id, rides_on

MORNING = (TimeWindow(earliest=9 * 3600, latest=10 * 3600),)
MONDAY = date(2026, 11, 30)


def series(**changes: Any) -> RideSeries:
    """Return dialysis on Mondays, Wednesdays and Fridays."""
    plain = RideSeries(
        id="D",
        client="K",
        service=Service.SOCIAL,
        start="home",
        end="H",
        rule="FREQ=WEEKLY;BYDAY=MO,WE,FR",
        first=MONDAY,
        arrival=MORNING,
        returning=Return.AT,
        return_at=13 * 3600,
    )
    return replace(plain, **changes)


def town(*rows: RideSeries, **lists: Any) -> Records:
    """Return records with one client and some series."""
    client = Client(id="K", name="", lat=58.4, lon=26.7)
    return Records(municipality=Municipality(name="", county=""), clients=(client,), ride_series=rows, **lists)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [30, 2, 4, 7, 9, 11]),
        ({"exceptions": frozenset({date(2026, 12, 2)})}, [30, 4, 7, 9, 11]),
        ({"last": date(2026, 12, 4)}, [30, 2, 4]),
        ({"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"}, [1]),
        ({"rule": "FREQ=DAILY;UNTIL=20261203"}, [30, 1, 2, 3]),
        ({"rule": "FREQ=MONTHLY;BYDAY=2TU"}, [8]),
        ({"rule": "FREQ=MONTHLY;BYMONTHDAY=31"}, []),
        ({"first": date(2026, 12, 10)}, [11]),
    ],
)
def test_days(changes: dict[str, Any], expected: list[int]) -> None:
    """Rule, first and last day and exceptions say the dates; a rule that is never met ends all the same."""
    days = (MONDAY + timedelta(days=ahead) for ahead in range(14))
    records = town(series(**changes))
    assert [day.day for day in days if rides_on(records, day)] == expected


@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)])
def test_clock_changes(sunday: date) -> None:
    """The ride is at nine on the wall on the days when the clock is put forward and back, and on those around."""
    daily = series(rule="FREQ=DAILY", first=sunday - timedelta(days=2))
    for ahead in range(-1, 2):
        (ride,) = rides_on(town(daily), sunday + timedelta(days=ahead))
        assert (ride.day, ride.arrival, ride.return_at) == (sunday + timedelta(days=ahead), MORNING, 13 * 3600)
    assert len(list(dates_of(daily, last=sunday + timedelta(days=1)))) == 4


def test_one_occurrence_is_edited() -> None:
    """A ride of the list with an occurrence's id takes its place that day alone."""
    own = RideRequest(
        id=occurrence_id("D", MONDAY),
        day=MONDAY,
        client="K",
        service=Service.SOCIAL,
        start="home",
        end="B",
        arrival=MORNING,
    )
    records = town(series(), rides=(own,))
    assert rides_on(records, MONDAY) == (own,)
    assert [ride.end for ride in rides_on(records, MONDAY + timedelta(days=2))] == ["H"]


def test_requests_of_the_day() -> None:
    """A series asks for both ways like any ride, but not while the client pauses."""
    found = requests_of(town(series()), MONDAY)
    assert [ride.id for ride in found.shipments] == ["D-20261130", "D-20261130-R"]
    paused = requests_of(town(series(), pauses=(Pause(client="K", first=MONDAY, last=MONDAY),)), MONDAY)
    assert paused.shipments == []
    assert [note.code for note in paused.notes] == ["day.client-paused"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("E; K; R", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("Mon-Wed", "FREQ=WEEKLY;BYDAY=MO,TU,WE"),
        ("rrule: freq=weekly;byday=mo", "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=WEEKLY;BYDAY=XX", None),
        ("FREQ=HOURLY", None),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", None),
        ("FREQ=DAILY;COUNT=3", None),
        ("FREQ=DAILY;INTERVAL=0", None),
        ("FREQ=DAILY;UNTIL=soon", None),
        ("now and then", None),
    ],
)
def test_rules_as_written(text: str, rule: str | None) -> None:
    """Weekdays or a rule of RFC 5545 are read; what is neither, or counts what nobody can, is refused."""
    if rule is not None:
        assert RULE.parse(text) == rule
        assert RULE.parse(RULE.write(rule, "et")) == rule
    else:
        with pytest.raises(CellError, match=r"records\.bad-rule"):
            RULE.parse(text)
