"""What an engine answers, in the family's own numbers; kept as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from routing.files import replace_file


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """The stops of one vehicle in order, depots left out; `starts` (when service begins) where times count."""

    vehicle: int
    stops: tuple[int, ...]
    starts: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The rounds of the vehicles that are used; vehicles are numbered from 0."""

    rounds: tuple[Round, ...]


def write_answer(path: Path, answer: Answer) -> None:
    """Write an answer as JSON, whole or not at all."""
    replace_file(path, (json.dumps(asdict(answer)) + "\n").encode())


def read_answer(path: Path) -> Answer:
    """Return the answer in a file of `write_answer`."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Answer(
        rounds=tuple(
            Round(vehicle=row["vehicle"], stops=tuple(row["stops"]), starts=tuple(row["starts"]))
            for row in data["rounds"]
        )
    )
