"""Write a folder to start from: every file with its header, a filled example, and a guide to the columns.

The people are made up; the places and their coordinates are public (Maa-amet, place names).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from routing.problem import Load, Priority, TimeWindow, Waiting
from routing.records.guide import GUIDE_NAME, guide_text
from routing.records.model import (
    Absence,
    Activity,
    Aid,
    CarePlan,
    CareSlot,
    CareVisit,
    Client,
    Decision,
    Municipality,
    Pause,
    PlaceRecord,
    Records,
    Return,
    RideRequest,
    RideSeries,
    Service,
    ShiftRecord,
    VehicleRecord,
    Worker,
)
from routing.records.staging import staged_folder
from routing.records.text_kinds import HOME
from routing.records.write import fill_folder

_DAY: Final = date(2026, 11, 25)
_HOUR: Final = 3600
_MINUTE: Final = 60


def write_template(path: Path, *, lang: str) -> None:
    """Write an example folder at `path` in `lang`; it reads without findings.

    UsageError where `path` holds something already.
    """
    with staged_folder(path, lang) as folder:
        fill_folder(example(), folder, lang=lang)
        (folder / GUIDE_NAME[lang]).write_text(guide_text(lang), encoding="utf-8-sig")


def example() -> Records:
    """Return a small municipality on one day: three clients, two workers, two visits and two rides."""
    return Records(
        municipality=Municipality(
            name="Näidisvald",
            county="Tartu maakond",
            coordinator_phone="5550 0100",
            boarding={"none": 120, "walker": 180, "wheelchair": 300},
            alighting={"none": 120, "walker": 180, "wheelchair": 300},
        ),
        places=_PLACES,
        clients=_CLIENTS,
        workers=_WORKERS,
        vehicles=_VEHICLES,
        shifts=_SHIFTS,
        absences=(Absence(worker="T2", first=date(2026, 12, 21), last=date(2026, 12, 31)),),
        pauses=(Pause(client="K3", first=date(2026, 12, 14), last=date(2026, 12, 20)),),
        care_plans=_CARE_PLANS,
        care_slots=_CARE_SLOTS,
        visits=_VISITS,
        rides=_RIDES,
        ride_series=_RIDE_SERIES,
        decisions=_DECISIONS,
    )


def _window(earliest: int, latest: int) -> TimeWindow:
    return TimeWindow(earliest=earliest * _HOUR, latest=latest * _HOUR)


_PLACES: Final = (
    PlaceRecord(
        id="BAAS",
        name="Kõrveküla",
        lat=58.427671,
        lon=26.773128,
        municipality="Tartu vald",
        county="Tartu maakond",
    ),
    PlaceRecord(
        id="KLIINIKUM", name="Kliinikum", lat=58.3696, lon=26.7003, municipality="Tartu linn", county="Tartu maakond"
    ),
)

_CLIENTS: Final = (
    Client(
        id="K1",
        name="Näide Esimene",
        lat=58.556752,
        lon=26.583422,
        address="Kooli 1",
        settlement="Tabivere alevik",
        municipality="Tartu vald",
        county="Tartu maakond",
        phone="5550001",
        aids=frozenset({Aid.WALKER}),
        regular=frozenset({"T1"}),
    ),
    Client(
        id="K2",
        name="Näide Teine",
        lat=58.415047,
        lon=26.715592,
        address="Kase 2",
        settlement="Vahi alevik",
        municipality="Tartu vald",
        county="Tartu maakond",
        preferred=frozenset({"T1"}),
    ),
    Client(
        id="K3",
        name="Näide Kolmas",
        lat=58.495334,
        lon=26.680803,
        settlement="Lähte alevik",
        municipality="Tartu vald",
        county="Tartu maakond",
        aids=frozenset({Aid.WHEELCHAIR}),
    ),
)

_WORKERS: Final = (
    Worker(id="T1", name="Hooldaja Näidis", phone="5550011", background_check=date(2026, 3, 2)),
    Worker(id="T2", name="Juht Näidis", phone="5550012", background_check=date(2026, 5, 4)),
)

_VEHICLES: Final = (
    VehicleRecord(id="AUTO", plate="000AAA", layouts=(Load(seats=4),)),
    VehicleRecord(
        id="BUSS",
        plate="000BBB",
        layouts=(Load(seats=6), Load(seats=3, wheelchairs=1)),
        equipment=frozenset({"lift"}),
    ),
)

_SHIFTS: Final = (
    ShiftRecord(
        id="V1",
        worker="T1",
        vehicle="AUTO",
        start=8 * _HOUR,
        end=16 * _HOUR + 30 * _MINUTE,
        start_place="BAAS",
        end_place="BAAS",
        weekdays=frozenset({1, 2, 3, 4, 5}),
        overtime=30 * _MINUTE,
    ),
    ShiftRecord(
        id="V2",
        worker="T2",
        vehicle="BUSS",
        start=7 * _HOUR + 30 * _MINUTE,
        end=15 * _HOUR,
        start_place="BAAS",
        end_place="BAAS",
        day=_DAY,
    ),
)

_CARE_PLANS: Final = (
    CarePlan(id="P2", client="K2", valid_from=date(2026, 11, 23), weekly=195 * _MINUTE, regular=frozenset({"T1"})),
)

_CARE_SLOTS: Final = (
    CareSlot(
        id="P2-hommik",
        plan="P2",
        times=3,
        duration=45 * _MINUTE,
        windows=(_window(8, 10),),
        weekdays=frozenset({1, 2, 3, 4, 5}),
        days_apart=2,
        priority=Priority.A,
        activities=frozenset({Activity.HYGIENE, Activity.NUTRITION}),
    ),
    CareSlot(
        id="P2-päev",
        plan="P2",
        times=3,
        duration=20 * _MINUTE,
        windows=(_window(12, 15),),
        weekdays=frozenset({1, 3, 5}),
        preferred_days=frozenset({3}),
        max_lateness=30 * _MINUTE,
        activities=frozenset({Activity.MEDICATION}),
    ),
)

_VISITS: Final = (
    CareVisit(
        id="C1",
        day=_DAY,
        client="K2",
        duration=45 * _MINUTE,
        windows=(_window(8, 10),),
        priority=Priority.A,
        activities=("hügieen", "toit"),
        care_slot="P2-hommik",
    ),
    CareVisit(
        id="C2",
        day=_DAY,
        client="K2",
        duration=20 * _MINUTE,
        windows=(_window(12, 15),),
        max_lateness=30 * _MINUTE,
        after="C1",
        gap_minimum=3 * _HOUR,
        care_slot="P2-päev",
    ),
)

_RIDES: Final = (
    RideRequest(
        id="R1",
        day=_DAY,
        client="K1",
        service=Service.ESCORTED,
        start=HOME,
        end="KLIINIKUM",
        arrival=(_window(10, 11),),
        requested_on=date(2026, 11, 18),
        purpose="arst",
        returning=Return.CALL,
        return_at=12 * _HOUR,
        appointment=45 * _MINUTE,
        waiting=Waiting.STAYS,
    ),
    RideRequest(
        id="R2",
        day=_DAY,
        client="K3",
        service=Service.SOCIAL,
        start=HOME,
        end="BAAS",
        pickup=(_window(9, 10),),
        requested_on=date(2026, 11, 19),
        companions=1,
        returning=Return.AT,
        return_at=13 * _HOUR,
    ),
)

_RIDE_SERIES: Final = (
    RideSeries(
        id="D1",
        client="K3",
        service=Service.SOCIAL,
        start=HOME,
        end="KLIINIKUM",
        rule="FREQ=WEEKLY;BYDAY=MO,WE,FR",
        first=date(2026, 11, 30),
        exceptions=frozenset({date(2026, 12, 25)}),
        arrival=(_window(8, 9),),
        purpose="arst",
        returning=Return.AT,
        return_at=13 * _HOUR,
    ),
)

_DECISIONS: Final = (
    Decision(
        case_number="00000000001",
        client="K1",
        service=Service.ESCORTED,
        valid_from=date(2026, 7, 1),
        valid_to=date(2026, 12, 31),
        applied_on=date(2026, 6, 10),
        decided_on=date(2026, 6, 18),
    ),
    Decision(
        case_number="00000000002",
        client="K2",
        service=Service.HOME_CARE,
        valid_from=date(2026, 1, 1),
        weekly_hours=4,
    ),
    Decision(
        case_number="00000000003",
        client="K3",
        service=Service.SOCIAL,
        valid_from=date(2026, 9, 1),
        valid_to=date(2027, 1, 31),
    ),
)
