"""The main menu: one table, of which everybody sees what she may open."""

from __future__ import annotations

from dataclasses import dataclass

from api.security.principal import Principal
from api.security.roles import Permission


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry: the key of its words, where it leads, and what one must be allowed to see it."""

    key: str
    path: str
    permission: Permission


NAVIGATION = (
    Entry(key="driver.own-title", path="/own-round", permission=Permission.OWN_ROUND),
    Entry(key="web.nav-board", path="/board", permission=Permission.PLAN_READ),
    Entry(key="weeks.title", path="/weeks", permission=Permission.PLAN_READ),
    Entry(key="calls.title", path="/call", permission=Permission.RECORDS_READ),
    Entry(key="books.title", path="/records", permission=Permission.RECORDS_READ),
    Entry(key="fees.title", path="/fees", permission=Permission.PRICES_READ),
    Entry(key="owed.log-title", path="/log", permission=Permission.LOG_READ),
    Entry(key="owed.months-title", path="/months", permission=Permission.STATEMENTS_READ),
    Entry(key="owed.report-title", path="/report", permission=Permission.REPORTS_READ),
    Entry(key="access.title", path="/access", permission=Permission.LOGS_READ),
    Entry(key="web.nav-accounts", path="/accounts", permission=Permission.ACCOUNTS),
    Entry(key="web.nav-tokens", path="/tokens", permission=Permission.ACCOUNTS),
)


def entries_for(who: Principal | None) -> tuple[Entry, ...]:
    """Return the entries that somebody may open."""
    return tuple(entry for entry in NAVIGATION if who and who.may(entry.permission))
