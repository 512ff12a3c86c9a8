"""Answers kept as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from benchmarks.answer import Answer, Round
from routing.files import replace_file


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
