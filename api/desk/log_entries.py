"""The log in the store: read, filled from a day's plan and taps, changed by hand, imported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.log_taps import tapped_entries
from api.desk.month_states import ahead, draft_again
from api.desk.municipality import open_municipality
from api.desk.published import day_now, published_plan
from api.desk.record_set import STORED_LANG, errors_of
from api.errors import ConflictError, MissingError, RefusedError
from api.store.base import subject_name
from api.store.books import LogEntry, LogTrip, Source
from api.store.cache import remembered, stand_of
from api.store.history import doing, expect
from routing.books.entry import Entry, Trip
from routing.books.from_plan import planned_entries, planned_trips
from routing.books.log_file import cells_of, entries_in, trips_in
from routing.books.merging import disagreements, done_as_planned, retold, with_actuals, with_driven
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
    """A day about to be taken into the log: its entries with where each has what it says from, and its trips.

    `taken_back` are the ids of those whose drivers undid something they had told; `records` are those it was read by.
    """

    day: dt.date
    records: Records
    entries: Mapping[Entry, Source]
    taken_back: frozenset[str]
    trips: tuple[Trip, ...]


def entries_between(session: Session, first: dt.date, last: dt.date) -> tuple[Entry, ...]:
    """Return the entries from `first` to `last`, both included, in the order of day and id.

    A row that cannot be read is not among them: `unread_between` names it.
    """
    return tuple(entry for entry in _whole_log(session)[0] if first <= entry.day <= last)


def unread_between(session: Session, first: dt.date, last: dt.date) -> tuple[Finding, ...]:
    """Return a finding for each row of these days that cannot be read with the records as they are."""
    return tuple(
        Finding(code="ledger.row-unread", found=name) for name, day in _whole_log(session)[1] if first <= day <= last
    )


def _whole_log(session: Session) -> tuple[tuple[Entry, ...], tuple[tuple[str, dt.date], ...]]:
    """Return all entries, and id and day of the rows that are none."""
    records = open_municipality(session).records

    def make() -> tuple[tuple[Entry, ...], tuple[tuple[str, dt.date], ...]]:
        rows = session.scalars(select(LogEntry).order_by(LogEntry.day, LogEntry.id)).all()
        entries = entries_in([row.cells for row in rows], records)[0]
        read = {entry.id for entry in entries}
        return entries, tuple((row.id, row.day) for row in rows if row.id not in read)

    return remembered(session, "log", *LOG_TOPICS, "record", "document", "import", make=make)


def trips_between(session: Session, first: dt.date, last: dt.date) -> tuple[Trip, ...]:
    """Return the trips from `first` to `last`, both included."""
    wanted = select(LogTrip).where(LogTrip.day >= first, LogTrip.day <= last).order_by(LogTrip.day, LogTrip.id)
    return trips_in([row.cells for row in session.scalars(wanted)], open_municipality(session).records)[0]


def log_of_day(session: Session, day: dt.date) -> tuple[LogRow, ...]:
    """Return the log of a day in the order of the clock."""
    return log_between(session, day, day)


def log_between(session: Session, first: dt.date, last: dt.date) -> tuple[LogRow, ...]:
    """Return the log from `first` to `last`, both included, in the order of days and of the clock."""
    wanted = select(LogEntry.id, LogEntry.version, LogEntry.source).where(LogEntry.day >= first, LogEntry.day <= last)
    rows = {row.id: row for row in session.execute(wanted)}
    found = [
        LogRow(entry=entry, version=rows[entry.id].version, source=Source(rows[entry.id].source))
        for entry in entries_between(session, first, last)
    ]
    return tuple(sorted(found, key=lambda row: (row.entry.day, row.entry.planned_begin or 0, row.entry.id)))


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
    told = {one.entry.id: one.entry for one in tapped}
    return FilledDay(
        day=day,
        records=built.records,
        entries={told.get(one.id, one): Source.TAPS if one.id in told else Source.PLAN for one in planned},
        taken_back=frozenset(one.entry.id for one in tapped if one.is_taken_back),
        trips=planned_trips(built, published.plan),
    )


def keep_day(session: Session, filled: FilledDay) -> None:
    """Take a filled day into the log. What was written by hand or imported stays, what is planned no longer goes.

    What drivers told once is not lost when their taps are forgotten or their round is planned no longer.
    """
    records = filled.records  # opening them again would keep other writers waiting
    with _changing(session, "log.fill", [filled.day]):
        for planned, source in filled.entries.items():
            entry, found = _beside_told(session, records, planned, source, filled.taken_back)
            _keep(session, LogEntry, entry.id, filled.day, cells_of(LOG, entry, STORED_LANG), found)
        for trip in filled.trips:
            _keep(session, LogTrip, trip.id, filled.day, cells_of(TRIPS, trip, STORED_LANG), Source.PLAN)
        names = {entry.id for entry in filled.entries}
        for row in session.scalars(select(LogEntry).where(LogEntry.day == filled.day, LogEntry.source.in_(_PASSING))):
            if row.id not in names and not (row.source == Source.TAPS and _is_told(_read_entry(row.cells, records))):
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


def import_findings(
    session: Session, records: Records, entries: Iterable[Entry], trips: Iterable[Trip]
) -> tuple[Finding, ...]:
    """Return where a file says something else of an id than the log: errors refuse it, the rest stays as it was."""
    told, driven = tuple(entries), tuple(trips)
    kept = [row.cells for entry in told if (row := session.get(LogEntry, entry.id))]
    ways = [drive.cells for trip in driven if (drive := session.get(LogTrip, trip.id))]
    return (*disagreements(entries_in(kept, records)[0], told), *disagreements(trips_in(ways, records)[0], driven))


def import_log(session: Session, records: Records, entries: Iterable[Entry], trips: Iterable[Trip]) -> int:
    """Take entries and trips of a file into the log, over what was planned; return how many there were.

    RefusedError where one is of a day that is still to come, or an id of the file belongs to another client, service,
    ride or vehicle.
    """
    told, driven = tuple(entries), tuple(trips)
    days = [*(entry.day for entry in told), *(trip.day for trip in driven)]
    found = (*ahead(session, days), *import_findings(session, records, told, driven))
    if errors_of(found):
        raise RefusedError(found)
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


def _beside_told(
    session: Session, records: Records, entry: Entry, source: Source, taken_back: Collection[str]
) -> tuple[Entry, Source]:
    """Return an entry with what drivers told of it at an earlier filling, as far as their taps do not tell it now."""
    row = session.get(LogEntry, entry.id)
    if row is None or row.source != Source.TAPS or entry.id in taken_back:
        return entry, source
    known = _read_entry(row.cells, records)
    if not known or not _is_told(known):
        return entry, source
    return (retold(known[0], entry) if source is Source.TAPS else known[0]), Source.TAPS


def _is_told(known: Sequence[Entry]) -> bool:
    """Tell whether somebody said something of an entry; one that cannot be read is rather kept."""
    return not known or not known[0].is_open or known[0].actual_begin is not None


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
