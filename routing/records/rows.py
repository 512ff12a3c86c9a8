"""Turn the rows of a table into records; a row with a fault is reported and left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from routing.records.cleaning import clean, read_cell
from routing.records.columns import Column, Sheet
from routing.records.header import match_header
from routing.records.kind import CellError
from routing.records.model import Origin
from routing.records.personal_code import holds_personal_code
from routing.records.raw import RawRow, RawTable
from routing.records.reporting import Report
from routing.records.text_kinds import CASE_NUMBER


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The records of one sheet, every id its file names (of rows left out too), and its headers by field."""

    records: tuple[Any, ...] = ()
    named: frozenset[str] = frozenset()
    headers: Mapping[str, str] = field(default_factory=dict)


def read_rows(table: RawTable, sheet: Sheet, report: Report) -> Rows:
    """Return the records that `table` holds."""
    columns = match_header(table, sheet, report)
    complete = all(column in columns.values() for column in sheet.columns if sheet.requires(column))
    records: list[Any] = []
    named: set[str] = set()
    for row in table.rows:
        named.add(_identifier(row, columns))
        fits = _has_fitting_width(row, len(table.header.cells), report)
        values = _values(row, columns, sheet, report) if fits else None
        if values is not None and complete:
            records.append(sheet.record(**values, origin=Origin(file=report.file, row=row.number)))
    headers = {column.field: clean(table.header.cells[position]) for position, column in columns.items()}
    return Rows(records=tuple(records), named=frozenset(named - {""}), headers=headers)


def _identifier(row: RawRow, columns: Mapping[int, Column]) -> str:
    """Return the id of a row as far as it can be read: rows left out are known by it too."""
    cells = [row.cells[i] for i, column in columns.items() if column.field == "id" and i < len(row.cells)]
    try:
        return read_cell(cells[0]) if cells else ""
    except CellError:
        return ""


def _values(row: RawRow, columns: Mapping[int, Column], sheet: Sheet, report: Report) -> dict[str, Any] | None:
    """Return the values of one row by field, or None where any of them has a fault."""
    values: dict[str, Any] = {}
    sound = True
    for position, column in columns.items():
        text = row.cells[position] if position < len(row.cells) else ""
        try:
            text = read_cell(text)
            _check_privacy(text, column, row, report)
            if text or sheet.requires(column):
                values[column.field] = column.kind.parse(text)
        except CellError as fault:
            report.fault(fault, row=row.number, field=column.field, found=text)
            sound = False
    return values if sound else None


def _check_privacy(text: str, column: Column, row: RawRow, report: Report) -> None:
    """Warn of personal codes, which the records must not hold; case numbers have eleven digits too."""
    if column.kind is not CASE_NUMBER and holds_personal_code(text):
        report.warn("records.personal-code", row=row.number, field=column.field, found=text)


def _has_fitting_width(row: RawRow, width: int, report: Report) -> bool:
    """Report a row with more or fewer cells than the header, and tell whether it can be trusted all the same.

    More cells come from a separator inside a value, so that everything behind it has moved.
    """
    if any(cell.strip() for cell in row.cells[width:]):
        report.add("records.row-long", row=row.number, found=str(len(row.cells)), width=str(width))
        return False
    if len(row.cells) < width:
        report.warn("records.row-short", row=row.number, found=str(len(row.cells)), width=str(width))
    return True
