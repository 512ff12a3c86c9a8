"""Days that were measured before, in a JSON file, so that a long run can be cut short and gone on with."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from benchmarks.speed.whole import Whole
from routing.files import replace_file


class KeptDays:
    """The measured days in a file by key; nothing is kept without a file."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._days = json.loads(path.read_text()) if path is not None and path.exists() else {}

    def get(self, key: str) -> Whole | None:
        """Return the day that was measured under this key, or None."""
        return Whole(**self._days[key]) if key in self._days else None

    def put(self, key: str, day: Whole) -> None:
        """Keep a day at once."""
        self._days[key] = asdict(day)
        if self._path is not None:
            replace_file(self._path, json.dumps(self._days, indent=1).encode())
