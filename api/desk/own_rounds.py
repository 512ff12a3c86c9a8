"""The rounds of somebody who signs in: those of the worker that her account is tied to, and nobody else's.

Her page and her taps are those of a driver's link. So that they are kept alike there is a link that belongs to her
account; its token is known to nobody, so it opens nothing by itself.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.links import expires_of
from api.desk.published import Published, published_plan
from api.desk.records import load_records
from api.errors import MissingError
from api.security.tokens import new_token, token_hash
from api.store.base import new_id, subject_name
from api.store.history import actor, doing, now
from api.store.links import Link
from api.store.plans import Day

AHEAD: Final = dt.timedelta(days=14)
"""How far ahead somebody sees when she works."""


@dataclass(frozen=True, kw_only=True)
class RoundToCome:
    """A published round of a day to come: when she leaves and is back, in seconds from midnight, and how many stops."""

    day: dt.date
    shift: str
    begin: int
    end: int
    stops: int


def own_shifts(session: Session, worker: str, day: dt.date) -> tuple[str, ...]:
    """Return the shifts of a worker that have a round in the day's published plan, in its order."""
    published = published_plan(session, day) if worker else None
    return _own(session, worker, published) if published else ()


def rounds_to_come(session: Session, worker: str, today: dt.date) -> tuple[RoundToCome, ...]:
    """Return a worker's published rounds of the days after `today`, in their order; nobody's names are in them."""
    wanted = select(Day.day).where(Day.day > today, Day.day <= today + AHEAD, Day.published.is_not(None))
    days = session.scalars(wanted.order_by(Day.day)).all() if worker else ()
    plans = [found for found in (published_plan(session, day) for day in days) if found]
    return tuple(_to_come(found, shift) for found in plans for shift in _own(session, worker, found))


def own_link(session: Session, account: str, worker: str, day: dt.date, shift: str) -> Link | None:
    """Return the link of an account to one of its rounds, None where it has not been opened yet.

    MissingError where the round is not its worker's.
    """
    if shift not in own_shifts(session, worker, day):
        raise MissingError(subject_name("round", f"{day.isoformat()}/{shift}"))
    return opened_link(session, account, day, shift)


def opened_link(session: Session, account: str, day: dt.date, shift: str) -> Link | None:
    """Return the link of an account to a round that it has opened once, whoever has the round now.

    What was tapped while it was hers is taken still: a phone without reception sends it later.
    """
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
    records, _ = load_records(session)
    workers = {shift.id: shift.worker for shift in records.shifts} if records else {}
    return tuple(route.shift for route in published.plan.routes if workers.get(route.shift) == worker)


def _to_come(published: Published, shift: str) -> RoundToCome:
    stops = published.plan.route_by_shift[shift].stops
    return RoundToCome(
        day=published.day,
        shift=shift,
        begin=stops[0].departure,
        end=stops[-1].arrival,
        stops=sum(stop.step is not None for stop in stops),
    )
