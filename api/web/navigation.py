"""The main menu: one table, of which everybody sees what she may open; what belongs together opens from one button."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from api.security.principal import Principal
from api.security.roles import Permission


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry: the key of its words, where it leads, and what one must be allowed to see it.

    `also` are the beginnings of further pages that one reaches from there; `group` is the key of the button's words
    below which the entry stands, empty where it stands in the row itself.
    """

    key: str
    path: str
    permission: Permission
    also: tuple[str, ...] = ()
    group: str = ""

    def holds(self, path: str) -> bool:
        """Tell whether a page is the entry's own, or one that is reached from it."""
        return any(path == start or path.startswith(f"{start}/") for start in (self.path, *self.also))


@dataclass(frozen=True, kw_only=True)
class Item:
    """One place in the menu's row: an entry, or several below a button; with each whether one is there."""

    key: str
    entries: tuple[tuple[Entry, bool], ...]

    @property
    def is_group(self) -> bool:
        """Tell whether the entries stand below a button: one alone needs none."""
        return len(self.entries) > 1

    @property
    def is_here(self) -> bool:
        """Tell whether the page is one of the entries'."""
        return any(here for _, here in self.entries)


_BOOKS = "web.nav-books"
_OFFICE = "web.nav-office"

NAVIGATION = (
    Entry(key="driver.own-title", path="/own-round", permission=Permission.OWN_ROUND),
    Entry(key="web.nav-board", path="/board", permission=Permission.PLAN_READ),
    Entry(key="weeks.title", path="/weeks", permission=Permission.PLAN_READ, also=("/fragility",)),
    Entry(key="board.call", path="/call", permission=Permission.RECORDS_READ),
    Entry(key="books.title", path="/records", permission=Permission.RECORDS_READ, also=("/import", "/settings")),
    Entry(key="fees.title", path="/fees", permission=Permission.PRICES_READ, group=_BOOKS),
    Entry(key="owed.log-title", path="/log", permission=Permission.LOG_READ, also=("/learned",), group=_BOOKS),
    Entry(
        key="owed.months-title",
        path="/months",
        permission=Permission.STATEMENTS_READ,
        also=("/reliefs",),
        group=_BOOKS,
    ),
    Entry(key="owed.report-title", path="/report", permission=Permission.REPORTS_READ, group=_BOOKS),
    Entry(key="access.title", path="/access", permission=Permission.LOGS_READ, group=_OFFICE),
    Entry(key="web.nav-accounts", path="/accounts", permission=Permission.ACCOUNTS, group=_OFFICE),
    Entry(key="web.nav-tokens", path="/tokens", permission=Permission.ACCOUNTS, group=_OFFICE),
)


def entries_for(who: Principal | None) -> tuple[Entry, ...]:
    """Return the entries that somebody may open."""
    return tuple(entry for entry in NAVIGATION if who and who.may(entry.permission))


def menu_for(who: Principal | None, path: str) -> tuple[Item, ...]:
    """Return the menu of somebody who is on the page `path`."""
    grouped = groupby(entries_for(who), key=lambda entry: entry.group or entry.key)
    return tuple(_item(key, entries, path) for key, entries in grouped)


def _item(key: str, entries: Iterable[Entry], path: str) -> Item:
    return Item(key=key, entries=tuple((entry, entry.holds(path)) for entry in entries))
