"""Keep what was done to a day: a new version of its plan, in one short transaction, on the version that was seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.day_showing import figures_shown
from api.desk.laid_out import Days, OpenDay
from api.desk.plan_versions import add_version, expect_day, version_of
from api.store.base import subject_name
from api.store.history import doing, stale
from api.store.plans import Day, Lock, PlanVersion, Why
from routing.plan import Plan
from routing.planfile import PlanDocument
from routing.review.metrics import figures

BY_HAND = "hand"
"""The engine that a plan document names where a person made the plan."""


def refuse_stale(days: Days, opened: OpenDay, seen: int) -> None:
    """Raise StaleError, which says what has changed, unless the day is as it was seen."""
    if opened.version != seen:
        with days.store.session() as session:
            raise stale(session, subject_name("day", opened.date), seen, version_of(session, opened.date))


def begin_write(session: Session, opened: OpenDay, seen: int) -> Day:
    """Return the row of a day that is as it was seen, with the empty plan that everything starts from."""
    row = expect_day(session, opened.date, seen)
    if row.current is None:
        empty = Plan(routes=(), unassigned=tuple(request.id for request in opened.day.problem.requests))
        add_version(session, row, document_of(opened, empty), Why.START, version_figures(opened, empty, None))
        session.flush()
    return row


def keep_plan(
    days: Days,
    session: Session,
    opened: OpenDay,
    row: Day,
    plan: Plan,
    why: Why,
    *,
    engine: str = BY_HAND,
    held: str = "",
) -> PlanVersion:
    """Let a day stand at a plan made of it just now; `held` is the request whose time it sets on purpose."""
    told = _told(opened, row) if why is Why.MOVE else None
    shown = {**version_figures(opened, plan, told), **({"held": held} if held else {})}
    version = add_version(session, row, document_of(opened, plan, engine=engine), why, shown)
    days.keep_plan(version, plan)
    return version


def undo(session: Session, opened: OpenDay, row: Day) -> None:
    """Let a day stand where it stood before its present plan, times set by that plan unlocked again."""
    current = session.get(PlanVersion, row.current)
    if current is None or current.parent is None:
        raise ValueError(f"the plan of {opened.date} has none before it")
    with doing(session, "day.undo"):
        for lock in session.scalars(select(Lock).where(Lock.day == opened.date)):
            if lock.value.get("version") == current.id:
                session.delete(lock)
        row.current = current.parent


def document_of(opened: OpenDay, plan: Plan, *, engine: str = BY_HAND, **made: Any) -> PlanDocument:  # noqa: ANN401
    """Return a plan as it is kept; `made` says with which seed and budget."""
    folder = opened.laid.folder
    return PlanDocument(
        municipality=folder.records.municipality.name,
        day=opened.date,
        folder_digest=folder.digest,
        roads_id=folder.network.content_id,
        roads_source=folder.roads_source,
        engine=engine,
        seed=made.pop("seed", 0),
        **made,
        plan=plan,
        cost=opened.desk.cost(plan),
    )


def version_figures(opened: OpenDay, plan: Plan, told: str | None) -> dict[str, Any]:
    """Return what a version says beside its plan."""
    sums = figures(opened.day.problem, opened.day.matrix, plan)
    shown = figures_shown(replace(opened, plan=plan), sums)
    return {"mark": opened.laid.mark, "told": told, "sums": shown.model_dump()}


def _told(opened: OpenDay, row: Day) -> str | None:
    """Return whose times a plan moved by hand stays near: those of the plan that the moves began with."""
    current = opened.current
    return (current.figures.get("told") or current.id) if current else row.current
