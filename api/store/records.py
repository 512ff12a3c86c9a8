"""Tables of the municipality's records: rows of its sheets, and the other files of its folder."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import SKIPPED, Base, Identified, Versioned


class Record(Versioned, Base):
    """One row of a sheet: its cells as text by field, just as in the folder's CSV; blank cells are left out.

    `key` is the row's id where its sheet has ids, else an opaque one. `position` keeps the order of the sheet, `words`
    the cells folded for searching.
    """

    __tablename__ = "record"

    sheet: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    position: Mapped[int] = mapped_column(info=dict(SKIPPED))
    cells: Mapped[dict[str, str]]
    words: Mapped[str] = mapped_column(Text, info=dict(SKIPPED))


class Document(Versioned, Base):
    """A text file of the folder, named by its path there: `municipality.toml`, `fees/2026.toml`, `roads/nodes.csv`.

    `kind` is settings, fees, fee_cases, roads or boundaries.
    """

    __tablename__ = "document"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    text: Mapped[str] = mapped_column(Text)


class PreparedImport(Identified, Base):
    """What somebody has sent to be imported, kept until she has seen what it would change and says yes.

    `stand` is the counter of the records it was compared with, `content` the rows, documents and findings.
    """

    __tablename__ = "prepared_import"
    journaled = False

    stand: Mapped[int]
    content: Mapped[dict[str, Any]]
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime] = mapped_column(index=True)
