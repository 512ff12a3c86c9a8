"""Read and write the log's files as the records are read and written: CSV or XLSX, every fault a finding."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

from routing.books.entry import Entry, Trip
from routing.books.sheets import LOG, TRIPS
from routing.findings import Finding, Findings, Severity
from routing.records.cleaning import guard
from routing.records.columns import Column, Sheet
from routing.records.folder import RecordFile
from routing.records.folding import example
from routing.records.model import Records
from routing.records.raw import RawRow, RawTable
from routing.records.read import read_table
from routing.records.reporting import Report, clip
from routing.records.rows import read_rows

_DAY: Final = 86_400


def read_log(file: RecordFile, records: Records) -> tuple[tuple[Entry, ...], Findings]:
    """Return the entries of a log file; a row with a fault is left out and reported."""
    rows, findings = _read(file, LOG, records, _entry_faults)
    return cast("tuple[Entry, ...]", rows), findings


def read_trips(file: RecordFile, records: Records) -> tuple[tuple[Trip, ...], Findings]:
    """Return the trips of a trip log; a row with a fault is left out and reported."""
    rows, findings = _read(file, TRIPS, records, _trip_faults)
    return cast("tuple[Trip, ...]", rows), findings


def entries_in(rows: Sequence[Mapping[str, str]], records: Records) -> tuple[tuple[Entry, ...], Findings]:
    """Return the entries in rows of cells by field, and what is found in them; the first row is row 2."""
    return read_log(_table(rows, LOG), records)


def trips_in(rows: Sequence[Mapping[str, str]], records: Records) -> tuple[tuple[Trip, ...], Findings]:
    """Return the trips in rows of cells by field, and what is found in them; the first row is row 2."""
    return read_trips(_table(rows, TRIPS), records)


def log_text(entries: Iterable[Entry], lang: str) -> str:
    """Return entries as CSV that Estonian spreadsheets open; reading it gives equal entries."""
    return _text(LOG, entries, lang)


def trips_text(trips: Iterable[Trip], lang: str) -> str:
    """Return trips as CSV that Estonian spreadsheets open; reading it gives equal trips."""
    return _text(TRIPS, trips, lang)


def cells_of(sheet: Sheet, row: Entry | Trip, lang: str) -> dict[str, str]:
    """Return a row as cells of text by field, written in `lang`."""
    return {column.field: _cell(column, getattr(row, column.field), lang) for column in sheet.columns}


def _table(rows: Sequence[Mapping[str, str]], sheet: Sheet) -> RecordFile:
    fields = [column.field for column in sheet.columns]
    found = (
        RawRow(number=number, cells=tuple(cells.get(field, "") for field in fields))
        for number, cells in enumerate(rows, start=2)
    )
    table = RawTable(header=RawRow(number=1, cells=tuple(fields)), rows=tuple(found))
    return RecordFile(name=f"{sheet.name}.csv", data=None, table=table)


def _read(
    file: RecordFile, sheet: Sheet, records: Records, faults: Callable[[Any], Iterator[Finding]]
) -> tuple[tuple[Any, ...], Findings]:
    findings = Findings()
    report = Report(file=file.name, findings=findings)
    table = read_table(file, sheet, report)
    if table is None:
        return (), findings
    rows = read_rows(table, sheet, report)
    sound: dict[str, Any] = {}
    lists = {column.refers for column in sheet.columns if column.refers}
    known = {name: frozenset(record.id for record in getattr(records, name)) for name in lists}
    for row in rows.records:
        found = [*_strangers(row, sheet, known), *faults(row), *_twice(row, sound)]
        findings.extend(found)
        if not any(finding.severity is Severity.ERROR for finding in found):
            sound[row.id] = row
    headed = Findings(_headed(finding, rows.headers) for finding in findings)
    return tuple(sound.values()), headed


def _strangers(row: Entry | Trip, sheet: Sheet, known: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    """Report clients that nobody knows as errors, workers and vehicles as doubts: they may have left since."""
    for column in sheet.columns:
        value = getattr(row, column.field)
        for name in sorted(value) if isinstance(value, frozenset) else filter(None, [value]):
            if column.refers and name not in known[column.refers]:
                client = column.refers == "clients"
                code = "records.reference-unknown" if client else "ledger.reference-doubted"
                severity = Severity.ERROR if client else Severity.WARNING
                nearest = example(name, known[column.refers])
                yield _about(row, code, column.field, name, severity, sheet=column.refers, nearest=nearest)


def _twice(row: Entry | Trip, known: Mapping[str, Entry | Trip]) -> Iterator[Finding]:
    earlier = known.get(row.id)
    if earlier is not None:
        other = earlier.origin
        yield _about(row, "records.duplicate", "id", row.id, other=other.file, other_row=str(other.row))


def _entry_faults(entry: Entry) -> Iterator[Finding]:
    for begin, end in (("planned_begin", "planned_end"), ("actual_begin", "actual_end")):
        yield from _reversed(entry, begin, end)
    if entry.is_open and (entry.actual_begin is not None or entry.actual_end is not None):
        yield _about(entry, "ledger.result-missing", "result", entry.id, Severity.WARNING)
    length = entry.actual_seconds
    if length is not None and length > _DAY // 2:
        yield _about(entry, "ledger.entry-long", "actual_end", entry.id, Severity.WARNING)


def _trip_faults(trip: Trip) -> Iterator[Finding]:
    yield from _reversed(trip, "begin", "end")
    yield from _reversed(trip, "start_metres", "end_metres", code="ledger.odometer-back")


def _reversed(row: Entry | Trip, first: str, last: str, code: str = "ledger.times-reversed") -> Iterator[Finding]:
    begin, end = getattr(row, first), getattr(row, last)
    if begin is not None and end is not None and end < begin:
        yield _about(row, code, last, row.id)


def _about(
    row: Entry | Trip, code: str, field: str, found: str, severity: Severity = Severity.ERROR, **details: str
) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        file=row.origin.file,
        row=row.origin.row,
        field=field,
        found=clip(found),
        details=details,
    )


def _headed(finding: Finding, headers: Mapping[str, str]) -> Finding:
    """Return the finding with the column named as the file's own header names it."""
    return dataclasses.replace(finding, field=headers.get(finding.field, finding.field)) if finding.field else finding


def _text(sheet: Sheet, rows: Iterable[Entry | Trip], lang: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.header(lang) for column in sheet.columns)
    writer.writerows(list(cells_of(sheet, row, lang).values()) for row in rows)
    return "\ufeff" + text.getvalue()


def _cell(column: Column, value: Any, lang: str) -> str:  # noqa: ANN401 - whatever the column's kind holds
    return "" if value is None else guard(column.kind.write(value, lang))
