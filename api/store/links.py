"""Tables of the drivers' links: links, their openings, and what was tapped on them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import COUNTED, SECRET, SKIPPED, Base, Identified, Versioned


class Link(Identified, Versioned, Base):
    """A link to one round of one day. Only the SHA-256 of its token is kept, as hexadecimal digits.

    `confirmed` is the plan version whose changes the driver has confirmed last. A link of an `account` is how somebody
    signed in opens her own round; nobody knows its token.
    """

    __tablename__ = "link"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=dict(SECRET))
    account: Mapped[str | None] = mapped_column(String(200))
    day: Mapped[dt.date] = mapped_column(index=True)
    shift: Mapped[str] = mapped_column(String(200))
    expires: Mapped[dt.datetime]
    revoked: Mapped[dt.datetime | None]
    confirmed: Mapped[str | None] = mapped_column(ForeignKey("plan_version.id"))
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime]


class LinkOpening(Base):
    """One opening of a link, written when the page is served; itself a log, so the history keeps no second one."""

    __tablename__ = "link_opening"
    journaled = False

    id: Mapped[int] = mapped_column(COUNTED, primary_key=True, autoincrement=True)
    link: Mapped[str] = mapped_column(ForeignKey("link.id"), index=True)
    at: Mapped[dt.datetime]


class Tap(Base):
    """What a driver tapped; the phone makes the id, so that sending it twice keeps it once.

    `stop` names the stop of the round (`api.desk.stop_keys`) or the plan version that is confirmed; `kind` is a
    `api.desk.progress.TapKind`. `at_device` is the phone's time, put right by how wrong its clock was when it sent.
    What is noted is kept here alone, so that it can be forgotten.
    """

    __tablename__ = "tap"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    link: Mapped[str] = mapped_column(ForeignKey("link.id"), index=True)
    stop: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    at_device: Mapped[dt.datetime]
    at_received: Mapped[dt.datetime]
    note: Mapped[str] = mapped_column(Text, default="", info=dict(SKIPPED))
