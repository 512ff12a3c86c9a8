"""Bring what was planned and what really happened together, by the ids of entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from routing.books.entry import Entry, Result, Trip
from routing.books.sheets import LOG, TRIPS
from routing.findings import Finding, Severity

R = TypeVar("R", Entry, Trip)

ACTUAL: Final = (
    *("worker", "others", "vehicle", "actual_begin", "actual_end", "actual_metres"),
    *("result", "reason", "cancelled_by", "cancelled_at", "waited", "activities", "extras"),
)
"""The fields of an entry that only those who were there can tell."""

PLANNED: Final = ("planned_begin", "planned_end", "planned_metres", "travel", "shift")
"""The fields of an entry that its plan tells."""

_IDENTITY: Final[Mapping[type, tuple[str, ...]]] = {
    Entry: ("kind", "service", "client", "request", "way"),
    Trip: ("vehicle",),
}
_KEPT: Final[Mapping[type, tuple[str, ...]]] = {
    Entry: ("day", "start", "end", "planned_metres"),
    Trip: ("day", "worker", "planned_metres"),
}

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


def disagreements(known: Iterable[R], told: Iterable[R]) -> tuple[Finding, ...]:
    """Return where what is told of an id is about something else than what is known by it.

    Another client, service, ride or vehicle is an error: somebody's id stands for somebody else's. Other days, places
    or planned kilometres are a doubt: what was known stays.
    """
    by_id = {row.id: row for row in known}
    found: list[Finding] = []
    for row in told:
        if row.id in by_id:
            found += _disagreements(row, by_id[row.id])
    return tuple(found)


def _disagreements(told: R, known: R) -> Iterator[Finding]:
    for name in (*_IDENTITY[type(told)], *_KEPT[type(told)]):
        if _differ(getattr(told, name), getattr(known, name)):
            yield _disagreement(told, known, name)


def agreeing(told: Iterable[R], found: Iterable[Finding]) -> tuple[R, ...]:
    """Return what was told without the rows that `disagreements` calls errors."""
    strange = {finding.details["id"] for finding in found if finding.severity is Severity.ERROR}
    return tuple(row for row in told if row.id not in strange)


def retold(known: Entry, entry: Entry) -> Entry:
    """Return an entry told of anew with what was known of it before and is not told any more: its plan and its times.

    A result that is known stays where none is told now; nothing is taken over where the result is another one.
    """
    if not (entry.is_open or known.result is entry.result):
        return _whole(entry, known, PLANNED)
    return _whole(entry, known, (*PLANNED, *ACTUAL))


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


def _differ(told: object, known: object) -> bool:
    return told != known and not (_is_blank(told) or _is_blank(known))


def _disagreement(told: R, known: R, name: str) -> Finding:
    column = (LOG if isinstance(told, Entry) else TRIPS).column_by_field[name]
    is_other = name in _IDENTITY[type(told)]
    return Finding(
        code="ledger.told-otherwise" if is_other else "ledger.told-differing",
        severity=Severity.ERROR if is_other else Severity.WARNING,
        file=told.origin.file,
        row=told.origin.row,
        field=column.et,
        found=column.kind.write(getattr(told, name), "et"),
        details={"id": told.id, "known": column.kind.write(getattr(known, name), "et")},
    )


def _whole(entry: Entry, known: Entry, fields: Iterable[str]) -> Entry:
    """Return an entry whose blank fields are filled with what is known."""
    return replace(entry, **{name: getattr(known, name) for name in fields if _is_blank(getattr(entry, name))})


def _is_blank(value: object) -> bool:
    return value is None or value in ("", (), frozenset())
