"""A fair few of many instances."""

from __future__ import annotations

import re
from random import Random

from benchmarks.bks import Row


def stratum(row: Row) -> str:
    """Return the kind of an instance: its folder, and its letters with the first digit where a size is in the folder.

    Solomon's R1 and R2, Li and Lim's lc1 and lc2, Sartori's cities, dial-a-ride's a and b are kinds.
    """
    name = re.match(r"[A-Za-z]+-?\d?", row.instance)
    return f"{row.instance_file.parent.name}/{name[0].lower() if name else ''}"


def stratified(rows: list[Row], count: int, seed: int) -> list[Row]:
    """Return `count` rows drawn from all strata in turn, in their old order; the same arguments give the same rows."""
    chance = Random(seed)  # noqa: S311  # reproducible, not secret
    strata: dict[str, list[Row]] = {}
    for row in rows:
        strata.setdefault(stratum(row), []).append(row)
    for members in strata.values():
        chance.shuffle(members)
    order = sorted(strata)
    chance.shuffle(order)
    chosen: list[Row] = []
    while len(chosen) < min(count, len(rows)):
        for name in order:
            if strata[name] and len(chosen) < count:
                chosen.append(strata[name].pop())
    return [row for row in rows if row in chosen]
