"""Dial-a-ride: Cordeau & Laporte (2003), Ropke, Cordeau & Laporte (2007)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.instances.text import number_rows


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A node; times are minutes and a unit of distance takes a minute."""

    x: float
    y: float
    service: float
    load: int
    earliest: float
    latest: float


@dataclass(frozen=True, kw_only=True)
class Darp:
    """One instance: pickups are nodes 1 to `requests`, the delivery of i is `requests` + i, node 0 is the depot."""

    name: str
    vehicles: int
    max_duration: float
    capacity: int
    max_ride: float
    nodes: tuple[Call, ...]

    @property
    def requests(self) -> int:
        """Return the number of requests."""
        return len(self.nodes) // 2


def read(path: Path) -> Darp:
    """Return the instance; the count in the first line means stops in some files, requests in others, so lines count.

    Files that repeat the depot as their last node lose it.
    """
    (vehicles, _, max_duration, capacity, max_ride), *rows = number_rows(path)
    nodes = tuple(
        Call(x=x, y=y, service=service, load=round(load), earliest=earliest, latest=latest)
        for _, x, y, service, load, earliest, latest in rows
    )
    return Darp(
        name=path.stem,
        vehicles=round(vehicles),
        max_duration=max_duration,
        capacity=round(capacity),
        max_ride=max_ride,
        nodes=nodes if len(nodes) % 2 else nodes[:-1],
    )
