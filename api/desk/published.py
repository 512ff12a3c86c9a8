"""The published plan of a day, and the day as the records have it now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.municipality import open_municipality
from api.desk.records import TOPICS, load_records
from api.loading import open_day
from api.store.cache import remembered
from api.store.plans import Day as DayRow
from api.store.plans import PlanVersion
from routing.day.build import Day
from routing.plan import Plan
from routing.planfile import from_json

_MOST: Final = 12
"""Days kept built, for board and drivers."""


@dataclass(frozen=True, kw_only=True)
class Published:
    """What the drivers of a day see: a plan, the id of its version, and since when."""

    day: dt.date
    version: str
    at: dt.datetime | None
    plan: Plan


def published_plan(session: Session, day: dt.date) -> Published | None:
    """Return the published plan of a day, None where there is none."""
    row = session.get(DayRow, day)
    if row is None or row.published is None:
        return None
    return Published(day=day, version=row.published, at=row.published_at, plan=plan_of(session, row.published))


def published_version(session: Session, day: dt.date) -> str:
    """Return the id of the published version of a day, empty where there is none."""
    row = session.get(DayRow, day)
    return (row.published if row else None) or ""


def published_at(session: Session, day: dt.date) -> dt.datetime | None:
    """Return when the plan of a day was published last, None where none is."""
    row = session.get(DayRow, day)
    return row.published_at if row and row.published else None


def plan_of(session: Session, version: str) -> Plan:
    """Return the plan of a version, read once."""
    document = session.scalars(select(PlanVersion.document).where(PlanVersion.id == version)).one()
    return _read(document)


def day_now(session: Session, day: dt.date, cache: Path | None = None) -> Day:
    """Return a day as the records have it now, built once. RecordsError, RoadsError where it cannot be."""
    kept: dict[dt.date, Day] = remembered(session, f"days {cache}", *TOPICS, make=dict)
    found = kept.get(day)
    if found is None:
        found = open_day(open_municipality(session, cache), day)
        if len(kept) >= _MOST:
            kept.clear()
        kept[day] = found
    return found


def coordinator_phone(session: Session) -> str:
    """Return the number at which drivers reach the coordinator, empty where the settings name none."""
    records, _ = load_records(session)
    return records.municipality.coordinator_phone if records else ""


@lru_cache(maxsize=32)
def _read(document: str) -> Plan:
    return from_json(document.encode(), "plan.json").plan
