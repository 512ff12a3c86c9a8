"""Find out which column of a file is which."""

from __future__ import annotations

from typing import Final

from routing.records.cleaning import clean
from routing.records.columns import Column, Sheet
from routing.records.folding import example, fold
from routing.records.limits import MAX_COLUMNS
from routing.records.raw import RawTable
from routing.records.reporting import Report

_NEVER_KEPT: Final = frozenset(
    map(
        fold,
        (
            "isikukood",
            "personal code",
            "id code",
            "diagnoos",
            "diagnosis",
            "RHK",
            "ICD",
            "PIN",
            "PIN-kood",
            "pangakaart",
            "kaardi number",
            "card number",
            "bank card",
            "CVC",
        ),
    )
)


def match_header(table: RawTable, sheet: Sheet, report: Report) -> dict[int, Column]:
    """Return the column at each position; unknown, repeated and missing headers are reported."""
    found: dict[int, Column] = {}
    if any(cell.strip() for cell in table.header.cells[MAX_COLUMNS:]):
        report.add("records.too-many-columns", row=table.header.number, limit=str(MAX_COLUMNS))
    for position, text in enumerate(table.header.cells[:MAX_COLUMNS]):
        name = clean(text)
        column = sheet.column_by_name.get(fold(name)) if name else None
        if column is None:
            _report_stray(table, position, name, sheet, report)
        elif column in found.values():
            report.add("records.column-twice", row=table.header.number, field=name, found=name)
        else:
            found[position] = column
    for column in sheet.columns:
        if sheet.requires(column) and column not in found.values():
            report.add(
                "records.column-missing", row=table.header.number, field=column.field, et=column.et, en=column.en
            )
    return found


def _report_stray(table: RawTable, position: int, name: str, sheet: Sheet, report: Report) -> None:
    """Report a column that is not read, unless it is empty from top to bottom."""
    if not name:
        filled = [row for row in table.rows if position < len(row.cells) and row.cells[position].strip()]
        if filled:
            report.warn("records.column-nameless", row=filled[0].number, found=filled[0].cells[position])
    elif fold(name) in _NEVER_KEPT:
        report.warn("records.column-forbidden", row=table.header.number, field=name, found=name)
    else:
        known = [header for column in sheet.columns for header in (column.et, column.en)]
        report.warn(
            "records.column-unknown",
            row=table.header.number,
            field=name,
            found=name,
            nearest=example(name, known),
        )
