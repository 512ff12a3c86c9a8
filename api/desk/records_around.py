"""What stands around a record: which others refer to it, and what has become of it so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from api.desk.record_set import Row
from api.desk.records import record_set
from api.store.base import subject_name
from api.store.history import changes_of
from routing.records.cleaning import read_cell
from routing.records.columns import Column
from routing.records.kind import CellError
from routing.records.sheets import CARE_SLOTS, SHEETS


@dataclass(frozen=True, kw_only=True)
class Reference:
    """One cell of another record that names this one; `needed` where this one may not go before it."""

    sheet: str
    key: str
    field: str
    cells: Mapping[str, str]
    needed: bool


@dataclass(frozen=True, kw_only=True)
class CellChange:
    """One cell before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One change of a record: when, by whom, what was done, and what it did to its cells."""

    at: dt.datetime
    actor: str
    action: str
    changes: tuple[CellChange, ...]


def references_to(session: Session, sheet: str, key: str) -> tuple[Reference, ...]:
    """Return every cell of other records that names the record."""
    rows = record_set(session).rows
    return tuple(
        Reference(
            sheet=other.name,
            key=row.key,
            field=column.field,
            cells=row.cells,
            needed=other.requires(column) or column.refers == CARE_SLOTS.name,
        )
        for other in SHEETS
        for column in other.columns
        if column.refers == sheet
        for row in rows.get(other.name, ())
        if _names(column, row, key) and (other.name, row.key) != (sheet, key)
    )


def history_of(session: Session, sheet: str, key: str) -> tuple[Entry, ...]:
    """Return what has become of a record, the newest first."""
    changes = changes_of(session, subject_name("record", sheet, key))
    return tuple(
        Entry(
            at=change.at,
            actor=change.actor,
            action=change.action,
            changes=tuple(_cell_changes(_cells(change.before), _cells(change.after))),
        )
        for change in reversed(changes)
    )


def _names(column: Column, row: Row, key: str) -> bool:
    try:
        value = column.kind.parse(read_cell(row.cells.get(column.field, "")))
    except CellError:
        return False
    return value == key or (isinstance(value, frozenset) and key in value)


def _cells(image: Mapping[str, Any] | None) -> Mapping[str, str]:
    return {} if image is None else image.get("cells") or {}


def _cell_changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[CellChange]:
    for field in dict.fromkeys((*before, *after)):
        if before.get(field, "") != after.get(field, ""):
            yield CellChange(field=field, before=before.get(field, ""), after=after.get(field, ""))
