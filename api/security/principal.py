"""Who is asking: an account by its session, or another system by its token."""

from __future__ import annotations

from dataclasses import dataclass

from api.security.roles import Permission, Role, permissions_of


@dataclass(frozen=True, kw_only=True)
class Principal:
    """Somebody whom we know. `session` is the key of a cookie's session, empty for a token of another system."""

    user: str
    name: str
    login: str = ""
    roles: frozenset[Role]
    lang: str = ""
    session: str = ""
    csrf: str = ""
    worker: str = ""  # the record of the carer whose rounds are her own

    @property
    def permissions(self) -> frozenset[Permission]:
        """Return everything that this account may do."""
        return permissions_of(self.roles)

    def may(self, permission: Permission) -> bool:
        """Tell whether this account may do it."""
        return permission in self.permissions

    @property
    def actor(self) -> str:
        """Return the name under which the history writes down what this account does: its key, not a person's name."""
        return self.user
