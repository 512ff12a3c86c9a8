"""Which account somebody has whom another provider vouches for: nobody gets one, or a role, by herself."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.errors import InputError
from api.security.oidc import Identity
from api.security.sign_in import fold
from api.store.accounts import User
from api.store.history import doing, write
from api.store.opening import Store
from routing.findings import Finding


def account_of(store: Store, identity: Identity, *, match_claim: str = "") -> User:
    """Return the account bound to this issuer and subject, or bind the one that was invited for it.

    An invited account has no password and no provider yet, and its user name is the value of the claim `match_claim`,
    such as `email`. InputError where there is no such account or it is shut.
    """
    with store.transaction("system") as session:
        bound = session.scalar(
            select(User).where(User.issuer == identity.issuer, User.oidc_subject == identity.subject)
        )
        user = bound or _invited(session, identity, match_claim)
        if user is None or not user.active:
            raise InputError((Finding(code="account.oidc-unknown"),))
        if bound is None:
            with doing(session, "user.bind"):
                user.issuer, user.oidc_subject = identity.issuer, identity.subject
        write(session, "session.oidc", f"user:{user.id}")
    return user


def _invited(session: Session, identity: Identity, claim: str) -> User | None:
    value = identity.claims.get(claim) if claim else None
    if not isinstance(value, str) or not value.strip():
        return None
    if claim == "email" and identity.claims.get("email_verified") is not True:
        return None  # some providers let people write any address there
    found = session.scalar(select(User).where(User.login == fold(value)))
    return found if found and found.issuer is None and found.password_hash is None else None
