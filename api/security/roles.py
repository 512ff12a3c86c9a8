"""Roles and what each may do: the one table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What somebody is in the municipality's service; an account may have several."""

    COORDINATOR = "coordinator"
    CARER = "carer"
    CLERK = "clerk"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Permission(StrEnum):
    """One thing that a route may ask for."""

    PLAN_READ = "plan-read"  # days, plans, explanations, figures
    PLAN_EDIT = "plan-edit"  # moves, locks, planning, scenarios
    PLAN_PUBLISH = "plan-publish"
    LINKS = "links"  # issue and revoke the drivers' links, read their taps
    OWN_ROUND = "own-round"  # the signed-in carer's own published round
    RECORDS_READ = "records-read"  # people, vehicles, shifts, requests; aids and needs among them
    RECORDS_EDIT = "records-edit"  # the same, changed and imported
    EXPORT = "export"  # take records or plans away as files
    QUOTE = "quote"  # price and notice of one ride
    PRICES_READ = "prices-read"
    PRICES_EDIT = "prices-edit"
    LOG_READ = "log-read"  # what was planned and what came of it; needs and reasons among it
    LOG_EDIT = "log-edit"
    STATEMENTS_READ = "statements-read"  # what clients owe: names, services and prices, no needs
    STATEMENTS_EDIT = "statements-edit"  # waive, settle, close months
    STATEMENTS_APPROVE = "statements-approve"  # say that a month's statements are right, before they are closed
    REPORTS_READ = "reports-read"  # figures of supervision with ids behind them, nobody's name
    LOGS_READ = "logs-read"  # history and who saw whose data
    ACCOUNTS = "accounts"  # accounts, roles, tokens of other systems
    OWN_ACCOUNT = "own-account"  # one's own password, language, sessions


PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.COORDINATOR: frozenset(
            {
                Permission.PLAN_READ,
                Permission.PLAN_EDIT,
                Permission.PLAN_PUBLISH,
                Permission.LINKS,
                Permission.RECORDS_READ,
                Permission.RECORDS_EDIT,
                Permission.EXPORT,
                Permission.QUOTE,
                Permission.PRICES_READ,
                Permission.LOG_READ,
                Permission.LOG_EDIT,
                Permission.STATEMENTS_READ,
                Permission.STATEMENTS_APPROVE,
                Permission.REPORTS_READ,
                Permission.OWN_ACCOUNT,
            }
        ),
        Role.CARER: frozenset({Permission.OWN_ROUND, Permission.OWN_ACCOUNT}),
        Role.CLERK: frozenset(
            {
                Permission.QUOTE,
                Permission.PRICES_READ,
                Permission.PRICES_EDIT,
                Permission.STATEMENTS_READ,
                Permission.STATEMENTS_EDIT,
                Permission.OWN_ACCOUNT,
            }
        ),
        Role.AUDITOR: frozenset({Permission.LOGS_READ, Permission.REPORTS_READ, Permission.OWN_ACCOUNT}),
        Role.ADMIN: frozenset({Permission.ACCOUNTS, Permission.OWN_ACCOUNT}),
    }
)


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return everything that somebody with these roles may do."""
    return frozenset().union(*(PERMISSIONS[role] for role in roles))
