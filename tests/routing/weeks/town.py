"""A small municipality on the schematic roads of Tartu vald, to change one thing of at a time."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from routing.problem import Priority, TimeWindow
from routing.records.model import (
    CarePlan,
    CareSlot,
    Client,
    Municipality,
    PlaceRecord,
    Records,
    ShiftRecord,
    VehicleRecord,
    Worker,
)
from routing.roads.network import RoadNetwork
from routing.roads.opening import open_network
from routing.weeks.thinking import Thinking
from tests.fixtures.folders import FIXTURES

MONDAY = date(2026, 11, 30)
HOUR, MINUTE = 3600, 60
QUICK = Thinking(seconds=60, work=0.5, iterations=2)
"""Counted in work, not in time: the same week each time."""

HOMES = {
    "K1": (58.42706, 26.77422),
    "K2": (58.41549, 26.715),
    "K3": (58.46377, 26.71961),
    "K4": (58.49521, 26.68463),
    "K5": (58.52456, 26.67371),
}


@cache
def roads() -> RoadNetwork:
    """Return the schematic roads."""
    return open_network(FIXTURES / "tartu_vald" / "roads")


def window(earliest: float, latest: float) -> TimeWindow:
    """Return a window between two hours."""
    return TimeWindow(earliest=round(earliest * HOUR), latest=round(latest * HOUR))


def slot(client: str = "K1", **changes: Any) -> CareSlot:
    """Return a recurring visit twice a week, half an hour in the morning."""
    plain = CareSlot(
        id=f"V-{client}",
        plan=f"P-{client}",
        times=2,
        duration=30 * MINUTE,
        windows=(window(8, 12),),
        weekdays=frozenset({1, 2, 3, 4, 5}),
        priority=Priority.B,
    )
    return replace(plain, **changes)


def plan(client: str = "K1", **changes: Any) -> CarePlan:
    """Return an open-ended care plan since before the week."""
    return replace(CarePlan(id=f"P-{client}", client=client, valid_from=date(2026, 11, 2)), **changes)


def town(*slots: CareSlot, **changes: Any) -> Records:
    """Return two carers on workdays, five clients, and a plan for each client whom a recurring visit names."""
    named = sorted({one.plan.removeprefix("P-") for one in slots})
    plain = Records(
        municipality=Municipality(name="Näidisvald", county="Tartu maakond"),
        places=(PlaceRecord(id="BAAS", name="Baas", lat=58.4277, lon=26.7731),),
        clients=tuple(Client(id=name, name=name, lat=lat, lon=lon) for name, (lat, lon) in HOMES.items()),
        workers=(Worker(id="T1", name="Anu"), Worker(id="T2", name="Mari"), Worker(id="T3", name="Kai", reserve=True)),
        vehicles=(VehicleRecord(id="A1"), VehicleRecord(id="A2")),
        shifts=tuple(
            ShiftRecord(
                id=f"S{number}",
                worker=f"T{number}",
                vehicle=f"A{number}",
                start=8 * HOUR,
                end=16 * HOUR,
                start_place="BAAS",
                end_place="BAAS",
                weekdays=frozenset({1, 2, 3, 4, 5}),
            )
            for number in (1, 2)
        ),
        care_plans=tuple(plan(name) for name in named),
        care_slots=slots,
    )
    return replace(plain, **changes)
