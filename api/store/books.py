"""Tables of the books: the log, trips, months, what was decided about statements, and statements of closed months."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import DIGESTED, Base, Identified, Versioned


class Source(StrEnum):
    """Where a log row has what it says from; what somebody wrote by hand is never overwritten by taps."""

    PLAN = "plan"
    TAPS = "taps"
    IMPORT = "import"
    HAND = "hand"


class MonthState(StrEnum):
    """Whether statements of a month are still worked out anew, were approved as they are, or stand for ever."""

    OPEN = "open"
    APPROVED = "approved"
    CLOSED = "closed"


class LogEntry(Versioned, Base):
    """One entry of the log: its cells as text by field, as in the log's file (`routing.books.sheets.LOG`)."""

    __tablename__ = "log_entry"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    day: Mapped[dt.date] = mapped_column(index=True)
    cells: Mapped[dict[str, str]]
    source: Mapped[str] = mapped_column(String(20))


class LogTrip(Versioned, Base):
    """One trip of a vehicle: its cells as text by field, as in the trip log's file (`routing.books.sheets.TRIPS`)."""

    __tablename__ = "log_trip"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    day: Mapped[dt.date] = mapped_column(index=True)
    cells: Mapped[dict[str, str]]
    source: Mapped[str] = mapped_column(String(20))


class Month(Versioned, Base):
    """A month of the books, `2026-06`; one without a row is open. `by` and `at` are those of its state.

    `approved` is the digest of the statements that were approved last, by whom and when.
    """

    __tablename__ = "month"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime]
    approved_by: Mapped[str | None] = mapped_column(String(200))
    approved_at: Mapped[dt.datetime | None]
    approved: Mapped[str | None] = mapped_column(String(64))


class Adjustment(Identified, Versioned, Base):
    """A decision about one line of a statement while its month is open: a waiver, or a price that had to be asked.

    `amount` is euros as text, so that it stays exact.
    """

    __tablename__ = "adjustment"

    month: Mapped[str] = mapped_column(String(7), index=True)
    client: Mapped[str] = mapped_column(String(200))
    line: Mapped[str] = mapped_column(String(400))
    kind: Mapped[str] = mapped_column(String(20))
    amount: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime]


class Statement(Identified, Base):
    """The statement of a client for a closed month, never changed afterwards; `total` is euros as text."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("month", "client"),)

    month: Mapped[str] = mapped_column(ForeignKey("month.month"))
    client: Mapped[str] = mapped_column(String(200))
    total: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime]


class StatementLine(Identified, Base):
    """A line of a closed statement; `document` is all that it says, `number` its place, `refers` the line it mends."""

    __tablename__ = "statement_line"
    __table_args__ = (UniqueConstraint("statement", "number"),)

    statement: Mapped[str] = mapped_column(ForeignKey("statement.id"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(400))
    amount: Mapped[str] = mapped_column(String(20))
    refers: Mapped[str] = mapped_column(String(400), index=True)
    document: Mapped[dict[str, Any]] = mapped_column(info=dict(DIGESTED))
