"""Keep the history: every change of a row becomes a row of history in the same transaction, nobody can forget it.

Rows are watched as the session writes them. Statements that would change rows unseen are refused.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import Any, Final

from sqlalchemy import event, func, insert, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.unitofwork import UOWTransaction

from api.errors import Change, StaleError
from api.store.base import JOURNAL, Base, Versioned, subject_of
from api.store.journal import Access, History

ACTOR: Final = "actor"
CLOCK: Final = "clock"
_ACTION: Final = "action"
_UNSEEN: Final = "•"


def now(session: Session) -> dt.datetime:
    """Return the present moment of a session's store."""
    clock: Callable[[], dt.datetime] = session.info[CLOCK]
    return clock()


def actor(session: Session) -> str:
    """Return who acts in a writing transaction."""
    who: str = session.info[ACTOR]
    return who


def write(
    session: Session,
    action: str,
    subject: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> None:
    """Write one row of history for the actor of the transaction; `subject` is `topic:name`.

    Rows write theirs by themselves. This is for what happens beside them, such as a sign-in or an export.
    """
    values = {
        "at": now(session),
        "actor": actor(session),
        "action": action,
        "topic": subject.partition(":")[0],
        "subject": subject,
        "version": version,
        "before": None if before is None else dict(before),
        "after": None if after is None else dict(after),
    }
    session.connection().execute(insert(History), values)


@contextmanager
def doing(session: Session, action: str) -> Iterator[None]:
    """Name what is being done, `records.import`: rows changed in the block carry it as their action."""
    session.flush()
    earlier = session.info.get(_ACTION)
    session.info[_ACTION] = action
    try:
        yield
        session.flush()
    finally:
        session.info[_ACTION] = earlier


def seen(session: Session, *persons: str, purpose: str) -> None:
    """Log that the actor of the transaction saw the data of `persons`, subjects such as `record:clients/K1`."""
    common = {"at": now(session), "actor": actor(session), "purpose": purpose}
    if persons:
        session.connection().execute(insert(Access), [{**common, "person": person} for person in persons])


def seen_by(session: Session, person: str) -> tuple[Access, ...]:
    """Return who saw the data of `person`, the oldest first: what she may ask for."""
    return tuple(session.scalars(select(Access).where(Access.person == person).order_by(Access.id)))


def changes_of(session: Session, subject: str, *, after_version: int = 0) -> tuple[History, ...]:
    """Return the changes of a row, the oldest first; those behind a version where one is given."""
    wanted = select(History).where(History.subject == subject).order_by(History.id)
    if after_version:
        known = (History.subject == subject, History.version == after_version, History.after.is_not(None))
        wanted = wanted.where(History.id > (session.scalar(select(func.max(History.id)).where(*known)) or 0))
    return tuple(session.scalars(wanted))


def last_version(session: Session, subject: str) -> int:
    """Return the last version a row has had, 0 where there was none yet."""
    with session.no_autoflush:
        return session.scalar(select(func.max(History.version)).where(History.subject == subject)) or 0


def expect(session: Session, row: Base, version: int) -> None:
    """Make sure that a row is what was seen; StaleError, which says what has changed, where it is not."""
    found = getattr(row, "version", None)
    if found != version:
        raise stale(session, subject_of(row), version, found)


def stale(session: Session, subject: str, expected: int, found: int | None) -> StaleError:
    """Return the error of a row that has changed since its version `expected`, None for `found` where it is gone."""
    changes = [
        Change(at=change.at, actor=change.actor, action=change.action, before=change.before, after=change.after)
        for change in changes_of(session, subject, after_version=expected)
    ]
    return StaleError(subject=subject, expected=expected, found=found, changes=changes)


def record_changes(session: Session) -> None:
    """Watch a writing session."""
    event.listen(session, "before_flush", _count_versions)
    event.listen(session, "after_flush", _after_flush)
    event.listen(session, "do_orm_execute", _refuse_unseen)


def _count_versions(session: Session, _context: UOWTransaction, _instances: object) -> None:
    for row in session.new:
        if isinstance(row, Versioned) and isinstance(row, Base) and getattr(row, "version", None) is None:
            row.version = last_version(session, subject_of(row)) + 1
    for row in session.dirty:
        if isinstance(row, Versioned) and isinstance(row, Base) and _changed(row)[1]:
            row.version += 1


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    for row in session.new:
        if isinstance(row, Base) and row.journaled:
            _write_row(session, row, "add", None, _image(row))
    for row in session.dirty:
        if isinstance(row, Base) and row.journaled:
            before, after = _changed(row)
            if after:
                _write_row(session, row, "change", before, after)
    for row in session.deleted:
        if isinstance(row, Base) and row.journaled:
            _write_row(session, row, "remove", _image(row), None)


def _write_row(
    session: Session, row: Base, verb: str, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    action = session.info.get(_ACTION) or f"{row.__tablename__}.{verb}"
    version = getattr(row, "version", None)
    write(session, action, subject_of(row), before=before, after=after, version=version)


def _image(row: Base) -> dict[str, Any]:
    """Return the columns of a row as plain data."""
    mapper = inspect(row).mapper
    return {
        attribute.key: _plain(getattr(row, attribute.key), attribute.columns[0].info.get(JOURNAL))
        for attribute in mapper.column_attrs
        if attribute.columns[0].info.get(JOURNAL) != "skipped"
    }


def _changed(row: Base) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the changed columns of a row, before and after."""
    state = inspect(row)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for attribute in state.mapper.column_attrs:
        how = attribute.columns[0].info.get(JOURNAL)
        history = state.attrs[attribute.key].history
        if how != "skipped" and history.has_changes():
            before[attribute.key] = _plain(history.deleted[0] if history.deleted else None, how)
            after[attribute.key] = _plain(history.added[0] if history.added else None, how)
    return before, after


def _plain(value: object, how: str | None) -> Any:  # noqa: ANN401 - any JSON value
    if value is None:
        return None
    if how == "secret":
        return _UNSEEN
    if how == "digested":
        return f"sha256:{hashlib.sha256(str(value).encode()).hexdigest()}"
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else value


def _refuse_unseen(state: ORMExecuteState) -> None:
    """Refuse statements that would change watched rows without their objects."""
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    mapper = state.bind_mapper
    table = getattr(state.statement, "table", None)
    watched = {mapped.local_table for mapped in Base.registry.mappers if mapped.class_.journaled}
    if (mapper is not None and mapper.class_.journaled) or table in watched:
        raise TypeError("Rows that keep a history are changed as objects, not by statements.")
