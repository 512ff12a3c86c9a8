"""Remember what was made of the store's content, as long as the content stays the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from threading import Lock, RLock
from typing import Any, Final, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.store.journal import History

CACHE: Final = "cache"
T = TypeVar("T")


class Cache:
    """The newest value by name, each with the stand of the content it was made of.

    Threads share it. Each name has a lock of its own, since making one value may ask for another.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._locks: defaultdict[str, RLock] = defaultdict(RLock)
        self._values: dict[str, tuple[int, Any]] = {}

    def get(self, name: str, stand: int, make: Callable[[], T]) -> T:
        """Return the value made of this stand; whoever asks while another makes it waits for hers."""
        with self._lock:
            mine = self._locks[name]
        with mine:
            kept = self._values.get(name)
            if kept is None or kept[0] != stand:
                kept = (stand, make())
                self._values[name] = kept
            value: T = kept[1]
            return value


def stand_of(session: Session, *topics: str) -> int:
    """Return a counter that grows with every change of the tables named: the number of their last row of history."""
    return session.scalar(select(func.max(History.id)).where(History.topic.in_(topics))) or 0


def remembered(session: Session, name: str, *topics: str, make: Callable[[], T]) -> T:
    """Return what `make` returns, remembered until a table named in `topics` changes.

    Writing sessions see what is not committed yet: what they make is not kept.
    """
    cache: Cache | None = session.info.get(CACHE)
    return make() if cache is None else cache.get(name, stand_of(session, *topics), make)
