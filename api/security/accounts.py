"""Accounts: made, changed and shut by the admin; password and language by the account itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.errors import ConflictError, InputError, MissingError
from api.security import passwords
from api.security.principal import Principal
from api.security.roles import Role
from api.security.sessions import end_all
from api.security.sign_in import check_password, clean, fold
from api.store.accounts import FailedLogin, User
from api.store.history import doing, now
from api.store.opening import Store
from api.store.records import Record
from api.wording import LANGUAGES
from routing.findings import Finding


def users(store: Store) -> Sequence[User]:
    """Return all accounts by name."""
    with store.session() as session:
        return session.scalars(select(User).order_by(User.login)).all()


def add_user(
    store: Store, *, login: str, name: str, roles: Iterable[Role], actor: str, password: str = "", worker: str = ""
) -> User:
    """Make an account; without a password it can be used once the admin resets it, or through the other provider."""
    folded = fold(login)
    faults = list(passwords.faults(password, name=folded)) if password else []
    if not folded or any(letter.isspace() for letter in folded):
        faults.append(Finding(code="account.login", field="login", found=folded))
    if faults:
        raise InputError(faults)
    with store.transaction(actor) as session, doing(session, "user.add"):
        if session.scalar(select(User.id).where(User.login == folded)):
            raise InputError((Finding(code="account.login-taken", field="login", found=folded),))
        _refuse_unknown(session, clean(worker))
        user = User(
            login=folded,
            name=clean(name),
            roles=sorted(roles),
            password_hash=passwords.hash_password(password) if password else None,
            worker=clean(worker) or None,
            lang="",
            active=True,
            at=now(session),
        )
        session.add(user)
    return user


def change_user(
    store: Store, key: str, *, name: str, roles: Iterable[Role], active: bool, actor: str, worker: str = ""
) -> None:
    """Change what the admin may change; whoever is shut out is signed out. The last admin stays one."""
    with store.transaction(actor) as session, doing(session, "user.change"):
        user = _user(session, key)
        admins = _admins(session)
        if clean(worker) != (user.worker or ""):
            _refuse_unknown(session, clean(worker))
        user.name, user.worker, user.active = clean(name), clean(worker) or None, active
        user.roles = sorted(roles)
        session.flush()
        if admins and not _admins(session):
            raise ConflictError((Finding(code="account.last-admin", field="roles"),))
        if not active:
            end_all(session, key)


def reset_password(store: Store, key: str, *, actor: str, password: str = "") -> str:
    """Give an account a new password, random unless given, end its sessions, open it if shut, and return it."""
    password = password or passwords.random_password()
    with store.transaction(actor) as session, doing(session, "user.reset"):
        user = _user(session, key)
        user.password_hash = passwords.hash_password(password)
        session.execute(delete(FailedLogin).where(FailedLogin.login == user.login))
        end_all(session, key)
    return password


def change_password(store: Store, who: Principal, *, old: str, new: str) -> None:
    """Change one's own password; every other session ends. InputError where old or new will not do."""
    with store.session() as session:
        login = _user(session, who.user).login
    check_password(store, login, old)
    if faults := passwords.faults(new, name=login):
        raise InputError(faults)
    with store.transaction(who.actor) as session, doing(session, "user.password"):
        _user(session, who.user).password_hash = passwords.hash_password(new)
        end_all(session, who.user, but=who.session)


def sign_out_everywhere(store: Store, who: Principal) -> None:
    """End all one's own sessions, this one too."""
    with store.transaction(who.actor) as session:
        end_all(session, who.user)


def set_language(store: Store, who: Principal, lang: str) -> None:
    """Keep one's language in the account."""
    if lang in LANGUAGES and lang != who.lang:
        with store.transaction(who.actor) as session:
            _user(session, who.user).lang = lang


def user_by_login(store: Store, login: str) -> User:
    """Return the account of this name; MissingError if there is none."""
    with store.session() as session:
        found = session.scalar(select(User).where(User.login == fold(login)))
    if found is None:
        raise MissingError(f"account {login}")
    return found


def _user(session: Session, key: str) -> User:
    if user := session.get(User, key):
        return user
    raise MissingError(f"user:{key}")


def _refuse_unknown(session: Session, worker: str) -> None:
    """Raise InputError unless there is such a worker: an account sees the rounds of its own worker."""
    if worker and session.get(Record, ("workers", worker)) is None:
        raise InputError((Finding(code="account.worker-unknown", field="worker", found=worker),))


def _admins(session: Session) -> int:
    return sum(user.active and Role.ADMIN in user.roles for user in session.scalars(select(User)))
