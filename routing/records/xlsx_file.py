"""Read the first fitting worksheet of an XLSX file into rows of text. Formulas are shown, never evaluated."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import Final

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from routing.records.columns import Sheet
from routing.records.folding import fold
from routing.records.limits import MAX_COLUMNS, MAX_PARTS, MAX_ROWS, MAX_UNPACKED_BYTES
from routing.records.raw import RawRow, RawTable, table_of
from routing.records.reporting import Report

if not openpyxl.DEFUSEDXML:  # pragma: no cover - defusedxml is a declared dependency
    raise ImportError("openpyxl must find defusedxml, or XML entities could expand without bound")

_CHUNK: Final = 1 << 16


def read_xlsx(data: bytes, sheet: Sheet, report: Report) -> RawTable | None:
    """Return the table in `data`, or None where it cannot be read."""
    if not data:
        report.add("records.file-empty")
        return None
    if not _harmless(data, report):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that matter to nobody here
            rows = _rows(data, sheet, report)
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever its parsers met in a malformed file
        report.add("records.xlsx-broken", found=type(error).__name__)
        return None
    table = table_of(rows)
    if table is None:
        report.add("records.file-empty")
    return table


def _harmless(data: bytes, report: Report) -> bool:
    """Unpack every part in small steps and tell whether all stay within the limits, declared and actual."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            declared = sum(part.file_size for part in parts)
            if len(parts) > MAX_PARTS or declared > MAX_UNPACKED_BYTES or _unpacked(archive) > MAX_UNPACKED_BYTES:
                report.add(
                    "records.xlsx-too-large",
                    found=f"{declared:_} B, {len(parts)}".replace("_", " "),
                    bytes=f"{MAX_UNPACKED_BYTES:_}".replace("_", " "),
                    parts=str(MAX_PARTS),
                )
                return False
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError) as error:
        report.add("records.xlsx-broken", found=type(error).__name__)
        return False
    return True


def _unpacked(archive: zipfile.ZipFile) -> int:
    """Return how many bytes the parts really hold, counting no further than just above the limit."""
    total = 0
    for part in archive.infolist():
        with archive.open(part) as file:
            while total <= MAX_UNPACKED_BYTES and (chunk := file.read(_CHUNK)):
                total += len(chunk)
    return total


def _rows(data: bytes, sheet: Sheet, report: Report) -> list[RawRow]:
    workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        worksheets = workbook.worksheets
        names = {fold(sheet.name), fold(sheet.et)}
        chosen = next((worksheet for worksheet in worksheets if fold(worksheet.title) in names), worksheets[0])
        others = [worksheet.title for worksheet in worksheets if worksheet is not chosen]
        if others:
            report.note("records.other-worksheets", found=", ".join(others), chosen=chosen.title)
        chosen.reset_dimensions()  # what the file says of its own size need not be true
        rows = [
            RawRow(number=number, cells=tuple(map(_text, values)))
            for number, values in enumerate(
                chosen.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS + 1, values_only=True), start=1
            )
            if any(value is not None for value in values)
        ]
        if next(chosen.iter_rows(min_row=MAX_ROWS + 1, max_col=1, values_only=True), None) is not None:
            report.add("records.too-many-rows", row=MAX_ROWS + 1, limit=str(MAX_ROWS))
    finally:
        workbook.close()
    return rows


def _text(value: object) -> str:
    """Return a cell as the text a person would have typed."""
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case date() | time() | timedelta():
            return _moment(value)
        case ArrayFormula() | DataTableFormula():
            return f"={getattr(value, 'text', None) or ''}"
    return "" if value is None else str(value)


def _moment(value: date | time | timedelta) -> str:
    """Return a date, clock time or length as typed, rounded to whole seconds."""
    match value:
        case datetime():
            moment = (value + timedelta(milliseconds=500)).replace(microsecond=0)
            return moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ")
        case date():
            return value.isoformat()
        case time():
            seconds = value.hour * 3600 + value.minute * 60 + value.second
            return _clock(timedelta(seconds=seconds, microseconds=value.microsecond))
    return _clock(value)


def _clock(value: timedelta) -> str:
    """Return a clock time or length as h:mm, with seconds where there are any, rounded to whole seconds."""
    total = round(value.total_seconds())
    text = f"{total // 3600:02d}:{total % 3600 // 60:02d}"
    return f"{text}:{total % 60:02d}" if total % 60 else text
