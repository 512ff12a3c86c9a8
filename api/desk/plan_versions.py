"""Read and write the plans of a day: immutable versions, and the pointers of the day to two of them.

Every write happens in the caller's transaction and expects the version of the day that was seen. What a version says
beside its plan is in `figures`: `mark` names the day it was made for by content, `told` the version whose times people
have been told or the coordinator began with, `held` the request whose time it set on purpose, `sums` what lists show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.errors import MissingError
from api.store.base import new_id, subject_name
from api.store.history import actor, doing, expect, now, stale, write
from api.store.plans import Day, PlanVersion, Why
from routing.plan import Plan
from routing.planfile import PlanDocument, from_json

NOTHING = 0
"""The version of a day that nobody has touched yet."""


def version_of(session: Session, day: dt.date) -> int:
    """Return the version of a day's row, NOTHING where there is none yet."""
    row = session.get(Day, day)
    return NOTHING if row is None else row.version


def expect_day(session: Session, day: dt.date, version: int) -> Day:
    """Return the day's row, made where there is none yet; StaleError unless it is the `version` that was seen."""
    row = session.get(Day, day)
    if row is not None:
        expect(session, row, version)
        return row
    if version != NOTHING:
        raise stale(session, subject_name("day", day), version, None)
    row = Day(day=day, current=None, published=None, published_at=None)
    session.add(row)
    return row


def add_version(
    session: Session, row: Day, document: PlanDocument, why: Why, figures: Mapping[str, Any], *, current: bool = True
) -> PlanVersion:
    """Add a plan to a day and, unless it is only offered, let the day stand at it."""
    last = session.scalar(select(func.max(PlanVersion.number)).where(PlanVersion.day == row.day)) or 0
    version = PlanVersion(
        id=new_id(),
        day=row.day,
        number=last + 1,
        parent=row.current,
        document=text_of(document),
        figures=dict(figures),
        why=why.value,
        by=actor(session),
        at=now(session),
    )
    session.add(version)
    session.flush()
    if current:
        with doing(session, f"day.{why.value}"):
            row.current = version.id
    return version


def get_version(session: Session, key: str) -> PlanVersion:
    """Return a version; MissingError where there is none."""
    found = session.get(PlanVersion, key)
    if found is None:
        raise MissingError(subject_name("plan_version", key))
    return found


def version_numbered(session: Session, day: dt.date, number: int) -> PlanVersion:
    """Return one plan of a day; MissingError where there is none of that number."""
    found = session.scalar(select(PlanVersion).where(PlanVersion.day == day, PlanVersion.number == number))
    if found is None:
        raise MissingError(subject_name("plan_version", f"{day.isoformat()}/{number}"))
    return found


def undone(session: Session, day: dt.date, current: PlanVersion | None) -> PlanVersion | None:
    """Return the plan that was undone last, None where nothing was or something new was done since.

    Whatever is new is a version that came from the present plan, and no later one came from that yet. Plans that were
    merely offered have never been the day's.
    """
    if current is None:
        return None
    came = select(func.max(PlanVersion.number)).where(
        PlanVersion.day == day, PlanVersion.parent == current.id, PlanVersion.why != Why.PLAN.value
    )
    number = session.scalar(came)
    return None if number is None else version_numbered(session, day, number)


def touch(session: Session, row: Day, seen: int, action: str, **details: Any) -> None:  # noqa: ANN401 - JSON values
    """Say in a day's history what was done to it since it was `seen`, and count that where no pointer has moved."""
    session.flush()
    if row.version == seen:
        row.version += 1
        session.flush()
    write(session, action, subject_name("day", row.day), after=details, version=row.version)


def text_of(document: PlanDocument) -> str:
    """Return a plan document as JSON without a space to spare: ten times as quick as the file that people read."""
    return _documents().dump_json(document).decode()


@cache
def _documents() -> TypeAdapter[PlanDocument]:
    return TypeAdapter(PlanDocument)


def read_plan(version: PlanVersion) -> Plan:
    """Return the plan of a version."""
    return from_json(version.document.encode(), f"{version.id}.json").plan
