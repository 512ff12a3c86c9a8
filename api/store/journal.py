"""Tables that only grow: the history of changes, and who saw whose data. Triggers hold that in the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import COUNTED, Base


class History(Base):
    """One change: who, when, what, before and after.

    `topic` is the table or the area it concerns, `subject` the row (`record:clients/K1`), `version` the row's version
    after the change where it counts any. `before` is None for what is new, `after` for what is gone.
    """

    __tablename__ = "history"
    __table_args__ = (
        Index(None, "topic", "id"),
        Index(None, "subject", "id"),
        {"sqlite_autoincrement": True},
    )
    journaled = False

    id: Mapped[int] = mapped_column(COUNTED, primary_key=True, autoincrement=True)
    at: Mapped[dt.datetime]
    actor: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(80))
    topic: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(300))
    version: Mapped[int | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]


class Access(Base):
    """One look at a person's data: who, when, whose, what for. `person` is the subject, `record:clients/K1`."""

    __tablename__ = "access"
    __table_args__ = (Index(None, "person", "id"), {"sqlite_autoincrement": True})
    journaled = False

    id: Mapped[int] = mapped_column(COUNTED, primary_key=True, autoincrement=True)
    at: Mapped[dt.datetime]
    actor: Mapped[str] = mapped_column(String(200))
    person: Mapped[str] = mapped_column(String(300))
    purpose: Mapped[str] = mapped_column(String(80))
