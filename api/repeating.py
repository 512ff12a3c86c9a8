"""Do something again and again while the server runs, in a thread of its own that ends with it."""

from __future__ import annotations

import datetime as dt
import logging
from abc import ABC, abstractmethod
from threading import Event, Thread
from typing import Final

_LOG: Final = logging.getLogger("api.repeating")


class Repeating(ABC):
    """Works every so often. What fails is said in the log, by its kind alone, and tried again the next time."""

    def __init__(self, *, every: dt.timedelta, at_once: bool) -> None:
        self._every = every
        self._at_once = at_once
        self._stopping = Event()
        self._thread = Thread(target=self._run, name=type(self).__name__.lower(), daemon=True)

    @abstractmethod
    def work(self) -> None:
        """Do it once."""

    def start(self) -> None:
        """Begin: with a first time at once, or after a while."""
        self._thread.start()

    def stop(self) -> None:
        """End, once what is under way is done."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        if not self._at_once and self._waited():
            return
        while True:
            try:
                self.work()
            except Exception as error:  # noqa: BLE001 - the server goes on without
                _LOG.warning("%s failed: %s", self._thread.name, type(error).__name__)
            if self._waited():
                return

    def _waited(self) -> bool:
        """Wait for the next time; return whether it is time to end instead."""
        return self._stopping.wait(self._every.total_seconds())
