"""The version of a week: a counter that grows with whatever changes what stands in it.

That is its visits and all other records, its locks, and the rounds of its days. What a job offers beside it is no part.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from api.desk.records import TOPICS
from api.desk.week_change import week_subject
from api.desk.week_locks import LOCKING
from api.errors import Change, StaleError
from api.store.base import subject_name
from api.store.journal import History
from routing.weeks.demand import week_days

_TOLD: Final = 50
"""Changes that somebody who is late is told of, the last ones."""


def week_version(session: Session, monday: dt.date) -> int:
    """Return the present version of the week that begins on `monday`, 0 in a store where nothing ever happened."""
    return session.scalar(select(func.max(History.id)).where(_concerns(monday))) or 0


def refuse_stale_week(session: Session, monday: dt.date, seen: int) -> None:
    """Raise StaleError, which says what has changed, unless a week is as it was seen."""
    found = week_version(session, monday)
    if found == seen:
        return
    since = select(History).where(_concerns(monday), History.id > seen).order_by(History.id.desc()).limit(_TOLD)
    rows = session.scalars(since).all() if seen >= 0 else ()
    changes = [
        Change(at=row.at, actor=row.actor, action=row.action, before=row.before, after=row.after)
        for row in reversed(rows)
    ]
    raise StaleError(subject=week_subject(monday), expected=seen, found=found, changes=changes)


def _concerns(monday: dt.date) -> ColumnElement[bool]:
    own = [week_subject(monday), *(subject_name("day", day) for day in week_days(monday))]
    return or_(History.topic.in_(TOPICS), History.subject.in_(own), History.action.in_(LOCKING))
