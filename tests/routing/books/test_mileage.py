"""Trip logs add up, gaps are found, and a car of one's own is compensated within dated limits."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from routing.books.entry import Trip
from routing.books.mileage import car_limits, compensations, odometer_gaps, trip_logs
from routing.books.months import Month

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)


def trip(name: str, day: int, **values: Any) -> Trip:
    """Return a trip in June."""
    return Trip(**{"id": name, "day": date(2026, 6, day), "vehicle": "AUTO1", "worker": "T1", **values})


def test_the_odometer_counts_before_what_is_stated() -> None:
    """Kilometres come from the odometer, else from what was stated; unknown ones are named."""
    trips = [
        trip("b", 2, driven_metres=7_000),
        trip("a", 1, start_metres=1_000, end_metres=31_000, driven_metres=1),
        trip("c", 3, planned_metres=9_000),
        trip("other", 3, vehicle="AUTO2", driven_metres=1),
    ]
    log, other = trip_logs(trips, FIRST, LAST)
    assert [one.id for one in log.trips] == ["a", "b", "c"]
    assert (log.metres, log.planned, log.unknown) == (37_000, 9_000, ("c",))
    assert other.vehicle == "AUTO2"


def test_gaps_between_odometers_are_found() -> None:
    """A trip that begins where none ended is a trip missing, or a slip."""
    log, *_ = trip_logs(
        [
            trip("a", 1, start_metres=0, end_metres=10_000),
            trip("b", 2, start_metres=10_000, end_metres=20_000),
            trip("c", 3, start_metres=25_500, end_metres=30_000),
        ],
        FIRST,
        LAST,
    )
    (gap,) = odometer_gaps(log)
    assert (gap.found, gap.details["earlier"], gap.details["km"]) == ("c", "b", "5.5")
    assert gap.sentence("et")


@pytest.mark.parametrize(
    ("month", "metres", "amounts"),
    [
        (Month(2026, 6), 100_000, ["50.00"]),
        (Month(2026, 6), 5_000_000, ["550"]),
        (Month(2025, 6), 100_000, ["30.00", "50.00"]),
        (Month(2025, 6), 0, ["0.00"]),
    ],
)
def test_own_car(month: Month, metres: int, amounts: list[str]) -> None:
    """Where it is not known which limit held, both amounts are given and none is guessed."""
    driven = replace(trip("a", 1, own_car=True, driven_metres=metres), day=month.first)
    (made,) = compensations([driven, trip("b", 1, driven_metres=9)], month)
    assert list(made.amounts) == [Decimal(amount) for amount in amounts]
    assert (made.amount is None) == (len(amounts) > 1)
    assert made.trips == ("a",)


def test_limits_are_dated() -> None:
    """The bundled limits are in the order in which they came."""
    assert [limit.per_km for limit in car_limits()] == [Decimal("0.30"), Decimal("0.50")]
