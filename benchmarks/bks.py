"""Best-known values, from the `bks.csv` beside the instances."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from routing.errors import UsageError


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One instance under one convention; `cost` is None where no value is known."""

    instance: str
    convention: str
    vehicles: int
    cost: float | None
    instance_file: Path
    solution_file: Path | None
    status: str


def read_rows(folder: Path) -> list[Row]:
    """Return all rows of a family's folder, references and published means included. UsageError without `bks.csv`."""
    if not (folder / "bks.csv").is_file():
        raise UsageError(f"{folder} has no bks.csv, which lists instances and best known values")
    with (folder / "bks.csv").open(encoding="utf-8", newline="") as file:
        return [
            Row(
                instance=row["instance"],
                convention=row["objective_convention"],
                vehicles=int(row["vehicles"]),
                cost=float(row["cost"]) if row["cost"] else None,
                instance_file=folder / row["instance_file"],
                solution_file=folder / row["solution_file"] if row["solution_file"] else None,
                status=row["status"],
            )
            for row in csv.DictReader(file)
        ]


def best_rows(rows: list[Row]) -> list[Row]:
    """Return one row per instance and convention: the best value that is not a mean of several runs."""
    best: dict[tuple[str, str], Row] = {}
    for row in rows:
        if row.status.startswith("published mean"):
            continue
        key = (row.instance, row.convention)
        known = best.get(key)
        if known is None or (row.cost is not None and (known.cost is None or row.cost < known.cost)):
            best[key] = row
    return list(best.values())
