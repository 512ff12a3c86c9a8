"""Pickup and delivery with time windows in the plane: Li & Lim (2003)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.instances.text import number_rows


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A node: a pickup names its `delivery`, a delivery its `pickup`; 0 stands for none. Node 0 is the depot."""

    x: float
    y: float
    demand: int
    earliest: float
    latest: float
    service: float
    pickup: int
    delivery: int


@dataclass(frozen=True, kw_only=True)
class LiLim:
    """One instance: a unit of distance takes a unit of time."""

    name: str
    vehicles: int
    capacity: int
    nodes: tuple[Call, ...]


def read(path: Path) -> LiLim:
    """Return the instance in a file of Li and Lim's format."""
    (vehicles, capacity, _), *rows = number_rows(path)
    nodes = tuple(
        Call(
            x=x,
            y=y,
            demand=round(demand),
            earliest=earliest,
            latest=latest,
            service=service,
            pickup=round(pickup),
            delivery=round(delivery),
        )
        for _, x, y, demand, earliest, latest, service, pickup, delivery in rows
    )
    return LiLim(name=path.stem, vehicles=round(vehicles), capacity=round(capacity), nodes=nodes)
