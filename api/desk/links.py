"""Links to one round of a published day: made, revoked, opened, listed. A link is its token; only a hash is kept.

A link is good from when it was made until three in the morning after its day. Taps that were queued on a phone without
reception are taken a few days longer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.desk.published import Published, plan_of, published_plan
from api.desk.round_changes import round_changes
from api.errors import ConflictError, MissingError
from api.security.tokens import new_token, token_hash
from api.store.base import new_id
from api.store.history import actor, doing, now, seen
from api.store.links import Link, LinkOpening
from api.wording.format import ZONE
from routing.findings import Finding

ENDS: Final = dt.time(3)
GRACE: Final = dt.timedelta(days=3)
_ONE_OPENING: Final = dt.timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class IssuedLink:
    """A link that was just made, with the token that nobody can read again."""

    id: str
    token: str
    shift: str
    expires: dt.datetime


@dataclass(frozen=True, kw_only=True)
class LinkRow:
    """A link as it is listed: when it was opened, and whether its driver knows her round as it is published now.

    `signed_in` tells that it is no address but somebody's account.
    """

    id: str
    shift: str
    signed_in: bool
    at: dt.datetime
    expires: dt.datetime
    revoked: dt.datetime | None
    openings: tuple[dt.datetime, ...]
    confirmed: bool


def expires_of(day: dt.date) -> dt.datetime:
    """Return when the links of a day end."""
    return dt.datetime.combine(day + dt.timedelta(days=1), ENDS, ZONE).astimezone(dt.UTC)


def issue(session: Session, day: dt.date, shift: str) -> IssuedLink:
    """Make the link of a round and revoke the one before. ConflictError where the plan or the day does not allow it."""
    published = published_plan(session, day)
    if published is None:
        raise ConflictError([Finding(code="driver.not-published", found=day.isoformat())])
    expires = expires_of(day)
    if expires <= now(session):
        raise ConflictError([Finding(code="driver.day-over", found=day.isoformat())])
    if shift not in published.plan.route_by_shift:
        raise MissingError(f"shift:{shift}")
    token = new_token()
    with doing(session, "link.issue"):
        _revoke_all(session, day, shift)
        link = Link(
            id=new_id(),
            token_hash=token_hash(token),
            account=None,
            day=day,
            shift=shift,
            expires=expires,
            revoked=None,
            confirmed=None,
            by=actor(session),
            at=now(session),
        )
        session.add(link)
    return IssuedLink(id=link.id, token=token, shift=shift, expires=expires)


def revoke(session: Session, day: dt.date, shift: str) -> None:
    """Let the link of a round open nothing from now on; MissingError where there is none that does."""
    with doing(session, "link.revoke"):
        if not _revoke_all(session, day, shift):
            raise MissingError(f"link:{day.isoformat()}/{shift}")


def find_link(session: Session, token: str, at: dt.datetime, *, grace: dt.timedelta = dt.timedelta()) -> Link | None:
    """Return the link of a token if it is good at a moment, or was no longer than `grace` before.

    Whether a token is unknown, over or revoked is found out by the same question, and not told.
    """
    link = session.scalar(select(Link).where(Link.token_hash == token_hash(token), Link.account.is_(None)))
    return link if link and link.revoked is None and at < link.expires + grace else None


def note_opening(session: Session, key: str, published: Published | None, persons: Iterable[str]) -> None:
    """Write down that a link was opened, who was seen, and that its driver knows the plan if it is her first.

    Pages loaded again within a minute are one opening, unless the plan has changed: a browser loads the page twice to
    keep it, and forms lead back to it.
    """
    last = session.scalar(select(func.max(LinkOpening.at)).where(LinkOpening.link == key))
    moment = now(session)
    fresh = published is not None and published.at is not None and last is not None and published.at > last
    if last is not None and moment - last < _ONE_OPENING and not fresh:
        return
    session.add(LinkOpening(link=key, at=moment))
    seen(session, *sorted(set(persons)), purpose="round")
    link = session.get(Link, key)
    if link and published and link.confirmed is None:
        link.confirmed = published.version


def links_of(session: Session, day: dt.date) -> tuple[LinkRow, ...]:
    """Return all links of a day, by round, the newest of each first."""
    links = session.scalars(select(Link).where(Link.day == day).order_by(Link.shift, Link.at.desc(), Link.id)).all()
    openings: dict[str, list[dt.datetime]] = {link.id: [] for link in links}
    for opening in _openings(session, list(openings)):
        openings[opening.link].append(opening.at)
    published = published_plan(session, day)
    return tuple(
        LinkRow(
            id=link.id,
            shift=link.shift,
            signed_in=link.account is not None,
            at=link.at,
            expires=link.expires,
            revoked=link.revoked,
            openings=tuple(openings[link.id]),
            confirmed=published is not None and _knows(session, link, published),
        )
        for link in links
    )


def _knows(session: Session, link: Link, published: Published) -> bool:
    """Tell whether nothing in a round is new to its driver since the plan that she has seen or confirmed."""
    if link.confirmed is None:
        return False
    before = plan_of(session, link.confirmed).route_by_shift.get(link.shift)
    return not round_changes(before, published.plan.route_by_shift.get(link.shift))


def _openings(session: Session, keys: Sequence[str]) -> Sequence[LinkOpening]:
    return session.scalars(select(LinkOpening).where(LinkOpening.link.in_(keys)).order_by(LinkOpening.id)).all()


def _revoke_all(session: Session, day: dt.date, shift: str) -> int:
    """Revoke what is open of a round, and return how many that were."""
    wanted = select(Link).where(Link.day == day, Link.shift == shift, Link.revoked.is_(None), Link.account.is_(None))
    links = session.scalars(wanted).all()
    for link in links:
        link.revoked = now(session)
    return len(links)
