"""Tables of plans: immutable versions, which of them a day stands at, scenarios beside it, and locks."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import DIGESTED, Base, Identified, Versioned


class Why(StrEnum):
    """What made a plan version."""

    START = "start"
    PLAN = "plan"
    MOVE = "move"
    ACCEPT = "accept"
    UNDO = "undo"
    IMPORT = "import"
    ADOPT = "adopt"
    RESTORE = "restore"


class ScenarioState(StrEnum):
    """What became of a scenario."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


class LockKind(StrEnum):
    """What a lock holds: a request's place in the plan, its time, its worker, or a whole round."""

    REQUEST = "request"
    TIME = "time"
    WORKER = "worker"
    ROUND = "round"


class PlanVersion(Identified, Base):
    """One plan of one day as a plan file, never changed afterwards.

    `number` counts the day's versions from 1, `parent` is the version it came from, `document` the text of the plan
    file (`routing.planfile`), `figures` what lists show without reading it.
    """

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("day", "number"),)

    day: Mapped[dt.date]
    number: Mapped[int]
    parent: Mapped[str | None] = mapped_column(ForeignKey("plan_version.id"))
    document: Mapped[str] = mapped_column(Text, info=dict(DIGESTED))
    figures: Mapped[dict[str, Any]]
    why: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime]


class Day(Versioned, Base):
    """Which plan version a day stands at, and which one the drivers see; undo moves `current`."""

    __tablename__ = "day"

    day: Mapped[dt.date] = mapped_column(primary_key=True)
    current: Mapped[str | None] = mapped_column(ForeignKey("plan_version.id"))
    published: Mapped[str | None] = mapped_column(ForeignKey("plan_version.id"))
    published_at: Mapped[dt.datetime | None]


class Scenario(Identified, Versioned, Base):
    """A plan version `offered` beside the one it was made from, `base`, until it is accepted or dropped."""

    __tablename__ = "scenario"

    day: Mapped[dt.date] = mapped_column(index=True)
    base: Mapped[str | None] = mapped_column(ForeignKey("plan_version.id"))
    offered: Mapped[str] = mapped_column(ForeignKey("plan_version.id"))
    state: Mapped[str] = mapped_column(String(20), default=ScenarioState.OPEN.value)
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime]


class Lock(Identified, Versioned, Base):
    """What planning must not touch on a day: `subject` is the request or the shift, `value` what it is held to."""

    __tablename__ = "lock"
    __table_args__ = (UniqueConstraint("day", "kind", "subject"),)

    day: Mapped[dt.date]
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(200))
    value: Mapped[dict[str, Any]] = mapped_column(default=dict)
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime]
