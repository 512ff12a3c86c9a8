"""Routing with time windows and synchronised visits: Bredström & Rönnqvist (2008)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FORBIDDEN = 10_000
"""Travel time that marks the two visits of a pair."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A visit (node 0: the depot): begins between `earliest` and `latest`."""

    duration: int
    earliest: int
    latest: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Synchronised:
    """One instance: both visits of each of `pairs` begin together, by different staff; all are back by `horizon`."""

    name: str
    staff: int
    horizon: int
    nodes: tuple[Call, ...]
    minutes: NDArray[np.int64]
    pairs: tuple[tuple[int, int], ...]


def read(path: Path) -> Synchronised:
    """Return the instance in an AMPL-like file; the pairs come from the matrix, which is right in every file."""
    text = path.read_text(encoding="utf-8")
    minutes = np.array(_table(text, "t_ij"), dtype=np.int64)
    columns = zip(_table(text, "s_id"), _table(text, "e_id"), _table(text, "l_id"), strict=True)
    nodes = tuple(Call(duration=s[0], earliest=e[0], latest=late[0]) for s, e, late in columns)
    pairs = tuple((a, b) for a, b in combinations(range(1, len(nodes)), 2) if minutes[a, b] >= FORBIDDEN)
    return Synchronised(
        name=path.stem,
        staff=_number(text, "kn"),
        horizon=_number(text, "T"),
        nodes=nodes,
        minutes=minutes,
        pairs=pairs,
    )


def _table(text: str, name: str) -> list[list[int]]:
    """Return the rows of a parameter without their row numbers."""
    found = re.search(rf"param {name}:[^=]*:=\n(.*?);", text, re.DOTALL)
    if found is None:
        raise ValueError(f"no table {name!r} in this file")
    return [[int(word) for word in line.split()[1:]] for line in found[1].strip().splitlines()]


def _number(text: str, name: str) -> int:
    found = re.search(rf"param {name}:=\s*(\d+)", text)
    if found is None:
        raise ValueError(f"no number {name!r} in this file")
    return int(found[1])
