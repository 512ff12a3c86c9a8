"""The records desk: find, read, add, change and remove the municipality's records, one row at a time.

A change is judged by the reader of the folder: what it would make unreadable, here or in rows that refer here, is
refused with every finding. The caller logs whose data was seen (`persons_in`, `api.store.history.seen`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.desk.log_needs import date_in, in_log, log_needs
from api.desk.record_set import RecordSet, Row, about_row, errors_of, new_findings, own_key, tidy
from api.errors import MissingError, RefusedError
from api.store.base import new_id, subject_name
from api.store.cache import remembered
from api.store.history import expect, last_version, stale
from api.store.records import Document, Record
from routing.errors import UsageError
from routing.findings import Finding, Findings
from routing.records.columns import Sheet
from routing.records.folder import SETTINGS_FILE
from routing.records.folding import fold
from routing.records.kind import split
from routing.records.model import Records
from routing.records.sheets import CARE_SLOTS, SHEET_BY_NAME, SHEETS, VISITS

_NEW = ""
"""The key of a row that has none yet."""

TOPICS: Final = ("record", "document", "import")
"""The topics of history by which the records can tell that they have changed."""

_DAYS_TOLD: Final = 10
"""Days that are named where a record is refused for them."""

_PERSONS: Final = {"clients": "clients", "workers": "workers"}


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some records of a sheet in their order, and how many there are in all."""

    records: tuple[Record, ...]
    total: int


def sheet_named(name: str) -> Sheet:
    """Return a sheet; MissingError where there is none of this name."""
    try:
        return SHEET_BY_NAME[name]
    except KeyError:
        raise MissingError(subject_name("sheet", name)) from None


def list_records(session: Session, sheet: str, *, search: str = "", start: int = 0, size: int = 50) -> Page:
    """Return `size` records from position `start` on of those that hold every word of `search`."""
    wanted = [Record.sheet == sheet_named(sheet).name]
    wanted += [Record.words.contains(fold(word), autoescape=True) for word in search.split() if fold(word)]
    total = session.scalar(select(func.count()).select_from(Record).where(*wanted)) or 0
    rows = select(Record).where(*wanted).order_by(Record.position, Record.key).offset(start).limit(size)
    return Page(records=tuple(session.scalars(rows)), total=total)


def get_record(session: Session, sheet: str, key: str) -> Record:
    """Return one record; MissingError where there is none."""
    record = session.get(Record, (sheet, key))
    if record is None:
        raise MissingError(subject_name("record", sheet, key))
    return record


def check_record(
    session: Session, sheet: str, cells: Mapping[str, str], *, key: str | None = None
) -> tuple[Finding, ...]:
    """Return what would be found if the record `key` held `cells`, a new one where it is None.

    Findings about the row itself come first, with the column in `field`; then those that it would cause elsewhere.
    """
    before = record_set(session)
    row = Row(key=_NEW if key is None else key, cells=_tidied(sheet_named(sheet), cells))
    return _findings(before, before.with_row(sheet, row), sheet, row.key)


def create_record(session: Session, sheet: str, cells: Mapping[str, str]) -> Record:
    """Add a record behind all others of its sheet; RefusedError with every finding where it has a fault."""
    described = sheet_named(sheet)
    _refuse_errors(check_record(session, sheet, cells))
    tidied = _tidied(described, cells)
    key = own_key(described, tidied) or new_id()
    if session.get(Record, (sheet, key)):
        raise RefusedError([_taken(sheet, key)])
    last = session.scalar(select(func.max(Record.position)).where(Record.sheet == sheet)) or 0
    record = new_record(described, key, tidied, position=last + 1)
    session.add(record)
    session.flush()
    return record


def update_record(session: Session, sheet: str, key: str, cells: Mapping[str, str], *, version: int) -> Record:
    """Give a record other cells, all of them. `version` is the one that was seen.

    RefusedError with every finding where it has a fault, StaleError where it has changed meanwhile.
    """
    record = _seen_record(session, sheet, key, version)
    described = sheet_named(sheet)
    tidied = _tidied(described, cells)
    if described.key == ("id",) and own_key(described, tidied) != key:
        column = described.column_by_field["id"]
        raise RefusedError(
            [Finding(code="store.id-fixed", file=f"{sheet}.csv", field=column.field, found=tidied.get("id", ""))]
        )
    _refuse_errors(check_record(session, sheet, tidied, key=key))
    record.cells = tidied
    record.words = words_of(tidied)
    session.flush()
    return record


def remove_record(session: Session, sheet: str, key: str, *, version: int) -> None:
    """Remove a record; RefusedError where others or the log need it, StaleError where it has changed meanwhile."""
    record = _seen_record(session, sheet, key, version)
    if log_needs(session).about(sheet, key, record.cells):
        raise RefusedError([in_log(sheet, key, record.cells)])
    before = record_set(session)
    if sheet == CARE_SLOTS.name and (days := _days_of_slot(before, key)):
        found = Finding(code="store.slot-dated", file="care_slots.csv", found=key, details={"days": days})
        raise RefusedError([found])
    _refuse_errors(_findings(before, before.without_row(sheet, key), sheet, key))
    session.delete(record)
    session.flush()


def record_set(session: Session) -> RecordSet:
    """Return all records as they are kept."""

    def make() -> RecordSet:
        rows: dict[str, list[Row]] = {sheet.name: [] for sheet in SHEETS}
        kept = select(Record.sheet, Record.key, Record.cells).order_by(Record.sheet, Record.position, Record.key)
        for sheet, key, cells in session.execute(kept):
            rows[sheet].append(Row(key=key, cells=cells))
        settings = session.get(Document, SETTINGS_FILE)
        text = None if settings is None else settings.text
        return RecordSet(rows={name: tuple(found) for name, found in rows.items()}, settings=text)

    return remembered(session, "record set", *TOPICS, make=make)


def load_records(session: Session) -> tuple[Records | None, Findings]:
    """Return what `routing.records.read.read_folder` returns, of the records in the store.

    The records are None where the store has no usable settings. Findings carry the key of their row in `details`.
    """
    return remembered(session, "records", *TOPICS, make=record_set(session).read)


def persons_in(session: Session, record: Record) -> tuple[str, ...]:
    """Return the subjects of the people a record is about, for the access log; a visit of a care plan is her plan's."""
    if record.sheet in _PERSONS:
        return (subject_name("record", record.sheet, record.key),)
    if record.sheet == CARE_SLOTS.name:
        plan = session.get(Record, ("care_plans", record.cells.get("plan", "")))
        return persons_in(session, plan) if plan is not None else ()
    refers = {column.field: column.refers for column in sheet_named(record.sheet).columns if column.refers in _PERSONS}
    return tuple(
        subject_name("record", sheet, person)
        for field, sheet in refers.items()
        for person in split(record.cells.get(field, ""))
    )


def new_record(sheet: Sheet, key: str, cells: dict[str, str], *, position: int) -> Record:
    """Return a row of the store with its words for searching."""
    return Record(sheet=sheet.name, key=key, position=position, cells=cells, words=words_of(cells))


def words_of(cells: Mapping[str, str]) -> str:
    """Return the text of cells as it is searched: words folded, one space between."""
    return " ".join(fold(word) for text in cells.values() for word in text.split() if fold(word))


def _tidied(sheet: Sheet, cells: Mapping[str, str]) -> dict[str, str]:
    try:
        return tidy(sheet, cells)
    except KeyError as error:
        raise UsageError(f"The sheet {sheet.name} has no field {error.args[0]!r}.") from None


def _findings(before: RecordSet, after: RecordSet, sheet: str, key: str) -> tuple[Finding, ...]:
    """Return what is found about the changed row, then what is new elsewhere."""
    found = tuple(after.read()[1])
    own = tuple(about_row(found, sheet, key))
    new = new_findings(before.read()[1], found)
    return (*own, *(finding for finding in new if finding not in own))


def _taken(sheet: str, key: str) -> Finding:
    """Return the finding of an id that a record has which cannot be read itself."""
    details = {"other": f"{sheet}.csv", "other_row": "–"}
    return Finding(code="records.duplicate", file=f"{sheet}.csv", field="id", found=key, details=details)


def _days_of_slot(rows: RecordSet, slot: str) -> str:
    """Return the days on which visits stand for a recurring one, and would for nothing once it is gone."""
    own = (row.cells for row in rows.rows.get(VISITS.name, ()) if row.cells.get("care_slot") == slot)
    days = sorted(day for day in {date_in(VISITS, "day", cells) for cells in own} if day is not None)
    return ", ".join(f"{day:%d.%m.%Y}" for day in days[:_DAYS_TOLD]) + (" …" if len(days) > _DAYS_TOLD else "")


def _refuse_errors(findings: tuple[Finding, ...]) -> None:
    if errors_of(findings):
        raise RefusedError(findings)


def _seen_record(session: Session, sheet: str, key: str, version: int) -> Record:
    """Return a record that is as it was seen."""
    record = session.get(Record, (sheet_named(sheet).name, key))
    subject = subject_name("record", sheet, key)
    if record is None:
        raise stale(session, subject, version, None) if last_version(session, subject) else MissingError(subject)
    expect(session, record, version)
    return record
