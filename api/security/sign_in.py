"""Sign in by name and password: failures are counted per name, whether or not there is such an account."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from api.errors import InputError, TooManyError
from api.security import passwords
from api.security.lockout import delay
from api.security.tokens import token_hash
from api.store.accounts import FailedLogin, User
from api.store.history import now, write
from api.store.opening import Store
from routing.findings import Finding

REMEMBERED = timedelta(days=1)
"""How long a failed attempt counts."""


def fold(login: str) -> str:
    """Return a user name as it is compared."""
    return clean(login).casefold()[:200]


def clean(text: str) -> str:
    """Return a line of text without letters that nobody sees, some of which PostgreSQL cannot keep."""
    return "".join(letter for letter in text if letter.isprintable()).strip()[:200]


def check_password(store: Store, login: str, password: str, *, origin: str = "") -> User:
    """Return whose name and password these are.

    InputError where they do not belong together, TooManyError while the account is shut after failures. Each says the
    same whether or not the account exists.
    """
    login = fold(login)
    _refuse_shut(store, login)
    with store.session() as session:
        user = session.scalar(select(User).where(User.login == login))
    hashed = user.password_hash if user and user.active else None
    if not passwords.fits(password, hashed or "") or user is None or hashed is None:
        _remember_failure(store, login, origin)
        raise InputError((Finding(code="account.wrong-sign-in", field="password"),))
    _forget_failures(store, user, password if passwords.is_outdated(hashed) else "")
    return user


def forget_failures_of(store: Store, login: str, *, actor: str) -> None:
    """Open an account that is shut after failures."""
    with store.transaction(actor) as session:
        session.execute(delete(FailedLogin).where(FailedLogin.login == fold(login)))


def _refuse_shut(store: Store, login: str) -> None:
    moment = store.clock()
    with store.session() as session:
        wanted = select(FailedLogin.at).where(FailedLogin.login == login, FailedLogin.at > moment - REMEMBERED)
        failures = sorted(session.scalars(wanted))
    if failures and (wait := failures[-1] + delay(len(failures)) - moment) > timedelta():
        raise TooManyError(seconds=max(1, round(wait.total_seconds())))


def _remember_failure(store: Store, login: str, origin: str) -> None:
    with store.transaction("system") as session:
        moment = now(session)
        session.execute(delete(FailedLogin).where(FailedLogin.at < moment - REMEMBERED))
        session.add(FailedLogin(login=login, origin=token_hash(origin), at=moment))


def _forget_failures(store: Store, user: User, rehash: str) -> None:
    with store.transaction(user.id) as session:
        session.execute(delete(FailedLogin).where(FailedLogin.login == user.login))
        if rehash and (row := session.get(User, user.id)):
            row.password_hash = passwords.hash_password(rehash)
        write(session, "session.password", f"user:{user.id}")
