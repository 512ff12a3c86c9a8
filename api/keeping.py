"""Keep the best plan so far on disk while the search goes on, so that nothing is lost when the run is killed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from routing.plan import Plan
from routing.solver.budget import Progress

_APART = 2.0
"""Seconds between the end of one writing and the next at least."""

_SHARE = 0.25
"""Part of the time that writing may take in the long run: large days are written less often."""


class Keeper:
    """Writes plans in a thread of its own: the first at once, then the newest now and then, until it is left.

    Whoever writes the last plan does so after leaving; what the search told last is then not written twice. A disk
    that cannot be written to is nothing to stop a search for: the last writing will say so.
    """

    def __init__(self, write: Callable[[Plan], None]) -> None:
        self._write = write
        self._news = threading.Condition()
        self._newest: Plan | None = None
        self._left = False
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="keeper", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._news:
            self._left = True
            self._news.notify()
        self._thread.join()
        if self._fault is not None and error is None:
            raise self._fault

    def listen(self, progress: Progress) -> None:
        """Take note of what a search has reached."""
        if progress.plan is not None and progress.stage != "final":
            with self._news:
                self._newest = progress.plan
                self._news.notify()

    def _work(self) -> None:
        try:
            while (plan := self._next()) is not None:
                begun = time.monotonic()
                with suppress(OSError):
                    self._write(plan)
                taken = time.monotonic() - begun
                with self._news:
                    self._news.wait_for(lambda: self._left, timeout=max(_APART, taken / _SHARE))
        except Exception as fault:  # noqa: BLE001  # raised where the keeper is left
            self._fault = fault

    def _next(self) -> Plan | None:
        """Return the newest plan once there is one, None when the keeper is left."""
        with self._news:
            self._news.wait_for(lambda: self._left or self._newest is not None)
            plan, self._newest = self._newest, None
            return None if self._left else plan
