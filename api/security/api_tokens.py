"""Tokens by which other systems use the API: shown once, kept as a hash, bound to roles, revocable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from api.errors import MissingError
from api.security.principal import Principal
from api.security.roles import Role
from api.security.sign_in import clean
from api.security.tokens import new_token, token_hash
from api.store.accounts import ApiToken
from api.store.history import now
from api.store.opening import Store

_PREFIX = "hool_"
_PULSE = timedelta(hours=1)


def issue(store: Store, *, name: str, roles: Iterable[Role], actor: str, expires: datetime | None = None) -> str:
    """Issue a token for another system and return it; nobody can read it again."""
    token = _PREFIX + new_token()
    with store.transaction(actor) as session:
        session.add(
            ApiToken(
                name=clean(name),
                token_hash=token_hash(token),
                roles=sorted(roles),
                by=actor,
                at=now(session),
                expires=expires,
            )
        )
    return token


def revoke(store: Store, key: str, *, actor: str) -> None:
    """Let a token open nothing from now on."""
    with store.transaction(actor) as session:
        row = session.get(ApiToken, key)
        if row is None:
            raise MissingError(f"api_token:{key}")
        row.revoked = row.revoked or now(session)


def tokens(store: Store) -> Sequence[ApiToken]:
    """Return all tokens, the newest first."""
    with store.session() as session:
        return session.scalars(select(ApiToken).order_by(ApiToken.at.desc())).all()


def principal(store: Store, token: str) -> Principal | None:
    """Return the system whose token this is; None if it is unknown, revoked or over."""
    moment = store.clock()
    with store.session() as session:
        row = session.scalar(select(ApiToken).where(ApiToken.token_hash == token_hash(token)))
    if row is None or row.revoked or (row.expires and row.expires <= moment):
        return None
    if row.used_at is None or row.used_at + _PULSE <= moment:
        _touch(store, row.id)
    roles = frozenset(Role(role) for role in row.roles if role in set(Role))
    return Principal(user=f"token:{row.id}", name=row.name, roles=roles - {Role.ADMIN})


def _touch(store: Store, key: str) -> None:
    with store.transaction("system") as session:
        if row := session.get(ApiToken, key):
            row.used_at = now(session)
