"""Change a week: rows of the records and plans of its days at once, in one short transaction, so that it can be undone.

What a change does to rows is kept with it in the history of the week (`week:<monday>`); undoing it puts the rows back,
unless somebody has changed them since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.desk.day_writing import begin_write, keep_plan
from api.desk.day_writing import undo as undo_day
from api.desk.laid_out import Days, OpenDay
from api.desk.plan_versions import touch
from api.desk.record_set import RecordSet, Row, errors_of, new_findings
from api.desk.records import TOPICS, new_record, record_set, sheet_named, words_of
from api.errors import ConflictError, MissingError, RefusedError
from api.store.base import subject_name
from api.store.cache import stand_of
from api.store.history import doing, write
from api.store.journal import History
from api.store.plans import Day, Why
from api.store.records import Record
from routing.findings import Finding
from routing.plan import Plan
from routing.records.model import Records

UNDO: Final = "week.undo"
_CHANGING: Final = ("week.move", "week.accept", "week.absence")
"""Actions that can be undone."""


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """What becomes of one row: its cells before and after, None where there are none."""

    sheet: str
    key: str
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None

    def turned(self) -> RowChange:
        """Return what takes this change back."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, kw_only=True)
class ChangedDay:
    """One day with what it then holds: the plan it gets, or None where its present plan is taken back."""

    opened: OpenDay
    plan: Plan | None


@dataclass(frozen=True, kw_only=True)
class WeekChange:
    """A change that was worked out on a state of the records (`stand`) and is ready to be written.

    `records` are those after it; `undoes` is the row of history that it takes back.
    """

    monday: dt.date
    action: str
    stand: int
    rows: tuple[RowChange, ...]
    records: Records
    days: tuple[ChangedDay, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    undoes: int | None = None


def records_after(session: Session, rows: Iterable[RowChange], base: Records) -> Records:
    """Return the records as they would be after a change of rows; areas of places stay as they were found.

    ConflictError where a row is not as it was when the change was made up, RefusedError where the records refuse it.
    """
    before = record_set(session)
    after = before
    for change in rows:
        after = _changed(after, change)
    read, findings = after.read()
    errors = errors_of(new_findings(before.read()[1], findings))
    if read is None or errors:
        raise RefusedError(tuple(errors))
    return replace(base, visits=read.visits, shifts=read.shifts, absences=read.absences)


def _changed(rows: RecordSet, change: RowChange) -> RecordSet:
    found = next((row for row in rows.rows.get(change.sheet, ()) if row.key == change.key), None)
    if (None if found is None else dict(found.cells)) != (None if change.before is None else dict(change.before)):
        raise ConflictError([Finding(code="weeks.row-changed", field="visit", found=change.key)])
    if change.after is None:
        return rows.without_row(change.sheet, change.key)
    return rows.with_row(change.sheet, Row(key=change.key, cells=change.after))


def keep_change(days: Days, session: Session, change: WeekChange) -> None:
    """Write a change; ConflictError where the records have changed since it was worked out."""
    if stand_of(session, *TOPICS) != change.stand:
        raise ConflictError([Finding(code="weeks.changed-meanwhile")])
    with doing(session, change.action):
        for row in change.rows:
            _write_row(session, row)
    versions = {changed.opened.date.isoformat(): _write_day(days, session, changed, change) for changed in change.days}
    after: dict[str, Any] = {**change.details, "rows": [asdict(row) for row in change.rows], "days": versions}
    if change.undoes is not None:
        after["undoes"] = change.undoes
    write(session, change.action, week_subject(change.monday), after=after)


def _write_row(session: Session, change: RowChange) -> None:
    record = session.get(Record, (change.sheet, change.key))
    if change.after is None:
        if record is None:
            raise MissingError(subject_name("record", change.sheet, change.key))
        session.delete(record)
    elif record is None:
        last = session.scalar(select(func.max(Record.position)).where(Record.sheet == change.sheet)) or 0
        sheet = sheet_named(change.sheet)
        session.add(new_record(sheet, change.key, dict(change.after), position=last + 1))
    else:
        record.cells = dict(change.after)
        record.words = words_of(change.after)
    session.flush()


def _write_day(days: Days, session: Session, changed: ChangedDay, change: WeekChange) -> str:
    """Let a day stand at its plan; return the version it stands at."""
    opened = changed.opened
    row: Day = begin_write(session, opened, opened.version)
    if changed.plan is None:
        undo_day(session, opened, row)
    else:
        why = Why.MOVE if change.action == "week.move" else Why.ACCEPT
        keep_plan(days, session, opened, row, changed.plan, why)
    touch(session, row, opened.version, change.action, week=change.monday.isoformat())
    return row.current or ""


def week_subject(monday: dt.date) -> str:
    """Return the name of a week in the history."""
    return subject_name("week", monday.isoformat())


def last_change(session: Session, monday: dt.date) -> History | None:
    """Return the change of a week that undoing would take back, None where there is none."""
    wanted = select(History).where(History.topic == "week", History.subject == week_subject(monday))
    undone: set[int] = set()
    for row in session.scalars(wanted.order_by(History.id.desc())):
        if row.action == UNDO and row.after:
            undone.add(int(row.after["undoes"]))
        elif row.action in _CHANGING and row.id not in undone:
            return row
    return None


def rows_of(kept: History) -> tuple[RowChange, ...]:
    """Return the rows that a kept change has changed."""
    return tuple(RowChange(**row) for row in (kept.after or {}).get("rows", ()))
