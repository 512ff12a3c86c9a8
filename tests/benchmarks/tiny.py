"""Tiny instances of every family, small enough to solve by hand; one unit of distance is one of time."""

from __future__ import annotations

import numpy as np

from benchmarks.instances import darp, darp_heterogeneous, hhcrsp, pdptw_lilim, pdptw_sartori, vrptw, vrptw_sync


def customer(x: float, y: float, **changes) -> vrptw.Customer:
    """Return a customer of demand 1 open from 0 to 100 with 10 of service."""
    return vrptw.Customer(**{"x": x, "y": y, "demand": 1, "ready": 0, "due": 100, "service": 10, **changes})


DEPOT = customer(0, 0, demand=0, service=0)
ROUNDS = vrptw.Vrptw(
    name="rounds", vehicles=2, capacity=2, nodes=(DEPOT, customer(3, 4), customer(6, 8), customer(-3, 4, ready=50))
)
"""1 and 2 lie on one line from the depot, at 5 and 10; 3 lies at 5 on the other side and opens late."""


def call(x: float, y: float, demand: int, *, pickup: int = 0, delivery: int = 0, **changes) -> pdptw_lilim.Call:
    """Return a node open from 0 to 100."""
    values = {"earliest": 0, "latest": 100, "service": 0, **changes}
    return pdptw_lilim.Call(x=x, y=y, demand=demand, pickup=pickup, delivery=delivery, **values)


GOODS = pdptw_lilim.LiLim(
    name="goods",
    vehicles=2,
    capacity=2,
    nodes=(
        call(0, 0, 0),
        call(3, 4, 2, delivery=2),
        call(6, 8, -2, pickup=1),
        call(-3, 4, 1, delivery=4),
        call(-6, 8, -1, pickup=3),
    ),
)
"""Two pickups at 5 and their deliveries at 10, each pair on a line from the depot."""


def street(demand: int, *, pickup: int = 0, delivery: int = 0, **changes) -> pdptw_sartori.Call:
    """Return a node open from 0 to 100."""
    values = {"earliest": 0, "latest": 100, "service": 5, **changes}
    return pdptw_sartori.Call(demand=demand, pickup=pickup, delivery=delivery, **values)


STREETS = pdptw_sartori.Sartori(
    name="streets",
    capacity=2,
    nodes=(street(0, service=0), street(2, delivery=2), street(-2, pickup=1)),
    minutes=np.array([[0, 4, 9], [5, 0, 6], [8, 7, 0]]),
)
"""One-way streets: 0-1-2-0 takes 4 + 6 + 8."""


def rider(x: float, y: float, load: int, **changes) -> darp.Call:
    """Return a node open from 0 to 200 with 2 of service."""
    return darp.Call(**{"x": x, "y": y, "service": 2, "load": load, "earliest": 0, "latest": 200, **changes})


RIDES = darp.Darp(
    name="rides",
    vehicles=2,
    max_duration=100,
    capacity=2,
    max_ride=15,
    nodes=(
        rider(0, 0, 0, service=0),
        rider(3, 4, 1),
        rider(-3, 4, 1),
        rider(6, 8, -1, earliest=50, latest=60),
        rider(-6, 8, -1, earliest=50, latest=60),
    ),
)
"""Riders 1 and 2 at 5 from the depot, their destinations 3 and 4 at 10; nobody rides longer than 15."""


def guest(x: float, y: float, load: darp_heterogeneous.Kinds, **changes) -> darp_heterogeneous.Call:
    """Return a node open from 0 to 200."""
    values = {"service": 2, "max_ride": 30, "earliest": 0, "latest": 200, **changes}
    return darp_heterogeneous.Call(x=x, y=y, load=load, **values)


MIXED = darp_heterogeneous.Heterogeneous(
    name="mixed",
    vans=(
        darp_heterogeneous.Van(max_duration=100, capacity=(2, 1, 1, 1), depot=0),
        darp_heterogeneous.Van(max_duration=100, capacity=(1, 6, 0, 1), depot=1),
    ),
    nodes=(
        guest(0, 0, (0, 0, 0, 0)),
        guest(1, 1, (0, 0, 1, 0)),
        guest(2, 2, (1, 0, 0, 1)),
        guest(-1, -1, (0, 0, -1, 0)),
        guest(-2, -2, (-1, 0, 0, -1)),
    ),
)
"""A rider on a stretcher, whom only the first van takes, and one in a wheelchair with a companion."""

CARE = hhcrsp.Hhcrsp(
    name="care",
    patients=(
        hhcrsp.Patient(id="p1", earliest=10, latest=20, services=(("s1", 5), ("s2", 5)), distance=(0, 0)),
        hhcrsp.Patient(id="p2", earliest=30, latest=40, services=(("s1", 5),)),
        hhcrsp.Patient(id="p3", earliest=60, latest=70, services=(("s1", 5), ("s2", 5)), distance=(2, 8)),
    ),
    caregivers=(
        hhcrsp.Caregiver(id="c1", abilities=frozenset({"s1"})),
        hhcrsp.Caregiver(id="c2", abilities=frozenset({"s2"})),
    ),
    minutes=np.array([[0.0, 5, 6, 7], [5, 0, 3, 9], [6, 3, 0, 8], [7, 9, 8, 0]]),
)
"""Stops: 1 and 2 together, 3 alone, 4 and 5 two to eight apart."""

_FAR = vrptw_sync.FORBIDDEN
TWINS = vrptw_sync.Synchronised(
    name="twins",
    staff=2,
    horizon=100,
    nodes=tuple(
        vrptw_sync.Call(duration=duration, earliest=low, latest=high)
        for duration, low, high in ((0, 0, 100), (10, 20, 30), (5, 0, 100), (10, 20, 30))
    ),
    minutes=np.array([[0, 4, 6, 4], [4, 0, 3, _FAR], [6, 3, 0, 3], [4, _FAR, 3, 0]]),
    pairs=((1, 3),),
)
"""Visits 1 and 3 are one place and begin together."""
