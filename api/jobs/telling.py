"""What a run that is no search of one day has come to; a thread beside it tells the store."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from api.store.jobs import Job
from routing.solver.budget import Stopwatch


@dataclass(kw_only=True)
class Telling:
    """How far a run is, and what it has found once it has come to that."""

    job: Job
    stop: threading.Event = field(default_factory=threading.Event)
    _watch: Stopwatch = field(default_factory=Stopwatch)
    _news: threading.Lock = field(default_factory=threading.Lock)
    _stage: str = ""
    _share: float = 0.0
    _found: str | None = None

    def told(self) -> tuple[dict[str, Any], str | None]:
        """Return how far the run is, and what it has found once it has come to that."""
        with self._news:
            progress = {"stage": self._stage, "share": round(self._share, 3), "seconds": round(self._watch.seconds, 1)}
            return progress, self._found

    def tell(self, stage: str, share: float) -> None:
        """Take note of a stage and of how far it is."""
        with self._news:
            self._stage, self._share = stage, max(self._share, share)

    def keep(self, found: str | None) -> None:
        """Keep what was found, None where there is nothing to keep."""
        with self._news:
            self._stage, self._share, self._found = "final", 1.0, found
