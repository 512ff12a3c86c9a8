"""Find records in an order of one's own: by any column, as people count and spell."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from sqlalchemy.orm import Session

from api.desk.records import Page, list_records, sheet_named
from api.store.records import Record
from api.wording.spelling import spelling
from routing.errors import UsageError
from routing.problem import TimeWindow
from routing.records.cleaning import read_cell
from routing.records.columns import Column
from routing.records.kind import CellError
from routing.records.limits import MAX_ROWS

Rank: TypeAlias = tuple[int, int, tuple[tuple[int, ...], ...]]


def find_records(
    session: Session, sheet: str, *, search: str = "", sort: str = "", start: int = 0, size: int = 50
) -> Page:
    """Return records as `list_records` does, ordered by the field `sort`, backwards where it begins with a minus.

    Blank cells come last either way. UsageError where the sheet has no such field.
    """
    if not sort:
        return list_records(session, sheet, search=search, start=start, size=size)
    column = sheet_named(sheet).column_by_field.get(sort.removeprefix("-"))
    if column is None:
        raise UsageError(f"The sheet {sheet} has no field {sort.removeprefix('-')!r} to sort by.")
    found = list_records(session, sheet, search=search, size=MAX_ROWS).records
    filled = [record for record in found if record.cells.get(column.field)]
    blank = [record for record in found if not record.cells.get(column.field)]
    ordered = sorted(filled, key=lambda record: _rank(column, record), reverse=sort.startswith("-"))
    return Page(records=tuple([*ordered, *blank][start : start + size]), total=len(found))


def _rank(column: Column, record: Record) -> Rank:
    """Return the place of a record: by value where there is an order of values, else by the letters of its text."""
    text = record.cells[column.field]
    try:
        value = column.kind.parse(read_cell(text))
    except CellError:
        return (2, 0, spelling(text))
    match value:
        case date():
            return (0, value.toordinal(), ())
        case int() | float():
            return (0, round(value * 1_000_000), ())
        case (TimeWindow(earliest=earliest), *_):
            return (0, earliest, ())
    return (1, 0, spelling(column.kind.write(value, "et")))
