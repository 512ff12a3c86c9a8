"""All tables, imported so that the metadata is complete; `TABLES` in an order in which they can be filled."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Table

from api.store.accounts import ApiToken, FailedLogin, User, WebSession
from api.store.base import Base
from api.store.books import Adjustment, LogEntry, LogTrip, Month, Statement, StatementLine
from api.store.jobs import Job
from api.store.journal import Access, History
from api.store.links import Link, LinkOpening, Tap
from api.store.plans import Day, Lock, PlanVersion, Scenario
from api.store.records import Document, PreparedImport, Record
from api.store.requests import Idempotency

CLASSES: Final = (
    Record,
    Document,
    PreparedImport,
    PlanVersion,
    Day,
    Scenario,
    Lock,
    Job,
    Link,
    LinkOpening,
    Tap,
    User,
    WebSession,
    FailedLogin,
    ApiToken,
    History,
    Access,
    Idempotency,
    LogEntry,
    LogTrip,
    Month,
    Adjustment,
    Statement,
    StatementLine,
)

TABLES: Final[tuple[Table, ...]] = tuple(Base.metadata.sorted_tables)
