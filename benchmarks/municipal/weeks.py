"""Municipalities with care plans for a week, on real roads, everything drawn from a seed.

Shares of kinds are set here as data, as in `days`: an assumption of the order of magnitude that Estonian municipalities
publish, no statistics.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import numpy as np

from benchmarks.municipal.days import HOUR, areas_of, near_node, within
from routing.matrix import Matrix
from routing.problem import Place, Priority, TimeWindow
from routing.records.model import (
    CarePlan,
    CareSlot,
    Client,
    Municipality,
    PlaceRecord,
    Records,
    RideRequest,
    Service,
    ShiftRecord,
    VehicleRecord,
    Worker,
)
from routing.roads.network import MAIN_ZONE, RoadNetwork
from routing.roads.prepare import prepare

FIRST = date(2026, 11, 30)
WORKDAYS = frozenset({1, 2, 3, 4, 5})
MINUTE = 60
RIDES_PER_CARER = 1


@dataclass(frozen=True, kw_only=True)
class Vald:
    """How large a municipality is."""

    clients: int
    carers: int


SIZES = (
    Vald(clients=14, carers=2),
    Vald(clients=18, carers=2),
    Vald(clients=22, carers=2),
    Vald(clients=26, carers=3),
    Vald(clients=30, carers=3),
    Vald(clients=34, carers=3),
    Vald(clients=38, carers=3),
    Vald(clients=41, carers=4),
)
"""The eight that are compared: from the smallest case to the order of Tartu vald."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of care: its share of clients, how often and how long, when, and with how many carers."""

    share: float
    times: int
    minutes: int
    window: tuple[float, float]
    days_apart: int = 1
    crew: int = 1
    priority: Priority = Priority.B


KINDS = (
    Kind(share=0.18, times=5, minutes=20, window=(8, 10), priority=Priority.A),
    Kind(share=0.35, times=2, minutes=45, window=(8.5, 14), days_apart=2),
    Kind(share=0.20, times=1, minutes=90, window=(9, 14), priority=Priority.C),
    Kind(share=0.12, times=1, minutes=60, window=(9, 15)),
    Kind(share=0.10, times=3, minutes=30, window=(11, 13), priority=Priority.A),
    Kind(share=0.05, times=2, minutes=40, window=(9, 12), days_apart=2, crew=2),
)


def municipal_week(network: RoadNetwork, size: Vald, seed: int) -> Records:
    """Return the records of a municipality of a seed; the same arguments give the same records."""
    chance = Random(seed)  # noqa: S311  # reproducible, not secret
    ground = np.flatnonzero(network.node_zone == MAIN_ZONE)
    base = near_node(network, chance, ground, "base")
    around = within(network, ground, base)
    doctor = near_node(network, chance, around, "doctor")
    homes = [near_node(network, chance, around, f"K{number:02d}") for number in range(size.clients)]
    regular = _regular(network, base, homes, size)
    clients = tuple(
        Client(id=home.id, name=home.id, lat=home.lat, lon=home.lon, regular=frozenset({regular[home.id]}))
        for home in homes
    )
    drawn = [_care(chance, client) for client in clients]
    workers = [f"T{number}" for number in range(size.carers)]
    return Records(
        municipality=Municipality(name="", county=""),
        places=tuple(PlaceRecord(id=place.id, name=place.id, lat=place.lat, lon=place.lon) for place in (base, doctor)),
        clients=clients,
        workers=tuple(Worker(id=worker, name=worker) for worker in workers),
        vehicles=tuple(VehicleRecord(id=f"A-{worker}") for worker in workers),
        shifts=tuple(_shift(worker) for worker in workers),
        care_plans=tuple(plan for plan, _ in drawn),
        care_slots=tuple(slot for _, slot in drawn),
        rides=tuple(_rides(chance, clients, size)),
    )


def _regular(network: RoadNetwork, base: Place, homes: list[Place], size: Vald) -> dict[str, str]:
    """Return the carer of each client: neighbours have the same one."""
    matrix: Matrix = prepare(network, (base, *homes))[0]
    areas = areas_of(matrix, base.id, [home.id for home in homes], count=size.carers)
    return {home: f"T{number}" for number, area in enumerate(areas) for home in area}


def _care(chance: Random, client: Client) -> tuple[CarePlan, CareSlot]:
    kind = chance.choices(KINDS, weights=[kind.share for kind in KINDS])[0]
    plan = CarePlan(id=f"P-{client.id}", client=client.id, valid_from=FIRST, weekly=kind.times * kind.minutes * MINUTE)
    first, last = kind.window
    slot = CareSlot(
        id=f"V-{client.id}",
        plan=plan.id,
        times=kind.times,
        duration=kind.minutes * MINUTE,
        windows=(TimeWindow(earliest=round(first * HOUR), latest=round(last * HOUR)),),
        weekdays=WORKDAYS,
        days_apart=kind.days_apart,
        max_lateness=15 * MINUTE,
        priority=kind.priority,
        crew=kind.crew,
    )
    return plan, slot


def _shift(worker: str) -> ShiftRecord:
    return ShiftRecord(
        id=f"S-{worker}",
        worker=worker,
        vehicle=f"A-{worker}",
        start=8 * HOUR,
        end=16 * HOUR + 30 * MINUTE,
        start_place="base",
        end_place="base",
        weekdays=WORKDAYS,
        balance_group="carers",
    )


def _rides(chance: Random, clients: tuple[Client, ...], size: Vald) -> list[RideRequest]:
    """Return the escorted rides that are booked already: to the doctor, one way each."""
    found = []
    for number in range(size.carers * RIDES_PER_CARER):
        at = chance.randint(18, 26) * HOUR // 2
        plain = RideRequest(
            id=f"R{number}",
            day=FIRST + timedelta(days=chance.randrange(5)),
            client=chance.choice(clients).id,
            service=Service.ESCORTED,
            start="home",
            end="doctor",
            arrival=(TimeWindow(earliest=at - 45 * MINUTE, latest=at),),
        )
        found.append(replace(plain, priority=Priority.A))
    return found
