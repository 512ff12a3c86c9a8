"""The rules' warnings about a day point at the row they are about, and never refuse."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from routing.day.build import Day, build_day
from routing.day.remarks import remarks_after, remarks_before
from routing.findings import Severity
from routing.plan import Plan, Route, Stop, StopKind
from routing.records.model import Decision, Origin, PlaceRecord, Records, Return, Service, VehicleRecord, Worker
from routing.roads.network import RoadNetwork
from routing.roads.opening import open_network
from tests.routing.day.small import DAY, HOUR, RIDES, VISITS, client, ride, settings, shift, visit

ROADS = Path(__file__).parents[3] / "fixtures" / "tartu_vald" / "roads"
PLACES = (
    PlaceRecord(id="BAAS", name="Kõrveküla", lat=58.4277, lon=26.7731),
    PlaceRecord(id="ARST", name="Kliinikum", lat=58.3696, lon=26.7003),
)
WORKERS = Origin(file="workers.csv", row=7)


@pytest.fixture(scope="module")
def network() -> RoadNetwork:
    return open_network(ROADS)


def day_of(network: RoadNetwork, *, on: date = DAY, **rows: Any) -> Day:
    """Return a day with one shift and whatever `rows` it is given."""
    plain: dict[str, Any] = {
        "workers": (Worker(id="T", name="Näide", background_check=DAY),),
        "shifts": (shift(),),
    }
    records = Records(
        municipality=settings(notice_days=3),
        places=PLACES,
        clients=(client(),),
        vehicles=(VehicleRecord(id="A"),),
        **plain | rows,
    )
    return build_day(records, network, on)


def decision(**changes: Any) -> Decision:
    """Return a decision for the day."""
    plain = {"service": Service.HOME_CARE, "valid_from": date(2026, 1, 1)}
    return Decision(case_number="00000000001", client="K", **plain | changes)


@pytest.mark.parametrize(
    ("decisions", "count"),
    [
        ((decision(),), 0),
        ((), 1),
        ((decision(valid_to=date(2026, 11, 24)),), 1),
        ((decision(valid_to=DAY),), 0),
        ((decision(valid_from=date(2026, 11, 26)),), 1),
        ((decision(service=Service.SOCIAL),), 1),
    ],
)
def test_decisions(network: RoadNetwork, decisions: tuple[Decision, ...], count: int) -> None:
    """A visit without a valid decision is planned, with a warning at its row."""
    day = day_of(network, visits=(visit(),), decisions=decisions)
    remarks = remarks_before(day)
    assert [(remark.severity, remark.file, remark.row) for remark in remarks] == count * [
        (Severity.WARNING, VISITS.file, VISITS.row)
    ]
    assert [request.id for request in day.problem.requests] == ["C"]


@pytest.mark.parametrize(
    ("requested", "count"),
    [(None, 0), (date(2026, 11, 19), 0), (date(2026, 11, 20), 0), (date(2026, 11, 23), 1), (DAY, 1)],
)
def test_notice(network: RoadNetwork, requested: date | None, count: int) -> None:
    """A ride asked for late is planned, with one warning at its row, not another for its way back."""
    asked = ride(requested_on=requested, returning=Return.CALL)
    day = day_of(network, rides=(asked,), decisions=(decision(service=Service.ESCORTED),))
    remarks = remarks_before(day)
    assert [(remark.file, remark.row) for remark in remarks] == count * [(RIDES.file, RIDES.row)]


@pytest.mark.parametrize(
    ("checked", "on_duty", "count"),
    [(DAY, True, 0), (date(2025, 1, 1), True, 1), (None, True, 1), (date(2025, 1, 1), False, 0)],
)
def test_background_checks(network: RoadNetwork, checked: date | None, on_duty: bool, count: int) -> None:
    """An old or missing check of somebody on duty is a warning at her row."""
    worker = Worker(id="T" if on_duty else "TEINE", name="Näide", background_check=checked, origin=WORKERS)
    remarks = remarks_before(day_of(network, workers=(worker,)))
    assert [(remark.file, remark.row) for remark in remarks] == count * [(WORKERS.file, WORKERS.row)]


def route(*, end: int, pause: int | None) -> Plan:
    """Return a route from eight o'clock with one break or none."""
    stops = [Stop(kind=StopKind.START, place="BAAS", arrival=8 * HOUR, start=8 * HOUR, departure=8 * HOUR)]
    if pause is not None:
        stops.append(Stop(kind=StopKind.BREAK, place="BAAS", arrival=pause, start=pause, departure=pause + 1800))
    stops.append(Stop(kind=StopKind.END, place="BAAS", arrival=end, start=end, departure=end))
    return Plan(routes=(Route(shift="V", stops=tuple(stops)),))


@pytest.mark.parametrize(
    ("end", "pause", "count"),
    [
        (14 * HOUR, None, 0),
        (15 * HOUR, None, 1),
        (15 * HOUR, 12 * HOUR, 0),
        (16 * HOUR, 9 * HOUR, 1),
        (17 * HOUR, 12 * HOUR, 1),
        (22 * HOUR, 12 * HOUR, 3),
    ],
)
def test_working_time(network: RoadNetwork, end: int, pause: int | None, count: int) -> None:
    """Too long without a break, too long a day and too long a shift are warnings that name the shift."""
    remarks = remarks_after(day_of(network), route(end=end, pause=pause))
    assert [(remark.severity, remark.field) for remark in remarks] == count * [(Severity.WARNING, "V")]
    assert all(remark.sentence(lang) for remark in remarks for lang in ("et", "en"))


@pytest.mark.parametrize(
    ("end_before", "count"),
    [(21 * HOUR, 0), (21 * HOUR + 60, 1), (None, 0)],
)
def test_daily_rest(network: RoadNetwork, end_before: int | None, count: int) -> None:
    """Less than eleven hours between yesterday's shift and today's is warned of; two shifts of one day are one."""
    today = [
        shift(id="m", day=DAY, weekdays=frozenset(), start=8 * HOUR, end=11 * HOUR),
        shift(id="a", day=DAY, weekdays=frozenset(), start=12 * HOUR, end=16 * HOUR),
    ]
    yesterday = DAY - timedelta(days=1)
    before = [shift(id="y", day=yesterday, weekdays=frozenset(), start=14 * HOUR, end=end_before)] if end_before else []

    found = remarks_before(day_of(network, shifts=(*before, *today)))

    assert len([finding for finding in found if "daily-rest" in finding.code]) == count
