"""Publish the plan of a day: from then on drivers see it, and its times are promises."""

from __future__ import annotations

from sqlalchemy.orm import Session

from api.desk.day_showing import gate
from api.desk.day_writing import begin_write, keep_plan
from api.desk.laid_out import Days, OpenDay
from api.desk.plan_versions import touch
from api.errors import ConflictError
from api.labels import labels_of
from api.store.history import doing, now
from api.store.plans import Day, Why
from routing.findings import Finding


def refuse_blocked(opened: OpenDay, lang: str) -> None:
    """Raise ConflictError with every reason, in `lang`, why the plan may not be published."""
    labels = labels_of(opened.day, lang)
    blockers = [reason for reason in gate(opened) if reason.blocks]
    if blockers:
        raise ConflictError(
            [
                Finding(
                    code="plans.blocked",
                    field="request" if reason.request else "shift" if reason.shift else None,
                    found=reason.request or reason.shift,
                    details={"reason": reason.sentence(lang, labels), "action": reason.action(lang, labels)},
                )
                for reason in blockers
            ]
        )


def publish(days: Days, session: Session, opened: OpenDay, seen: int, lang: str) -> Day:
    """Let the drivers see the plan that the day stands at; nothing changes where they do already.

    ConflictError with every reason, in `lang`, where records have changed since the day was `opened` and bar it now.
    """
    row = begin_write(session, opened, seen)
    if days.laid_out(session, opened.date).mark != opened.laid.mark:
        refuse_blocked(days.open_in(session, opened.date), lang)
    if row.published != row.current:
        with doing(session, "day.publish"):
            row.published, row.published_at = row.current, now(session)
        touch(session, row, seen, "plan.publish", number=opened.current.number if opened.current else 1)
    session.flush()
    return row


def take_over(days: Days, session: Session, opened: OpenDay, seen: int) -> Day:
    """Keep what changed records leave of the plan as the day's plan; nothing changes where none have changed."""
    row = begin_write(session, opened, seen)
    if opened.outdated:
        keep_plan(days, session, opened, row, opened.plan, Why.ADOPT)
        touch(session, row, seen, "plan.adopt")
    session.flush()
    return row
