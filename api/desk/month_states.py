"""What becomes of a month: worked out anew, approved as it is, closed for ever; what changes takes an approval back.

Who approves has looked the statements through; who closes sends them out. A month that has changed since it was
approved is a draft again, whatever changed it: the log and decisions say so at once, and for records and price lists
the digest of the statements tells.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.errors import ConflictError
from api.store import books
from api.store.books import MonthState
from api.store.history import actor, doing, now
from maps.local_time import ESTONIA
from routing.books.months import Month, month_of, read_month
from routing.books.statement import Statement, StatementLine
from routing.findings import Finding

LINES: Final = TypeAdapter(StatementLine)
"""Lines of statements as plain data and back."""


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Who approved a month last, and when; it `holds` as long as its statements are those that were approved."""

    by: str
    at: dt.datetime
    holds: bool


def today(session: Session) -> dt.date:
    """Return the day it is in Estonia."""
    return now(session).astimezone(ESTONIA).date()


def digest_of(statements: Iterable[Statement]) -> str:
    """Return what names statements by all that they say."""
    said = [(one.client, [plain(line) for line in one.lines], one.open_entries) for one in statements]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def plain(line: StatementLine) -> dict[str, object]:
    """Return a line of a statement as plain data."""
    found: dict[str, object] = LINES.dump_python(replace(line, said=dict(line.said)), mode="json")
    return found


def state_of(row: books.Month | None, digest: str) -> MonthState:
    """Return the state of a month whose statements have this digest."""
    if row is None or (row.state == MonthState.APPROVED and row.approved != digest):
        return MonthState.OPEN
    return MonthState(row.state)


def approval_of(row: books.Month | None, state: MonthState) -> Approval | None:
    """Return who approved a month, None where nobody has."""
    if row is None or row.approved_by is None or row.approved_at is None:
        return None
    return Approval(by=row.approved_by, at=row.approved_at, holds=state is not MonthState.OPEN)


def write_approval(session: Session, month: Month, digest: str) -> None:
    """Write down that statements with this digest are approved."""
    row, by, at = session.get(books.Month, str(month)), actor(session), now(session)
    with doing(session, "month.approve"):
        if row is None:
            row = books.Month(month=str(month))
            session.add(row)
        row.state, row.by, row.at = MonthState.APPROVED.value, by, at
        row.approved, row.approved_by, row.approved_at = digest, by, at


def write_closed(session: Session, month: Month) -> None:
    """Write down that a month is closed."""
    row = session.get(books.Month, str(month))
    if row is None or row.state != MonthState.APPROVED:
        raise ConflictError([unapproved(month)])
    row.state, row.by, row.at = MonthState.CLOSED.value, actor(session), now(session)
    session.flush()


def take_back_approval(session: Session, month: Month) -> None:
    """Make an approved month a draft again, because somebody says so; ConflictError where it is not approved."""
    row = session.get(books.Month, str(month))
    if row is None or row.state != MonthState.APPROVED:
        raise ConflictError([unapproved(month)])
    with doing(session, "month.draft"):
        row.state, row.by, row.at = MonthState.OPEN.value, actor(session), now(session)
        row.approved = row.approved_by = row.approved_at = None


def draft_again(session: Session, days: Iterable[dt.date]) -> None:
    """Make the approved months of some days drafts again, since what they are made of has changed."""
    for month in sorted({month_of(day) for day in days}):
        row = session.get(books.Month, str(month))
        if row is not None and row.state == MonthState.APPROVED:
            with doing(session, "month.draft"):
                row.state, row.by, row.at = MonthState.OPEN.value, actor(session), now(session)


def running(session: Session, month: Month) -> tuple[Finding, ...]:
    """Return what says that a month is not over yet."""
    if month.last < today(session):
        return ()
    details = {"month": str(month), "last": month.last.isoformat()}
    return (Finding(code="ledger.month-running", found=str(month), details=details),)


def ahead(session: Session, days: Iterable[dt.date]) -> tuple[Finding, ...]:
    """Return what says that a day is still to come, and so nothing of it has happened."""
    present = today(session)
    return tuple(Finding(code="ledger.day-ahead", found=day.isoformat()) for day in sorted({*days}) if day > present)


def unapproved(month: Month) -> Finding:
    """Return what says that a month has not been approved as it is."""
    return Finding(code="ledger.month-unapproved", found=str(month), details={"month": str(month)})


def closed_months(session: Session) -> tuple[Month, ...]:
    """Return the closed months in their order."""
    rows = session.scalars(select(books.Month).where(books.Month.state == MonthState.CLOSED.value))
    return tuple(sorted(read_month(row.month) for row in rows))


def closed_already(month: Month) -> Finding:
    """Return what says that a month is closed and stays as it is."""
    return Finding(code="ledger.month-closed", found=str(month), details={"month": str(month)})
