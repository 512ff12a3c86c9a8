"""Records of a small day to change one thing of at a time."""

from dataclasses import replace
from datetime import date
from typing import Any

from routing.day.requests import Requests, requests_of
from routing.problem import TimeWindow
from routing.records.model import CareVisit, Client, Municipality, Origin, Records, RideRequest, Service, ShiftRecord

DAY = date(2026, 11, 25)
HOUR, MINUTE = 3600, 60
VISITS, RIDES, SHIFTS = (Origin(file=f"{name}.csv", row=2) for name in ("visits", "rides", "shifts"))


def window(earliest: float, latest: float) -> TimeWindow:
    """Return a window between two hours."""
    return TimeWindow(earliest=round(earliest * HOUR), latest=round(latest * HOUR))


def client(**changes: Any) -> Client:
    """Return a client in Lähte."""
    return replace(Client(id="K", name="Näide Klient", lat=58.495, lon=26.681, settlement="Lähte alevik"), **changes)


def visit(**changes: Any) -> CareVisit:
    """Return a visit of half an hour in the morning."""
    plain = CareVisit(id="C", day=DAY, client="K", duration=30 * MINUTE, windows=(window(8, 10),), origin=VISITS)
    return replace(plain, **changes)


def ride(**changes: Any) -> RideRequest:
    """Return a ride from home to a doctor, to be there between nine and ten."""
    plain = RideRequest(
        id="R",
        day=DAY,
        client="K",
        service=Service.ESCORTED,
        start="home",
        end="ARST",
        arrival=(window(9, 10),),
        origin=RIDES,
    )
    return replace(plain, **changes)


def shift(**changes: Any) -> ShiftRecord:
    """Return a shift on workdays."""
    plain = ShiftRecord(
        id="V",
        worker="T",
        vehicle="A",
        start=8 * HOUR,
        end=16 * HOUR,
        start_place="BAAS",
        end_place="BAAS",
        weekdays=frozenset({1, 2, 3, 4, 5}),
        origin=SHIFTS,
    )
    return replace(plain, **changes)


def settings(**changes: Any) -> Municipality:
    """Return settings with boarding times by aid."""
    plain = Municipality(
        name="Näidisvald",
        county="Tartu maakond",
        boarding={"none": 60, "walker": 120, "wheelchair": 300},
        alighting={"none": 30, "wheelchair": 240},
        door=90,
    )
    return replace(plain, **changes)


def requests(*, of: Client | None = None, under: Municipality | None = None, **rows: Any) -> Requests:
    """Return the requests of the day for one client."""
    records = Records(municipality=under or settings(), clients=(of or client(),), **rows)
    return requests_of(records, DAY)
