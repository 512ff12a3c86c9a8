"""Pickup and delivery with time windows on real streets: Sartori & Buriol (2020)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A node: a pickup names its `delivery`, a delivery its `pickup`; 0 stands for none. Node 0 is the depot."""

    demand: int
    earliest: int
    latest: int
    service: int
    pickup: int
    delivery: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Sartori:
    """One instance: `minutes` is the asymmetric travel time from row to column; the fleet is without limit."""

    name: str
    capacity: int
    nodes: tuple[Call, ...]
    minutes: NDArray[np.int64]


def read(path: Path) -> Sartori:
    """Return the instance in a file of Sartori and Buriol's format."""
    head, _, rest = path.read_text(encoding="utf-8").partition("NODES\n")
    body, _, edges = rest.partition("EDGES\n")
    values = dict(line.split(":", 1) for line in head.splitlines() if ":" in line)
    rows = ([int(word) for word in words[3:]] for words in map(str.split, body.splitlines()))
    nodes = tuple(
        Call(demand=demand, earliest=earliest, latest=latest, service=service, pickup=pickup, delivery=delivery)
        for demand, earliest, latest, service, pickup, delivery in rows
    )
    minutes = np.array([line.split() for line in edges.splitlines()[: len(nodes)]], dtype=np.int64)
    return Sartori(name=path.stem, capacity=int(values["CAPACITY"]), nodes=nodes, minutes=minutes)
