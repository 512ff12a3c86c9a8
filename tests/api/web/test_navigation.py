"""The main menu: what somebody sees of it, and what of it is lit."""

from collections.abc import Sequence

import pytest

from api.security.principal import Principal
from api.security.roles import Role
from api.web.navigation import menu_for


def lit(path: str, *roles: Role) -> list[str]:
    """Return the paths of the lit entries on a page."""
    return [entry.path for item in menu_for(who(*roles), path) for entry, here in item.entries if here]


def who(*roles: Role) -> Principal:
    """Return somebody with some roles."""
    return Principal(user="user:x", name="X", roles=frozenset(roles))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/fragility/2026-11-25", ["/weeks"]),
        ("/weeks/2026-11-23", ["/weeks"]),
        ("/learned", ["/log"]),
        ("/reliefs", ["/months"]),
        ("/import", ["/records"]),
        ("/logs", []),
        ("/account", []),
    ],
)
def test_what_is_lit(path: str, expected: Sequence[str]) -> None:
    """A page lights its own entry, or the one that leads to it, and its group's button."""
    assert lit(path, *Role) == expected
    assert [item.is_here for item in menu_for(who(*Role), path)].count(True) == len(expected)


def test_one_entry_needs_no_button() -> None:
    """Who may open several pages of a group gets its button; one page alone stands in the row itself."""
    auditor, admin = menu_for(who(Role.AUDITOR), "/"), menu_for(who(Role.ADMIN), "/")
    assert [item.is_group for item in auditor if item.entries[0][0].path == "/access"] == [False]
    assert [item.is_group for item in admin if item.entries[0][0].path == "/accounts"] == [True]
    assert menu_for(None, "/") == ()
