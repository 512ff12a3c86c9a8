"""What another plan of the day changes for one round: what its driver has to know and to confirm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from api.desk.stop_keys import stops_by_key
from routing.plan import Route, Stop, StopKind

_TOLD: Final = (StopKind.START, StopKind.VISIT, StopKind.PICKUP, StopKind.DELIVERY, StopKind.BOARD)
"""What is told. When she rests, leaves a boat or is home again follows from it."""


class ChangeKind(StrEnum):
    """What happens to a stop."""

    NEW = "new"
    GONE = "gone"
    TIME = "time"


@dataclass(frozen=True, kw_only=True)
class RoundChange:
    """One change of a round: the stop before and after, None where it was or is not there."""

    kind: ChangeKind
    key: str
    before: Stop | None
    after: Stop | None

    @property
    def stop(self) -> Stop:
        """Return the stop as it is now, or as it was."""
        stop = self.after or self.before
        if stop is None:
            raise ValueError("a change is of some stop")
        return stop


def round_changes(before: Route | None, after: Route | None) -> tuple[RoundChange, ...]:
    """Return what changed from one route to another to the minute, in the order of the day."""
    return tuple(sorted(_changes(before, after), key=lambda change: change.stop.start))


def _changes(before: Route | None, after: Route | None) -> Iterator[RoundChange]:
    old, new = stops_by_key(before), stops_by_key(after)
    for key, stop in old.items():
        if key not in new and stop.kind in _TOLD:
            yield RoundChange(kind=ChangeKind.GONE, key=key, before=stop, after=None)
    for key, stop in new.items():
        known = old.get(key)
        if stop.kind not in _TOLD:
            continue
        if known is None:
            yield RoundChange(kind=ChangeKind.NEW, key=key, before=None, after=stop)
        elif known.start // 60 != stop.start // 60:
            yield RoundChange(kind=ChangeKind.TIME, key=key, before=known, after=stop)
