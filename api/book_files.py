"""The books' files on disk: logs, trip logs, exports of other programs, and plans that were kept."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from api.amounts import read_amount
from routing.books.column_map import ColumnMap, mapped, read_map
from routing.books.entry import Entry, Trip
from routing.books.log_file import read_log, read_trips
from routing.books.sheets import LOG, TRIPS
from routing.errors import RecordsError, UsageError
from routing.findings import Finding, Findings
from routing.records.columns import Sheet
from routing.records.folder import RecordFile
from routing.records.limits import MAX_FILE_BYTES
from routing.records.model import Records
from routing.records.read import read_table
from routing.records.reporting import Report

PLAN_FILE = "plan.json"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What files tell of: entries, trips, and what was found in them."""

    entries: tuple[Entry, ...] = ()
    trips: tuple[Trip, ...] = ()
    findings: tuple[Finding, ...] = ()


def open_log(path: Path, records: Records) -> Told:
    """Read a log. RecordsError where the file cannot be read at all."""
    entries, findings = read_log(record_file(path), records)
    return Told(entries=entries, findings=tuple(findings))


def open_trips(path: Path, records: Records) -> Told:
    """Read a trip log. RecordsError where the file cannot be read at all."""
    trips, findings = read_trips(record_file(path), records)
    return Told(trips=trips, findings=tuple(findings))


def open_export(path: Path, chosen: Path, records: Records) -> Told:
    """Read what another program exported by the map of columns in the file `chosen`. RecordsError, as for a log."""
    by, faults = read_map(record_file(chosen).data_text, chosen.name)
    if by is None:
        raise RecordsError(faults)
    return read_export(record_file(path), by, records)


def read_export(file: RecordFile, by: ColumnMap, records: Records) -> Told:
    """Read what another program exported by a map of columns."""
    findings = Findings()
    table = read_table(file, _sheet_of(by), Report(file=file.name, findings=findings))
    if table is None:
        return Told(findings=tuple(findings))
    ours, stray = mapped(table, by, file.name)
    own = RecordFile(name=file.name, data=None, table=ours)
    if by.target == "log":
        entries, more = read_log(own, records)
        return Told(entries=entries, findings=(*findings, *stray, *more))
    trips, more = read_trips(own, records)
    return Told(trips=trips, findings=(*findings, *stray, *more))


def plan_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return plan files, those below folders too, in the order of their names. UsageError where there is none."""
    found = [one for path in paths for one in (sorted(path.rglob(PLAN_FILE)) if path.is_dir() else [path])]
    if not found:
        raise UsageError(f"no {PLAN_FILE} in {', '.join(map(str, paths)) or 'what was given'}")
    return tuple(found)


def open_invoice(path: Path) -> dict[str, Decimal]:
    """Return a contractor's invoice: rows of a log entry and an amount. RecordsError naming rows that are none."""
    asked: dict[str, Decimal] = {}
    faults: list[Finding] = []
    for number, line in enumerate(record_file(path).data_text.splitlines(), start=1):
        name, _, text = line.strip().rpartition(";")
        key, amount = name.strip().lstrip("\ufeff"), _invoiced(text)
        if amount is not None and key not in asked:
            asked[key] = amount
        elif line.strip() and number > 1:  # the first row may be a header
            faults.append(Finding(code="ledger.bad-invoice-row", file=path.name, row=number, found=line[:60]))
    if faults:
        raise RecordsError(faults)
    return asked


def _invoiced(text: str) -> Decimal | None:
    """Return an amount that somebody can ask for, to the cent, None where the text is none."""
    amount = read_amount(text)
    return None if amount is None else amount.quantize(Decimal("0.01"))


def record_file(path: Path) -> TextFile:
    """Return a file with its bytes. RecordsError where it cannot be read or is too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0, os.strerror(error.errno or 0))
        raise RecordsError([Finding(code="records.file-unreadable", file=path.name, found=reason)]) from error
    if len(data) > MAX_FILE_BYTES:
        limit = f"{MAX_FILE_BYTES // 1_000_000} MB"
        raise RecordsError([Finding(code="records.file-too-large", file=path.name, details={"limit": limit})])
    return TextFile(name=path.name, data=data)


@dataclass(frozen=True, kw_only=True)
class TextFile(RecordFile):
    """A file that may be read as text, too."""

    @property
    def data_text(self) -> str:
        """Return the bytes as UTF-8; what is none shows as a mark."""
        return (self.data or b"").decode("utf-8-sig", "replace")


def _sheet_of(by: ColumnMap) -> Sheet:
    return LOG if by.target == "log" else TRIPS
