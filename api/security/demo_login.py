"""The account of the demo."""

from __future__ import annotations

from api.errors import MissingError
from api.security import accounts
from api.security.passwords import random_password
from api.security.roles import Role
from api.store.opening import Store

DEMO_LOGIN = "demo"
_ROLES = (Role.COORDINATOR, Role.CLERK, Role.AUDITOR, Role.ADMIN)  # so that the demo shows every page


def ensure_demo_login(store: Store) -> str:
    """Make the demo's account and return its password; empty if there is one already."""
    try:
        accounts.user_by_login(store, DEMO_LOGIN)
    except MissingError:
        password = random_password()
        accounts.add_user(store, login=DEMO_LOGIN, name="Demo", roles=_ROLES, actor="system", password=password)
        return password
    return ""
