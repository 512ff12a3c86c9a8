"""The months of the books: statements worked out anew while a month is open, and as charged once it is closed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.log_entries import LOG_TOPICS, entries_between, unread_between
from api.desk.month_decisions import adjustments_of
from api.desk.month_states import (
    LINES,
    Approval,
    approval_of,
    closed_already,
    closed_months,
    digest_of,
    plain,
    running,
    state_of,
    today,
    unapproved,
    write_approval,
    write_closed,
)
from api.desk.municipality import open_municipality, open_municipality_fees
from api.errors import ConflictError, StaleError
from api.store import books
from api.store.base import new_id, subject_name
from api.store.books import MonthState
from api.store.cache import remembered, stand_of
from api.store.history import actor, doing, now
from api.store.plans import Day
from routing.books.charging import Pricing
from routing.books.closing import blockers, charged_for, corrections
from routing.books.months import Month, month_of, read_month
from routing.books.statement import (
    Adjustment,
    Statement,
    StatementLine,
    statements,
    statements_of,
)
from routing.findings import Finding

MENDED: Final = 12
"""Closed months that are looked through for what has changed in the log since."""

_TOPICS: Final = (*LOG_TOPICS, "record", "document", "import", "month", "adjustment")


@dataclass(frozen=True, kw_only=True)
class MonthBook:
    """A month as it stands: its statements, and why it cannot be approved yet; `stand` names what it was made of."""

    month: Month
    state: MonthState
    statements: tuple[Statement, ...]
    blockers: tuple[Finding, ...]
    adjustments: tuple[Adjustment, ...]
    stand: int
    approval: Approval | None = None

    @property
    def is_closed(self) -> bool:
        """Tell whether it stands for ever."""
        return self.state is MonthState.CLOSED

    @property
    def is_approved(self) -> bool:
        """Tell whether somebody has approved it as it is, and it can be closed."""
        return self.state is MonthState.APPROVED and not self.blockers

    @property
    def total(self) -> Decimal:
        """Return the sum of everything that is known."""
        return sum((statement.known for statement in self.statements), Decimal("0.00"))


@dataclass(frozen=True, kw_only=True)
class MonthRow:
    """A month in the list of months. What was approved may have changed since: opening the month tells."""

    month: Month
    state: MonthState
    entries: int


def list_months(session: Session) -> tuple[MonthRow, ...]:
    """Return every month that has entries, published days up to today or a state, the latest first."""
    published = select(Day.day).where(Day.published.is_not(None), Day.day <= today(session))
    counts: defaultdict[Month, int] = defaultdict(int, {month_of(day): 0 for day in session.scalars(published)})
    for day in session.scalars(select(books.LogEntry.day)):
        counts[month_of(day)] += 1
    states = {read_month(row.month): MonthState(row.state) for row in session.scalars(select(books.Month))}
    return tuple(
        MonthRow(month=month, state=states.get(month, MonthState.OPEN), entries=counts[month])
        for month in sorted({*counts, *states}, reverse=True)
    )


def open_book(session: Session, month: Month) -> MonthBook:
    """Return a month as it stands. RecordsError where the records cannot be read."""
    book = remembered(session, f"month {month}", *_TOPICS, make=lambda: _opened(session, month))
    return book if book.is_closed else replace(book, blockers=(*running(session, month), *book.blockers))


def _opened(session: Session, month: Month) -> MonthBook:
    closed = closed_months(session)
    stand = stand_of(session, *_TOPICS)
    decided = adjustments_of(session, month)
    row = session.get(books.Month, str(month))
    if month in closed:
        return MonthBook(
            month=month,
            state=MonthState.CLOSED,
            statements=_kept(session, month),
            blockers=(),
            adjustments=decided,
            stand=stand,
            approval=approval_of(row, MonthState.CLOSED),
        )
    made = statements(
        _pricing(session),
        entries_between(session, dt.date(month.year, 1, 1), month.last),
        month,
        adjustments=decided,
        corrections=_corrections(session, closed, month) if _is_next(session, closed, month) else {},
    )
    state = state_of(row, digest_of(made))
    return MonthBook(
        month=month,
        state=state,
        statements=made,
        blockers=(*blockers(made), *_unread(session, closed, month), *_earlier(session, closed, month)),
        adjustments=decided,
        stand=stand,
        approval=approval_of(row, state),
    )


def _unread(session: Session, closed: Sequence[Month], month: Month) -> tuple[Finding, ...]:
    """Return the rows of the log that cannot be read, of this year and of the months that would be mended by it."""
    first = min([month, *closed[-MENDED:]])
    return unread_between(session, dt.date(first.year, 1, 1), month.last)


def approve_month(session: Session, book: MonthBook) -> None:
    """Approve a month in a writing transaction, as it was seen. Raises what closing raises."""
    _refuse_unfit(session, book)
    write_approval(session, book.month, digest_of(book.statements))


def close_month(session: Session, book: MonthBook) -> None:
    """Close an approved month in a writing transaction, as it was seen: all of its statements are kept, or nothing is.

    ConflictError where something keeps it open, or nobody has approved it as it is; StaleError where log, records,
    price lists or decisions have changed since the book was opened.
    """
    _refuse_unfit(session, book)
    if not book.is_approved:
        raise ConflictError([unapproved(book.month)])
    by, at = actor(session), now(session)
    with doing(session, "month.close"):
        write_closed(session, book.month)
        for statement in book.statements:
            row = books.Statement(
                id=new_id(), month=str(book.month), client=statement.client, total=str(statement.known), by=by, at=at
            )
            session.add(row)
            session.flush()
            session.add_all(_line_row(row.id, number, line) for number, line in enumerate(statement.lines))


def _refuse_unfit(session: Session, book: MonthBook) -> None:
    """Raise where a month cannot be approved or closed as it was seen."""
    if book.is_closed:
        raise ConflictError([closed_already(book.month)])
    if found := book.blockers:
        raise ConflictError(found)
    if stand_of(session, *_TOPICS) != book.stand:
        raise StaleError(subject=subject_name("month", book.month), expected=None, found=None)


def _pricing(session: Session) -> Pricing:
    return Pricing(records=open_municipality(session).records, book=open_municipality_fees(session)[0])


def _is_next(session: Session, closed: Sequence[Month], month: Month) -> bool:
    """Tell whether a month is the first open one: what mends closed months is charged there."""
    return bool(closed) and month > closed[-1] and not _earlier(session, closed, month)


def _earlier(session: Session, closed: Sequence[Month], month: Month) -> tuple[Finding, ...]:
    """Return what says that an earlier month has to be closed first; months before the first closed one are let be."""
    since = closed[-1].next if closed else None
    days = select(books.LogEntry.day).where(books.LogEntry.day < month.first).distinct()
    if since is not None:
        days = days.where(books.LogEntry.day >= since.first)
    waiting = sorted({month_of(day) for day in session.scalars(days)})
    found = {"month": str(month)}
    return tuple(Finding(code="ledger.month-before-open", found=str(one), details=found) for one in waiting)


def _corrections(session: Session, closed: Sequence[Month], month: Month) -> Mapping[str, Sequence[StatementLine]]:
    """Return by client what mends the closed months, dated by the last day of the month it is charged in."""
    months = closed[-MENDED:]
    entries = entries_between(session, dt.date(months[0].year, 1, 1), months[-1].last)
    charges, mended = _pricing(session).charges_by_month(entries), defaultdict[str, list[StatementLine]](list)
    kept = {one: {statement.client: statement.lines for statement in _kept(session, one)} for one in months}
    mending: defaultdict[tuple[str, str], list[StatementLine]] = defaultdict(list)
    for by_client in kept.values():
        for client, lines in by_client.items():
            for line in lines:
                mending[client, line.mends].append(line)
    for earlier in months:
        made = statements_of(charges.get(earlier, ()), (), earlier, adjustments=adjustments_of(session, earlier))
        is_now = {statement.client: statement.lines for statement in made}
        found = {client for client, mends in mending if mends == str(earlier)}
        for client in sorted({*kept[earlier], *is_now, *found}):
            charged = charged_for(earlier, kept[earlier].get(client, ()), mending[client, str(earlier)])
            mended[client] += corrections(earlier, charged, is_now.get(client, ()), month.last)
    return {client: lines for client, lines in mended.items() if lines}


def _kept(session: Session, month: Month) -> tuple[Statement, ...]:
    """Return the statements of a closed month as they were charged."""
    rows = session.execute(
        select(books.Statement.client, books.StatementLine.document)
        .outerjoin(books.StatementLine, books.StatementLine.statement == books.Statement.id)
        .where(books.Statement.month == str(month))
        .order_by(books.Statement.client, books.StatementLine.number)
    )
    found: dict[str, list[StatementLine]] = {}
    for client, document in rows:
        lines = found.setdefault(client, [])
        if document is not None:
            lines.append(LINES.validate_python(document))
    return tuple(Statement(client=client, month=month, lines=tuple(lines)) for client, lines in found.items())


def _line_row(statement: str, number: int, line: StatementLine) -> books.StatementLine:
    return books.StatementLine(
        id=new_id(),
        statement=statement,
        number=number,
        key=line.key,
        amount=str(line.amount),
        refers=line.refers,
        document=plain(line),
    )
