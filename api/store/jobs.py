"""The table of solver runs: what was asked, how far it is, and what came of it."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.base import SKIPPED, Base, Identified


class JobState(StrEnum):
    """Where a job stands; LOST is one that was found running at start and had no plan yet."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    LOST = "lost"


class JobKind(StrEnum):
    """What a job works out: a day's plan, a week's visits, a repair while somebody is away, or what hangs on whom."""

    PLAN = "plan"
    WEEK = "week"
    ABSENCE = "absence"
    FRAGILITY = "fragility"


class Job(Identified, Base):
    """One solver run for a day, or for the week of a Monday.

    `asked` holds budget, seed and engine; `base` is the plan version it starts from. While it runs, `progress` holds
    the last thing told, `best` the plan file of the best plan so far (of other kinds: what they offer or have found),
    `pulse` when the process was last heard of and `runner` which server has it. `wished_stop` is a person's wish;
    `scenario` what it led to; `fault` a stable code.
    """

    __tablename__ = "job"

    day: Mapped[dt.date] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20), default=JobKind.PLAN.value)
    state: Mapped[str] = mapped_column(String(20), index=True, default=JobState.QUEUED.value)
    asked: Mapped[dict[str, Any]]
    base: Mapped[str | None] = mapped_column(ForeignKey("plan_version.id"))
    scenario: Mapped[str | None] = mapped_column(ForeignKey("scenario.id"))
    progress: Mapped[dict[str, Any]] = mapped_column(default=dict, info=dict(SKIPPED))
    best: Mapped[str | None] = mapped_column(Text, info=dict(SKIPPED))
    pulse: Mapped[dt.datetime | None] = mapped_column(info=dict(SKIPPED))
    runner: Mapped[str | None] = mapped_column(String(64), info=dict(SKIPPED))
    wished_stop: Mapped[bool] = mapped_column(default=False)
    fault: Mapped[str | None] = mapped_column(String(200))
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime]
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
