"""Sessions on the server: a random token in the browser's cookie, its hash in the store, an idle and a last hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.security.principal import Principal
from api.security.roles import Role
from api.security.tokens import new_token, token_hash
from api.settings import Settings
from api.store.accounts import User, WebSession
from api.store.history import now, write
from api.store.opening import Store

_PULSE = timedelta(minutes=1)  # a write for every request would cost a disk's flush each


@dataclass(frozen=True, kw_only=True)
class OpenSession:
    """One session of a user as she sees it in the list."""

    key: str
    begun: datetime
    seen: datetime
    current: bool


def start(store: Store, settings: Settings, user: str, *, instead_of: str = "") -> str:
    """Begin a session and return its token; the one that this browser had, `instead_of`, ends."""
    token = new_token()
    with store.transaction(user) as session:
        moment = now(session)
        session.execute(delete(WebSession).where(WebSession.expires < moment))
        if instead_of:
            session.execute(delete(WebSession).where(WebSession.token_hash == token_hash(instead_of)))
        session.add(
            WebSession(
                token_hash=token_hash(token),
                user=user,
                csrf=new_token(),
                data={},
                at=moment,
                seen_at=moment,
                expires=moment + timedelta(hours=settings.session_hours),
            )
        )
        write(session, "session.start", f"user:{user}")
    return token


def principal(store: Store, settings: Settings, token: str) -> Principal | None:
    """Return whose session this is; None if it has ended, sat idle for too long, or its account is shut."""
    moment = store.clock()
    with store.session() as session:
        found = session.get(WebSession, token_hash(token))
        user = session.get(User, found.user) if found and found.user else None
    if found is None or user is None or not user.active:
        return None
    if found.expires <= moment or found.seen_at + timedelta(minutes=settings.session_idle_minutes) <= moment:
        return None
    if found.seen_at + _PULSE <= moment:
        _touch(store, found.token_hash)
    return as_principal(user, session=found.token_hash, csrf=found.csrf)


def as_principal(user: User, *, session: str = "", csrf: str = "") -> Principal:
    """Return an account as somebody who asks; roles that we do not know (any more) count for nothing."""
    roles = frozenset(Role(role) for role in user.roles if role in set(Role))
    return Principal(
        user=user.id,
        login=user.login,
        name=user.name or user.login,
        roles=roles,
        lang=user.lang,
        session=session,
        csrf=csrf,
        worker=user.worker or "",
    )


def end(store: Store, who: Principal, key: str) -> None:
    """End one of one's own sessions."""
    with store.transaction(who.actor) as session:
        session.execute(delete(WebSession).where(WebSession.token_hash == key, WebSession.user == who.user))
        write(session, "session.end", f"user:{who.user}")


def end_all(session: Session, user: str, *, but: str = "") -> None:
    """End every session of a user, but perhaps one, within a transaction."""
    session.execute(delete(WebSession).where(WebSession.user == user, WebSession.token_hash != but))


def sessions_of(store: Store, who: Principal) -> tuple[OpenSession, ...]:
    """Return one's own sessions, the latest first."""
    with store.session() as session:
        rows = session.scalars(
            select(WebSession)
            .where(WebSession.user == who.user, WebSession.expires > store.clock())
            .order_by(WebSession.seen_at.desc())
        ).all()
    return tuple(
        OpenSession(key=row.token_hash, begun=row.at, seen=row.seen_at, current=row.token_hash == who.session)
        for row in rows
    )


def _touch(store: Store, key: str) -> None:
    with store.transaction("system") as session:
        if row := session.get(WebSession, key):
            row.seen_at = now(session)
