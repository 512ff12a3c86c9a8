"""What the log and closed months stand on: records that may not go, or what was charged for would come undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.books import LogEntry, Statement
from api.store.cache import remembered
from routing.books.entry import EntryKind
from routing.books.kinds import KIND
from routing.findings import Finding, Severity
from routing.records.cleaning import read_cell
from routing.records.columns import Sheet
from routing.records.kind import CellError
from routing.records.series import occurrence_id
from routing.records.sheets import SHEET_BY_NAME

_TOPICS: Final = ("log_entry", "statement", "month")
_CODES: Final[Mapping[str, str]] = {
    "clients": "ledger.client-in-log",
    "decisions": "ledger.dated-in-log",
    "ride_series": "ledger.dated-in-log",
    "reliefs": "ledger.dated-in-log",
}
_SPANS: Final[Mapping[str, tuple[str, str]]] = {
    "decisions": ("valid_from", "valid_to"),
    "reliefs": ("first", "last"),
}
"""The sheets whose records price what was done while they held: where they say from when to when."""

_OTHER: Final = "ledger.record-in-log"


@dataclass(frozen=True, kw_only=True)
class LogNeeds:
    """The records that entries name or were priced by; `served` are client, service and day of each entry."""

    clients: frozenset[str]
    places: frozenset[str]
    rides: frozenset[tuple[str, dt.date]]
    served: frozenset[tuple[str, str, dt.date]]

    def about(self, sheet: str, key: str, cells: Mapping[str, str]) -> bool:
        """Tell whether the log or a closed month stands on a record."""
        if sheet == "clients":
            return key in self.clients
        if sheet == "places":
            return key in self.places
        if sheet == "rides":
            return any(name == key for name, _ in self.rides)
        if sheet == "ride_series":
            return any(name == occurrence_id(key, day) for name, day in self.rides)
        return sheet in _SPANS and self._priced_by(SHEET_BY_NAME[sheet], cells)

    def _priced_by(self, sheet: Sheet, cells: Mapping[str, str]) -> bool:
        """Tell whether something was done while a decision or a relief held."""
        begins, ends = _SPANS[sheet.name]
        first, last = date_in(sheet, begins, cells), date_in(sheet, ends, cells)
        if first is None:
            return False  # it cannot be read, so nothing was priced by it
        return any(
            client == cells.get("client")
            and service == cells.get("service", service)
            and first <= day
            and (last is None or day <= last)
            for client, service, day in self.served
        )


def log_needs(session: Session) -> LogNeeds:
    """Return what the log and closed months stand on, worked out once until they change."""
    return remembered(session, "log needs", *_TOPICS, make=lambda: _needs(session))


def in_log(sheet: str, key: str, cells: Mapping[str, str], *, severity: Severity = Severity.ERROR) -> Finding:
    """Return the finding of a record that cannot be removed; its action offers an end where the record has one."""
    name = cells.get("case_number") or cells.get("act") or key  # the key of a decision is nothing people know
    return Finding(code=_CODES.get(sheet, _OTHER), severity=severity, file=f"{sheet}.csv", found=name)


def _needs(session: Session) -> LogNeeds:
    rows = session.execute(select(LogEntry.day, LogEntry.cells)).all()
    clients = {cells.get("client", "") for _, cells in rows} | set(session.scalars(select(Statement.client)))
    return LogNeeds(
        clients=frozenset(clients),
        places=frozenset(cells[end] for _, cells in rows for end in ("start", "end") if end in cells),
        rides=frozenset(_rides(rows)),
        served=frozenset((cells.get("client", ""), cells.get("service", ""), day) for day, cells in rows),
    )


def _rides(rows: Iterable[tuple[dt.date, Mapping[str, str]]]) -> Iterator[tuple[str, dt.date]]:
    rides = {KIND.write(EntryKind.RIDE, lang) for lang in ("et", "en")}
    for day, cells in rows:
        if cells.get("request") and cells.get("kind") in rides:
            yield cells["request"], day


def date_in(sheet: Sheet, field: str, cells: Mapping[str, str]) -> dt.date | None:
    """Return the date that a cell holds, None where it holds none or cannot be read."""
    text = cells.get(field, "")
    try:
        found = sheet.column_by_field[field].kind.parse(read_cell(text)) if text else None
    except CellError:
        return None
    return found if isinstance(found, dt.date) else None
