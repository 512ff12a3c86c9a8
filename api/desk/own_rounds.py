"""The rounds of somebody who signs in: those of the worker that her account is tied to, and nobody else's.

Her page and her taps are those of a driver's link. So that they are kept alike there is a link that belongs to her
account; its token is known to nobody, so it opens nothing by itself.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.links import expires_of
from api.desk.published import Published, day_now, published_plan
from api.errors import MissingError
from api.security.tokens import new_token, token_hash
from api.store.base import new_id, subject_name
from api.store.history import actor, doing, now
from api.store.links import Link


def own_shifts(session: Session, worker: str, day: dt.date) -> tuple[str, ...]:
    """Return the shifts of a worker that have a round in the day's published plan, in its order."""
    published = published_plan(session, day) if worker else None
    return _own(session, worker, published) if published else ()


def own_link(session: Session, account: str, worker: str, day: dt.date, shift: str) -> Link | None:
    """Return the link of an account to one of its rounds, None where it has not been opened yet.

    MissingError where the round is not its worker's.
    """
    if shift not in own_shifts(session, worker, day):
        raise MissingError(subject_name("round", f"{day.isoformat()}/{shift}"))
    return session.scalar(select(Link).where(Link.account == account, Link.day == day, Link.shift == shift))


def begin_own_link(session: Session, account: str, worker: str, day: dt.date, shift: str) -> Link:
    """Return the link of an account to one of its rounds, made where there is none."""
    link = own_link(session, account, worker, day, shift)
    if link is not None:
        return link
    with doing(session, "link.own"):
        link = Link(
            id=new_id(),
            token_hash=token_hash(new_token()),
            account=account,
            day=day,
            shift=shift,
            expires=expires_of(day),
            revoked=None,
            confirmed=None,
            by=actor(session),
            at=now(session),
        )
        session.add(link)
        session.flush()
    return link


def _own(session: Session, worker: str, published: Published) -> tuple[str, ...]:
    workers = {shift.id: shift.worker for shift in day_now(session, published.day).records.shifts}
    return tuple(route.shift for route in published.plan.routes if workers.get(route.shift) == worker)
