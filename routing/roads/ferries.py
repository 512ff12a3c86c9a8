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
    def first(self) -> date:
        """Return the first day."""

    @property
    def last(self) -> date:
        """Return the last day."""

    @property
    def weekdays(self) -> frozenset[int]:
        """Return the ISO weekdays."""

    @property
    def outward(self) -> tuple[int, ...]:
        """Return the departures from the mainland."""

    @property
    def homeward(self) -> tuple[int, ...]:
        """Return the departures from the island."""


class FerryLike(Protocol):
    """A ferry as the records keep it: harbours are place ids, `crossing` and `boarding` seconds."""

    @property
    def id(self) -> str:
        """Return the id."""

    @property
    def mainland_harbour(self) -> str:
        """Return the place id of the harbour ashore."""

    @property
    def island_harbour(self) -> str:
        """Return the place id of the harbour on the island."""

    @property
    def crossing(self) -> int:
        """Return how long the crossing takes."""

    @property
    def boarding(self) -> int:
        """Return how long before departure one must be there."""

    @property
    def timetables(self) -> Sequence[TimetableLike]:
        """Return the timetables."""

    @property
    def cancelled(self) -> Collection[date]:
        """Return the days without sailing."""

    @property
    def ice_road(self) -> bool:
        """Tell whether the ice road is open."""


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
