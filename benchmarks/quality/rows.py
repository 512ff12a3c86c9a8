"""What is kept of every run: rows in one JSON file that is never half written."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

from routing.files import replace_file

Key: TypeAlias = tuple[str, str, str, str, float, int]
"""Family, instance, convention, engine, seconds, seed."""


class Status(StrEnum):
    """How a run ended. FAILED: no answer, or one the judge refuses."""

    OK = "ok"
    FAILED = "failed"
    CANNOT = "cannot express"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One run of one engine on one instance under one convention.

    `cost` and `vehicles` are the judge's, in double precision from the original file. `best_cost` and
    `best_vehicles` are the best known. `trace` holds (seconds, vehicles or None, cost) as the engine saw it; `load`
    the machine's load average before the run.
    """

    family: str
    instance: str
    convention: str
    engine: str
    seconds: float
    seed: int
    status: Status
    remark: str = ""
    size: int = 0
    vehicles: int | None = None
    cost: float | None = None
    best_vehicles: int | None = None
    best_cost: float | None = None
    wall: float = 0.0
    load: float = 0.0
    trace: tuple[tuple[float, int | None, float], ...] = field(default=())

    @property
    def key(self) -> Key:
        """Return what tells this run from all others."""
        return (self.family, self.instance, self.convention, self.engine, self.seconds, self.seed)

    @property
    def more_vehicles(self) -> int | None:
        """Return by how many vehicles the answer exceeds the best known, where vehicles come first."""
        if ">" not in self.convention or self.vehicles is None or self.best_vehicles is None:
            return None
        return self.vehicles - self.best_vehicles

    @property
    def gap(self) -> float | None:
        """Return the gap to the best known in percent; None where vehicles differ and come first."""
        if self.cost is None or not self.best_cost or self.more_vehicles not in {None, 0}:
            return None
        return 100 * (self.cost - self.best_cost) / self.best_cost

    @property
    def time_to_best(self) -> float | None:
        """Return when the engine last improved, or None where it does not tell."""
        return self.trace[-1][0] if self.trace else None


def read_rows(path: Path) -> tuple[list[Row], dict[str, str]]:
    """Return the rows of a file and the machine they were run on; nothing where there is no file."""
    if not path.exists():
        return [], {}
    data = json.loads(path.read_text(encoding="utf-8"))
    return [_row(item) for item in data["rows"]], data["machine"]


def write_rows(path: Path, rows: list[Row], machine: dict[str, str]) -> None:
    """Write all rows and the machine they were run on."""
    data = {"machine": machine, "rows": [asdict(row) for row in rows]}
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, (json.dumps(data, indent=1) + "\n").encode())


def _row(item: dict[str, Any]) -> Row:
    trace = tuple((seconds, vehicles, cost) for seconds, vehicles, cost in item.pop("trace"))
    return Row(**{**item, "status": Status(item["status"])}, trace=trace)
