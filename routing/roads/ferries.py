"""Ferries of a day: from timetables and cancelled dates to the crossings of a problem, or the reason for none.

A ferry is a service with departures, not a road. On a day without sailing the island is unreachable, and the problem
says why; there is no straight line across the water.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

from routing.problem import Crossing


class NoSailing(StrEnum):
    """Why nothing sails; the catalogue holds a sentence for each under `roads.<value>`."""

    NO_TIMETABLE = "no-timetable"
    NOT_THIS_WEEKDAY = "not-this-weekday"
    CANCELLED = "cancelled"


class TimetableLike(Protocol):
    """Departures on ISO `weekdays` from `first` to `last`, both included; seconds from local midnight."""

    @property
    def first(self) -> date: ...  # noqa: D102
    @property
    def last(self) -> date: ...  # noqa: D102
    @property
    def weekdays(self) -> frozenset[int]: ...  # noqa: D102
    @property
    def outward(self) -> tuple[int, ...]: ...  # noqa: D102
    @property
    def homeward(self) -> tuple[int, ...]: ...  # noqa: D102


class FerryLike(Protocol):
    """A ferry as the records keep it: harbours are place ids, `crossing` and `boarding` seconds."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def mainland_harbour(self) -> str: ...  # noqa: D102
    @property
    def island_harbour(self) -> str: ...  # noqa: D102
    @property
    def crossing(self) -> int: ...  # noqa: D102
    @property
    def boarding(self) -> int: ...  # noqa: D102
    @property
    def timetables(self) -> Sequence[TimetableLike]: ...  # noqa: D102
    @property
    def cancelled(self) -> Collection[date]: ...  # noqa: D102
    @property
    def ice_road(self) -> bool: ...  # noqa: D102


def crossing_on(ferry: FerryLike, day: date, island: frozenset[str]) -> Crossing | None:
    """Return the crossing of `ferry` on `day` to the places of `island`, departures in order and each once.

    Where nothing sails the crossing has no departures and a `NoSailing` code. None while the ice road is open: the
    island is then joined by road, under a profile with `ice_road`.
    """
    if ferry.ice_road:
        return None
    reason = _no_sailing(ferry, day)
    running = [] if reason else _running(ferry, day)
    return Crossing(
        id=ferry.id,
        mainland_harbour=ferry.mainland_harbour,
        island_harbour=ferry.island_harbour,
        island=island,
        outward=tuple(sorted({time for table in running for time in table.outward})),
        homeward=tuple(sorted({time for table in running for time in table.homeward})),
        duration=ferry.crossing,
        boarding=ferry.boarding,
        no_sailing=reason,
    )


def _no_sailing(ferry: FerryLike, day: date) -> NoSailing | None:
    if day in ferry.cancelled:
        return NoSailing.CANCELLED
    in_season = [table for table in ferry.timetables if table.first <= day <= table.last]
    if not any(table.outward or table.homeward for table in in_season):
        return NoSailing.NO_TIMETABLE
    return None if _running(ferry, day) else NoSailing.NOT_THIS_WEEKDAY


def _running(ferry: FerryLike, day: date) -> list[TimetableLike]:
    return [
        table
        for table in ferry.timetables
        if table.first <= day <= table.last and day.isoweekday() in table.weekdays and (table.outward or table.homeward)
    ]
