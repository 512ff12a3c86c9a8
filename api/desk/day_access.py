"""Write down who saw whose data when somebody opens a day: once per quarter of an hour, however often she looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from api.desk.laid_out import OpenDay
from api.store.base import subject_name
from api.store.history import seen
from api.store.opening import Store

AGAIN: Final = dt.timedelta(minutes=15)
_MOST: Final = 500


@dataclass(frozen=True, kw_only=True)
class DayAccess:
    """Remembers what was written down lately."""

    store: Store
    _last: dict[tuple[str, str], tuple[dt.datetime, frozenset[str]]] = field(default_factory=dict)

    def saw(self, actor: str, opened: OpenDay) -> None:
        """Log that somebody sees the people of a day."""
        persons = (subject_name("record", "clients", s.client.id) for s in opened.day.subjects.values())
        self._saw((actor, opened.date.isoformat()), persons, "day")

    def saw_persons(self, actor: str, monday: dt.date, persons: Iterable[str]) -> None:
        """Log that somebody sees people of a week."""
        self._saw((actor, f"week {monday.isoformat()}"), persons, "week")

    def _saw(self, key: tuple[str, str], seen_now: Iterable[str], purpose: str) -> None:
        persons, now = frozenset(seen_now), self.store.clock()
        at, known = self._last.get(key, (None, frozenset()))
        fresh = persons if at is None or now - at >= AGAIN else persons - known
        if not fresh:
            return
        with self.store.transaction(key[0]) as session:
            seen(session, *sorted(fresh), purpose=purpose)
        if len(self._last) >= _MOST:
            self._last.clear()
        self._last[key] = (now, persons if at is None or now - at >= AGAIN else known | persons)
