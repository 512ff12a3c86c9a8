"""The plans that a day has had: listed, looked at, taken back as its present one; and what was undone done again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.day_locks import hold_time
from api.desk.day_writing import begin_write, keep_plan
from api.desk.laid_out import Days, OpenDay
from api.desk.looks import actor_names
from api.desk.plan_versions import touch, undone, version_numbered
from api.errors import ConflictError
from api.store.history import doing
from api.store.plans import Day, PlanVersion, Why
from routing.findings import Finding


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """One plan of a day as it is listed.

    `by` is who made it by name, `parent` the number of the plan it came from, `figures` its key figures and `change`
    what they have more than the parent's; both are empty where they were not kept.
    """

    number: int
    parent: int | None
    why: str
    at: dt.datetime
    by: str
    figures: Mapping[str, Any]
    change: Mapping[str, float]
    is_current: bool
    is_published: bool


def versions_of(session: Session, day: dt.date, lang: str) -> tuple[VersionLine, ...]:
    """Return all plans of a day, the newest first; nothing where nobody has planned it yet."""
    row = session.get(Day, day)
    found = session.execute(
        select(
            PlanVersion.id,
            PlanVersion.number,
            PlanVersion.parent,
            PlanVersion.why,
            PlanVersion.at,
            PlanVersion.by,
            PlanVersion.figures,
        )
        .where(PlanVersion.day == day)
        .order_by(PlanVersion.number.desc())
    ).all()
    names = actor_names(session, {version.by for version in found}, lang)
    numbers = {version.id: version.number for version in found}
    sums: dict[str, Mapping[str, Any]] = {version.id: version.figures.get("sums") or {} for version in found}
    return tuple(
        VersionLine(
            number=version.number,
            parent=numbers.get(version.parent or ""),
            why=version.why,
            at=version.at,
            by=names.get(version.by, version.by),
            figures=sums[version.id],
            change=_change(sums.get(version.parent or "", {}), sums[version.id]),
            is_current=row is not None and version.id == row.current,
            is_published=row is not None and version.id == row.published,
        )
        for version in found
    )


def redo(session: Session, opened: OpenDay, seen: int) -> Day:
    """Let a day stand again at the plan that was undone last; a time that it had set is locked again."""
    row = begin_write(session, opened, seen)
    again = undone(session, opened.date, opened.current)
    if again is None:
        raise ConflictError([Finding(code="plans.nothing-to-redo")])
    with doing(session, "day.redo"):
        row.current = again.id
        if held := again.figures.get("held"):
            hold_time(session, opened.date, str(held), again.id)
    touch(session, row, seen, "plan.redo", again=again.number)
    return row


def restore(days: Days, session: Session, opened: OpenDay, seen: int, number: int) -> Day:
    """Let a day stand at what it can keep of an earlier plan, as a new version; nothing changes for its present one."""
    version = version_numbered(session, opened.date, number)
    row = begin_write(session, opened, seen)
    if row.current != version.id:
        there = days.open_in(session, opened.date, at=version.id)  # records may have changed since it was `opened`
        keep_plan(days, session, there, row, there.plan, Why.RESTORE)
        touch(session, row, seen, "plan.restore", restored=number)
    session.flush()
    return row


def _change(before: Mapping[str, Any], after: Mapping[str, Any]) -> Mapping[str, float]:
    both = [name for name in after if after[name] is not None and before.get(name) is not None]
    return {name: round(after[name] - before[name], 1) for name in both if after[name] != before[name]}
