"""Bring what was planned and what really happened together, by the ids of entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, TypeVar

from routing.books.entry import Entry, Result, Trip

R = TypeVar("R", Entry, Trip)

ACTUAL: Final = (
    *("worker", "others", "vehicle", "actual_begin", "actual_end", "actual_metres"),
    *("result", "reason", "cancelled_by", "cancelled_at", "waited", "activities", "extras"),
)
"""The fields of an entry that only those who were there can tell."""

DRIVEN: Final = ("start_metres", "end_metres", "driven_metres", "own_car", "purpose", "begin", "end")
"""The fields of a trip that only the driver can tell."""


def with_actuals(planned: Iterable[Entry], told: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return planned entries with what was told of them, and behind them what was told of nothing planned."""
    found = {entry.id: entry for entry in planned}
    for entry in told:
        found[entry.id] = _filled(found[entry.id], entry, ACTUAL) if entry.id in found else entry
    return tuple(found.values())


def done_as_planned(entry: Entry) -> Entry:
    """Return an entry that nobody has told of as done, at its planned times unless others are known."""
    if not entry.is_open:
        return entry
    return replace(
        entry,
        result=Result.DONE,
        actual_begin=entry.planned_begin if entry.actual_begin is None else entry.actual_begin,
        actual_end=entry.planned_end if entry.actual_end is None else entry.actual_end,
    )


def with_driven(planned: Iterable[Trip], told: Iterable[Trip]) -> tuple[Trip, ...]:
    """Return planned trips with what was told of them, and behind them what was told of nothing planned.

    A trip tracked by the vehicle alone is a planned trip's where both have that id; else it stands by itself.
    """
    found = {trip.id: trip for trip in planned}
    for trip in told:
        found[trip.id] = _filled(found[trip.id], trip, DRIVEN) if trip.id in found else trip
    return tuple(found.values())


def _filled(planned: R, told: R, fields: Iterable[str]) -> R:
    known = {name: getattr(told, name) for name in fields if not _is_blank(getattr(told, name))}
    return replace(planned, **known)


def _is_blank(value: object) -> bool:
    return value is None or value in ("", (), frozenset())
