"""`hoolering months`: the months of the server's books, approved and closed from the command line."""

from __future__ import annotations

from collections.abc import Callable

import click
from rich.table import Table
from sqlalchemy.orm import Session

from api.book_tables import amount_text
from api.cli.console import console, fail, shared_options, show_findings, show_json, shown
from api.cli.stores import database_option, opened_store
from api.desk.looks import actor_names
from api.desk.month_states import take_back_approval
from api.desk.months import MonthBook, approve_month, close_month, list_months, open_book
from api.errors import MissingError
from api.security import accounts
from api.security.roles import Permission, Role, permissions_of
from api.store.opening import Store
from api.wording import say
from routing.books.months import read_month

_as = click.option(
    "--as", "login", required=True, help="The login of the account that does it; its role must allow it."
)


@click.group()
def months() -> None:
    """List, approve and close the months of the server's books."""


@months.command("list")
@database_option
@shared_options
def list_(database: str | None, lang: str, as_json: bool) -> None:
    """List all months with their state, who approved them, and what they come to."""
    with opened_store(database) as store, store.session() as session:
        found = [open_book(session, row.month) for row in list_months(session)]
        names = actor_names(session, [book.approval.by for book in found if book.approval], lang)
    if as_json:
        show_json([_as_dict(book) for book in found])
        return
    keys = ("ledger.column-month", "owed.column-state", "owed.approval", "ledger.column-total")
    table = Table(*(say(key, lang) for key in keys))
    for book in found:
        by = names.get(book.approval.by, book.approval.by) if book.approval and book.approval.holds else ""
        state = say(f"owed.state-{book.state.value}", lang)
        table.add_row(str(book.month), state, shown(by), amount_text(book.total, lang))
    console().print(table)


@months.command()
@click.argument("month")
@_as
@database_option
@shared_options
def approve(month: str, login: str, database: str | None, lang: str, as_json: bool) -> None:
    """Approve MONTH, such as 2026-06, as it stands."""
    _change(month, login, database, Permission.STATEMENTS_APPROVE, approve_month, "approved", lang, as_json=as_json)


@months.command()
@click.argument("month")
@_as
@database_option
@shared_options
def draft(month: str, login: str, database: str | None, lang: str, as_json: bool) -> None:
    """Take the approval of MONTH back."""

    def take_back(session: Session, book: MonthBook) -> None:
        take_back_approval(session, book.month)

    _change(month, login, database, Permission.STATEMENTS_APPROVE, take_back, "drafted", lang, as_json=as_json)


@months.command()
@click.argument("month")
@_as
@database_option
@shared_options
def close(month: str, login: str, database: str | None, lang: str, as_json: bool) -> None:
    """Close MONTH, approved before, for ever; corrections become new lines of a later month."""
    _change(month, login, database, Permission.STATEMENTS_EDIT, close_month, "closed", lang, as_json=as_json)


def _change(
    month: str,
    login: str,
    database: str | None,
    needed: Permission,
    change: Callable[[Session, MonthBook], None],
    told: str,
    lang: str,
    *,
    as_json: bool,
) -> None:
    asked = read_month(month)
    with opened_store(database) as store:
        key = _account(store, login, needed, lang)
        with store.session() as session:
            book = open_book(session, asked)
        with store.transaction(key) as session:
            change(session, book)
        with store.session() as session:
            book = open_book(session, asked)
    if as_json:
        show_json(_as_dict(book))
    else:
        show_findings(book.blockers, lang=lang)
        console().print(say(f"owed.told-{told}", lang), markup=False)


def _account(store: Store, login: str, needed: Permission, lang: str) -> str:
    """Return the key of an account that is open and may do what is needed; leave with a sentence where it may not."""
    try:
        user = accounts.user_by_login(store, login)
    except MissingError:
        fail(say("serve.user-missing", lang, login=login))
    if not user.active or needed not in permissions_of(Role(role) for role in user.roles):
        fail(say("serve.user-may-not", lang, login=login))
    return user.id


def _as_dict(book: MonthBook) -> dict[str, object]:
    approval = book.approval
    return {
        "month": str(book.month),
        "state": book.state.value,
        "approved_by": approval.by if approval and approval.holds else None,
        "approved_at": approval.at.isoformat() if approval and approval.holds else None,
        "statements": len(book.statements),
        "total": f"{book.total:f}",
        "blockers": [finding.code for finding in book.blockers],
    }
