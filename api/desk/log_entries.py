"""The log in the store: read, filled from a day's plan and taps, changed by hand, imported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.log_taps import tapped_entries
from api.desk.month_states import ahead, draft_again
from api.desk.municipality import open_municipality
from api.desk.published import day_now, published_plan
from api.desk.record_set import STORED_LANG
from api.errors import ConflictError, MissingError, RefusedError
from api.store.base import subject_name
from api.store.books import LogEntry, LogTrip, Source
from api.store.cache import remembered, stand_of
from api.store.history import doing, expect
from routing.books.entry import Entry, Trip
from routing.books.from_plan import planned_entries, planned_trips
from routing.books.log_file import cells_of, entries_in, trips_in
from routing.books.merging import done_as_planned, with_actuals, with_driven
from routing.books.sheets import LOG, TRIPS
from routing.findings import Finding, Severity
from routing.records.cleaning import read_cell
from routing.records.columns import Sheet
from routing.records.kind import CellError
from routing.records.model import Records
from routing.records.write import cell_text

LOG_TOPICS: Final = ("log_entry", "log_trip")
"""The topics of history by which the log can tell that it has changed."""

_PASSING: Final = frozenset({Source.PLAN.value, Source.TAPS.value})
_Row = TypeVar("_Row", LogEntry, LogTrip)


@dataclass(frozen=True, kw_only=True)
class LogRow:
    """One entry as it is kept: its version, and where it comes from."""

    entry: Entry
    version: int
    source: Source


@dataclass(frozen=True, kw_only=True)
class FilledDay:
    """A day about to be taken into the log: its entries with where each has what it says from, and its trips."""

    day: dt.date
    entries: Mapping[Entry, Source]
    trips: tuple[Trip, ...]


def entries_between(session: Session, first: dt.date, last: dt.date) -> tuple[Entry, ...]:
    """Return the entries from `first` to `last`, both included, in the order of day and id."""
    records = open_municipality(session).records

    def make() -> tuple[Entry, ...]:
        rows = session.scalars(select(LogEntry).order_by(LogEntry.day, LogEntry.id))
        return entries_in([row.cells for row in rows], records)[0]

    topics = (*LOG_TOPICS, "record", "document", "import")
    return tuple(entry for entry in remembered(session, "log", *topics, make=make) if first <= entry.day <= last)


def trips_between(session: Session, first: dt.date, last: dt.date) -> tuple[Trip, ...]:
    """Return the trips from `first` to `last`, both included."""
    wanted = select(LogTrip).where(LogTrip.day >= first, LogTrip.day <= last).order_by(LogTrip.day, LogTrip.id)
    return trips_in([row.cells for row in session.scalars(wanted)], open_municipality(session).records)[0]


def log_of_day(session: Session, day: dt.date) -> tuple[LogRow, ...]:
    """Return the log of a day in the order of the clock."""
    rows = {row.id: row for row in session.scalars(select(LogEntry).where(LogEntry.day == day))}
    found = [
        LogRow(entry=entry, version=rows[entry.id].version, source=Source(rows[entry.id].source))
        for entry in entries_between(session, day, day)
    ]
    return tuple(sorted(found, key=lambda row: (row.entry.planned_begin or 0, row.entry.id)))


def row_of(session: Session, name: str) -> LogEntry:
    """Return one row of the log; MissingError where there is none."""
    row = session.get(LogEntry, name)
    if row is None:
        raise MissingError(subject_name("log_entry", name))
    return row


def filled_day(session: Session, day: dt.date) -> FilledDay:
    """Return the published plan of a day with what drivers tapped, as the log takes it; nothing is written yet.

    ConflictError where no plan is published, or the day is still to come.
    """
    if early := ahead(session, [day]):
        raise ConflictError(early)
    published = published_plan(session, day)
    if published is None:
        raise ConflictError([Finding(code="ledger.day-unpublished", found=day.isoformat())])
    built = day_now(session, day)
    planned = planned_entries(built, published.plan)
    tapped = tapped_entries(session, published)
    told = {entry.id for entry in tapped}
    return FilledDay(
        day=day,
        entries={entry: Source.TAPS if entry.id in told else Source.PLAN for entry in with_actuals(planned, tapped)},
        trips=planned_trips(built, published.plan),
    )


def keep_day(session: Session, filled: FilledDay) -> None:
    """Take a filled day into the log. What was written by hand or imported stays, what is planned no longer goes."""
    with _changing(session, "log.fill", [filled.day]):
        for entry, source in filled.entries.items():
            _keep(session, LogEntry, entry.id, filled.day, cells_of(LOG, entry, STORED_LANG), source)
        for trip in filled.trips:
            _keep(session, LogTrip, trip.id, filled.day, cells_of(TRIPS, trip, STORED_LANG), Source.PLAN)
        names = {entry.id for entry in filled.entries}
        for row in session.scalars(select(LogEntry).where(LogEntry.day == filled.day, LogEntry.source.in_(_PASSING))):
            if row.id not in names:
                session.delete(row)


def change_entry(session: Session, records: Records, name: str, cells: Mapping[str, str], *, version: int) -> LogEntry:
    """Write what somebody says of an entry; only the fields named in `cells` change. `records` are those of the store.

    StaleError where it has changed since `version`, RefusedError with every finding where it has a fault.
    """
    row = row_of(session, name)
    expect(session, row, version)
    changed = _tidied(LOG, {**row.cells, **cells, "id": name})
    entries, findings = entries_in([changed], records)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors or not entries:
        raise RefusedError(errors)
    with _changing(session, "log.change", [row.day, entries[0].day]):
        row.cells, row.day, row.source = changed, entries[0].day, Source.HAND.value
    return row


def import_log(session: Session, records: Records, entries: Iterable[Entry], trips: Iterable[Trip]) -> int:
    """Take entries and trips of a file into the log, over what was planned; return how many there were.

    RefusedError where one is of a day that is still to come.
    """
    told, driven = tuple(entries), tuple(trips)
    days = [*(entry.day for entry in told), *(trip.day for trip in driven)]
    if early := ahead(session, days):
        raise RefusedError(early)
    with _changing(session, "log.import", days):
        for entry in told:
            known = session.get(LogEntry, entry.id)
            whole = with_actuals(_read_entry(known.cells, records), [entry])[0] if known else entry
            _keep(session, LogEntry, entry.id, whole.day, cells_of(LOG, whole, STORED_LANG), Source.IMPORT)
        for trip in driven:
            kept = session.get(LogTrip, trip.id)
            all_of = with_driven(_read_trip(kept.cells, records), [trip])[0] if kept else trip
            _keep(session, LogTrip, trip.id, all_of.day, cells_of(TRIPS, all_of, STORED_LANG), Source.IMPORT)
    return len(told) + len(driven)


def keep_as_planned(session: Session, records: Records, day: dt.date) -> int:
    """Write down that whatever has no result yet on a day was done as planned; return how many entries that were.

    Somebody says so, therefore it stays, whatever is filled in or tapped later. ConflictError for a day to come.
    """
    if early := ahead(session, [day]):
        raise ConflictError(early)
    rows = session.scalars(select(LogEntry).where(LogEntry.day == day).order_by(LogEntry.id)).all()
    told = 0
    with _changing(session, "log.as-planned", [day]):
        for row in rows:
            (entry, *_) = _read_entry(row.cells, records) or (None,)
            if entry is not None and entry.is_open:
                cells = cells_of(LOG, done_as_planned(entry), STORED_LANG)
                row.cells, row.source = {field: text for field, text in cells.items() if text}, Source.HAND.value
                told += 1
    return told


@contextmanager
def _changing(session: Session, action: str, days: Iterable[dt.date]) -> Iterator[None]:
    """Name what is done to the log; if it changed anything, approved months of these days are drafts again."""
    before = stand_of(session, *LOG_TOPICS)
    with doing(session, action):
        yield
    if stand_of(session, *LOG_TOPICS) != before:
        draft_again(session, days)


def days_without_log(session: Session, days: Iterable[dt.date]) -> tuple[dt.date, ...]:
    """Return those of some days that have no entries."""
    wanted = tuple(days)
    known = set(session.scalars(select(LogEntry.day).where(LogEntry.day.in_(wanted)).distinct()))
    return tuple(day for day in wanted if day not in known)


def _keep(
    session: Session, table: type[_Row], name: str, day: dt.date, cells: Mapping[str, str], source: Source
) -> None:
    """Write a row; one from a plan or taps never replaces what somebody has written or imported."""
    filled = {field: text for field, text in cells.items() if text}
    row = session.get(table, name)
    if row is None:
        session.add(table(id=name, day=day, cells=filled, source=source.value))
    elif row.source in _PASSING or source not in (Source.PLAN, Source.TAPS):
        row.cells, row.day, row.source = filled, day, source.value


def _read_entry(cells: Mapping[str, str], records: Records) -> Sequence[Entry]:
    return entries_in([cells], records)[0]


def _read_trip(cells: Mapping[str, str], records: Records) -> Sequence[Trip]:
    return trips_in([cells], records)[0]


def _tidied(sheet: Sheet, cells: Mapping[str, str]) -> dict[str, str]:
    """Return cells as they are kept, in the stored language; one that cannot be read stays as it was typed."""
    found = {}
    for column in sheet.columns:
        text = cells.get(column.field, "")
        try:
            text = cell_text(column, text, STORED_LANG)
            text = read_cell(text)
        except CellError:
            pass
        if text:
            found[column.field] = text
    return found
