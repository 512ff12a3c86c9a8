"""Dated visits, absences and shifts as rows of the records, and what a change of them does to their cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any

from api.desk.record_set import STORED_LANG, RecordSet
from api.desk.week_change import RowChange
from api.store.base import new_id
from routing.records.columns import Sheet
from routing.records.model import Absence, CareVisit, Records, ShiftRecord
from routing.records.sheets import ABSENCES, SHIFTS, VISITS


def visit_changes(rows: RecordSet, before: Iterable[CareVisit], after: Iterable[CareVisit]) -> tuple[RowChange, ...]:
    """Return what turns some dated visits into others."""
    was, now = {one.id: one for one in before}, {one.id: one for one in after}
    names = dict.fromkeys([*was, *now])
    changes = [
        _change(VISITS, rows, name, was.get(name), now.get(name)) for name in names if was.get(name) != now.get(name)
    ]
    return tuple(sorted(changes, key=lambda change: change.after is not None))  # room for ids that come again


def repair_changes(rows: RecordSet, before: Records, after: Records) -> tuple[RowChange, ...]:
    """Return what a repair writes: the absence, substitutes' shifts, and the visits of the days."""
    return (
        *_added_absences(before, after),
        *_added_shifts(rows, before, after),
        *visit_changes(rows, before.visits, after.visits),
    )


def _added_absences(before: Records, after: Records) -> Iterator[RowChange]:
    for absence in after.absences:
        if absence not in before.absences:
            yield RowChange(sheet=ABSENCES.name, key=new_id(), before=None, after=_cells(ABSENCES, absence))


def _added_shifts(rows: RecordSet, before: Records, after: Records) -> Iterator[RowChange]:
    known = {shift.id for shift in before.shifts}
    for shift in after.shifts:
        if shift.id not in known:
            yield _change(SHIFTS, rows, shift.id, None, shift)


def _change(
    sheet: Sheet, rows: RecordSet, key: str, old: CareVisit | ShiftRecord | None, new: CareVisit | ShiftRecord | None
) -> RowChange:
    kept = next((row.cells for row in rows.rows.get(sheet.name, ()) if row.key == key), None) if old else None
    if new is None or old is None or kept is None:
        return RowChange(sheet=sheet.name, key=key, before=kept, after=None if new is None else _cells(sheet, new))
    changed = {
        column.field: _text(sheet, column.field, getattr(new, column.field))
        for column in sheet.columns
        if getattr(new, column.field) != getattr(old, column.field)
    }
    merged = {**kept, **changed}
    ordered = {column.field: merged.get(column.field, "") for column in sheet.columns}
    return RowChange(
        sheet=sheet.name, key=key, before=kept, after={name: text for name, text in ordered.items() if text}
    )


def _cells(sheet: Sheet, record: CareVisit | ShiftRecord | Absence) -> Mapping[str, str]:
    """Return a record as cells; what it has by default is left blank."""
    defaults: dict[str, Any] = {item.name: item.default for item in fields(record) if item.default is not MISSING}
    named = (column.field for column in sheet.columns)
    cells = {
        name: _text(sheet, name, getattr(record, name))
        for name in named
        if name not in defaults or getattr(record, name) != defaults[name]
    }
    return {name: text for name, text in cells.items() if text}


def _text(sheet: Sheet, name: str, value: Any) -> str:  # noqa: ANN401 - whatever the column's kind holds
    return "" if value is None else sheet.column_by_field[name].kind.write(value, STORED_LANG)
