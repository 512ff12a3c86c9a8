"""Vehicle routing with time windows: Solomon (1987), Gehring & Homberger (1999)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.instances.text import number_rows


@dataclass(frozen=True, kw_only=True, slots=True)
class Customer:
    """A node. Service begins between `ready` and `due`, both included; node 0 is the depot."""

    x: float
    y: float
    demand: int
    ready: float
    due: float
    service: float


@dataclass(frozen=True, kw_only=True)
class Vrptw:
    """One instance: a unit of distance takes a unit of time."""

    name: str
    vehicles: int
    capacity: int
    nodes: tuple[Customer, ...]


def read(path: Path) -> Vrptw:
    """Return the instance in a file of Solomon's format."""
    (vehicles, capacity), *rows = number_rows(path)
    nodes = tuple(
        Customer(x=x, y=y, demand=round(demand), ready=ready, due=due, service=service)
        for _, x, y, demand, ready, due, service in rows
    )
    return Vrptw(name=path.stem, vehicles=round(vehicles), capacity=round(capacity), nodes=nodes)
