"""Days as a rural municipality has them: visits and rides together, on real roads, everything drawn from a seed.

Shares of kinds are set here as data. They are no statistics: numbers of clients, carers and riders follow the order of
magnitude that Estonian municipalities publish (dozens of clients, a handful of carers), the rest is an assumption.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

import numpy as np
from numpy.typing import NDArray

from routing.matrix import Matrix
from routing.problem import (
    Break,
    Load,
    Place,
    Priority,
    Problem,
    RideLink,
    Shift,
    Shipment,
    ShipmentStep,
    TimeWindow,
    Vehicle,
    Visit,
)
from routing.roads.network import MAIN_ZONE, RoadNetwork
from routing.roads.prepare import prepare
from routing.roads.sphere import beeline

HOUR = 3600

RADIUS = 18_000
"""Metres around a base in which its people live: a municipality of some hundred square kilometres."""

VISITS_PER_CARER = 7
RIDES_PER_DRIVER = 7
SHARE_OF_RIDES = 0.3
SHARE_OF_CREWS = 0.05
SHARE_OF_WHEELCHAIRS = 0.15
SHARE_THERE_AND_BACK = 0.7

LUNCH = Break(duration=1800, window=TimeWindow(earliest=11 * HOUR, latest=14 * HOUR), required_after=6 * HOUR)
VAN = (Load(seats=7), Load(seats=4, wheelchairs=1), Load(seats=2, wheelchairs=2))


@dataclass(frozen=True, kw_only=True)
class Size:
    """How large a day is: its requests, and over how many municipalities they spread."""

    requests: int
    municipalities: int = 1


def municipal_day(network: RoadNetwork, size: Size, seed: int) -> tuple[Problem, Matrix]:
    """Return the day of a seed with exactly `size.requests` requests; the same arguments give the same day.

    Each municipality has a base in a place of its own, carers who know the clients nearest to each other, drivers with
    vans, and a share of the requests. Appointments are at any municipality's base.
    """
    chance = Random(seed)  # noqa: S311  # reproducible, not secret
    rides = round(size.requests * SHARE_OF_RIDES)
    places = _places(network, chance, size, size.requests - rides, rides)
    matrix, _, _ = prepare(network, places)
    bases, homes, riders = ([p.id for p in places if p.id.startswith(kind)] for kind in ("base", "home", "rider"))
    near = {home: nearest(matrix, home, bases)[0] for home in (*homes, *riders)}
    staff = [_staff(matrix, base, [home for home in near if near[home] == base]) for base in bases]
    regular = {home: carer for _, _, clients in staff for home, carer in clients.items()}
    shipments, links = _rides(chance, rides, riders, bases, near)
    problem = Problem(
        places=places,
        vehicles=tuple(vehicle for vehicles, _, _ in staff for vehicle in vehicles),
        shifts=tuple(shift for _, shifts, _ in staff for shift in shifts),
        visits=tuple(_visit(chance, home, regular[home]) for home in homes),
        shipments=shipments,
        links=links,
    )
    return problem, matrix


def _staff(matrix: Matrix, base: str, homes: list[str]) -> tuple[list[Vehicle], list[Shift], dict[str, str]]:
    """Return the vehicles and shifts of a base, and the carer of each of its clients."""
    clients = [home for home in homes if home.startswith("home")]
    areas = areas_of(matrix, base, clients)
    drivers = -(-(len(homes) - len(clients)) // RIDES_PER_DRIVER)
    shifts = [_shift(f"carer-{base}-{number}", base) for number in range(len(areas))]
    vehicles = [Vehicle(id=shift.vehicle) for shift in shifts]
    regular = {home: shift.worker for area, shift in zip(areas, shifts, strict=True) for home in area}
    for number in range(drivers):
        shifts.append(_shift(f"driver-{base}-{number}", base))
        vehicles.append(Vehicle(id=shifts[-1].vehicle, layouts=VAN, equipment=frozenset({"lift"})))
    return vehicles, shifts, regular


def _places(network: RoadNetwork, chance: Random, size: Size, visits: int, rides: int) -> tuple[Place, ...]:
    """Return bases anywhere on the mainland, then homes of clients and riders within `RADIUS` of one of them."""
    ground = np.flatnonzero(network.node_zone == MAIN_ZONE)
    bases = [near_node(network, chance, ground, f"base-{number}") for number in range(size.municipalities)]
    around = {base.id: within(network, ground, base) for base in bases}
    names = [f"home-{number}" for number in range(visits)] + [f"rider-{number}" for number in range(rides)]
    homes = [near_node(network, chance, around[chance.choice(bases).id], name) for name in names]
    return (*bases, *homes)


def near_node(network: RoadNetwork, chance: Random, nodes: NDArray[np.int64], name: str) -> Place:
    """Return a place within some hundred metres of one of `nodes`."""
    node = int(chance.choice(nodes.tolist()))
    lat = float(network.node_lat[node]) + chance.gauss(0, 0.002)
    return Place(id=name, lat=lat, lon=float(network.node_lon[node]) + chance.gauss(0, 0.004))


def within(network: RoadNetwork, nodes: NDArray[np.int64], base: Place) -> NDArray[np.int64]:
    """Return the nodes within `RADIUS` of a base as the crow flies."""
    away = beeline(base.lat, base.lon, network.node_lat[nodes], network.node_lon[nodes])
    return nodes[away <= max(RADIUS, float(away.min()))]


def _seconds(matrix: Matrix, origin: str, destination: str) -> int:
    found = matrix.travel(origin, destination)
    return 10**9 if found is None else found


def areas_of(matrix: Matrix, base: str, clients: list[str], *, count: int | None = None) -> list[list[str]]:
    """Return the clients in areas of about equal size: the farthest from the base with those nearest to her, again."""
    left, areas = list(clients), list[list[str]]()
    count = -(-len(clients) // VISITS_PER_CARER) if count is None else count
    for number in range(count):
        share = -(-len(left) // (count - number))
        area = nearest(matrix, nearest(matrix, base, left)[-1], left)[:share]
        left = [home for home in left if home not in area]
        areas.append(area)
    return areas


def nearest(matrix: Matrix, origin: str, places: list[str]) -> list[str]:
    """Return places by their distance from one of them or from a base."""
    return sorted(places, key=lambda place: (_seconds(matrix, origin, place), place))


def _shift(name: str, base: str) -> Shift:
    return Shift(
        id=name,
        worker=name,
        vehicle=f"car-{name}",
        start_place=base,
        end_place=base,
        earliest=8 * HOUR,
        latest=16 * HOUR + 1800,
        overtime=HOUR,
        breaks=(LUNCH,),
    )


def _window(first: float, last: float) -> tuple[TimeWindow, ...]:
    return (TimeWindow(earliest=round(first * HOUR), latest=round(last * HOUR)),)


def _visit(chance: Random, home: str, carer: str) -> Visit:
    """Return a visit: medication in the morning, a meal at noon, or help at any time of the day."""
    kind = chance.random()
    windows = _window(8, 10) if kind < 0.3 else _window(11.5, 13.5) if kind < 0.5 else _window(8, 16)
    return Visit(
        id=home.replace("home", "visit"),
        client=home,
        place=home,
        duration=chance.choice((1200, 1800, 2700, 3600)),
        windows=windows,
        max_lateness=900,
        priority=Priority.A if kind < 0.3 else Priority.B if kind < 0.8 else Priority.C,
        crew=2 if chance.random() < SHARE_OF_CREWS else 1,
        regular=frozenset({carer}),
    )


def _rides(
    chance: Random, count: int, riders: list[str], bases: list[str], near: dict[str, str]
) -> tuple[tuple[Shipment, ...], tuple[RideLink, ...]]:
    """Return `count` rides to appointments, most with their return."""
    rides: list[Shipment] = []
    links: list[RideLink] = []
    while len(rides) < count:
        rider = riders[len(rides)]
        place = near[rider] if chance.random() < 0.7 else chance.choice(bases)
        at = chance.randint(18, 27) / 2
        wheels = chance.random() < SHARE_OF_WHEELCHAIRS
        out = Shipment(
            id=f"{rider}-out",
            client=rider,
            pickup=ShipmentStep(place=rider, duration=180, windows=_window(7, 16)),
            delivery=ShipmentStep(place=place, duration=120, windows=_window(at - 0.75, at)),
            load=Load(wheelchairs=1) if wheels else Load(seats=1 + (chance.random() < 0.2)),
            skills=frozenset({"lift"}) if wheels else frozenset(),
            max_ride_percent=200,
            max_ride=5400,
        )
        rides.append(out)
        if len(rides) < count and chance.random() < SHARE_THERE_AND_BACK:
            back = replace(
                out,
                id=f"{rider}-back",
                pickup=ShipmentStep(place=place, duration=120, windows=_window(at + 0.5, at + 2.5)),
                delivery=ShipmentStep(place=rider, duration=180, windows=_window(8, 17)),
            )
            rides.append(back)
            links.append(RideLink(outbound=out.id, inbound=back.id, minimum_stay=1800))
    return tuple(rides), tuple(links)
