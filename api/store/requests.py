"""The table of answered writes, so that a request sent twice is done once."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import Base

KEPT: Final = dt.timedelta(days=2)
"""How long an answer is kept."""


class Idempotency(Base):
    """The answer to a write that came with an `Idempotency-Key`, kept in the same transaction as the write itself.

    `digest` is the SHA-256 of method, path and body: the same key with another request is refused.
    """

    __tablename__ = "idempotency"
    journaled = False

    actor: Mapped[str] = mapped_column(String(200), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    headers: Mapped[dict[str, str]]
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(index=True)
