"""`hoolering users`: the accounts of the server, from the command line."""

from __future__ import annotations

import click
from rich.table import Table

from api.cli.console import console, fail, shared_options, show_json, shown
from api.cli.stores import database_option, opened_store
from api.errors import MissingError
from api.security import accounts
from api.security.roles import Role
from api.security.sign_in import forget_failures_of
from api.store.accounts import User
from api.store.opening import Store
from api.wording import say

_ACTOR = "command-line"


@click.group()
def users() -> None:
    """Make, list, shut and reset accounts of the server."""


@users.command("list")
@database_option
@shared_options
def list_users(database: str | None, lang: str, as_json: bool) -> None:
    """List all accounts."""
    with opened_store(database) as store:
        rows = accounts.users(store)
    if as_json:
        show_json([{"login": row.login, "name": row.name, "roles": row.roles, "active": row.active} for row in rows])
        return
    if not rows:
        console().print(shown(say("serve.users-none", lang)))
        return
    table = Table(say("web.login", lang), say("web.name", lang), say("web.roles", lang), "")
    for row in rows:
        roles = ", ".join(say(f"web.role-{role}", lang) for role in row.roles)
        table.add_row(shown(row.login), shown(row.name), roles, "" if row.active else say("web.account-shut", lang))
    console().print(table)


@users.command()
@click.argument("login")
@click.option("--name", default="", help="The person's name.")
@click.option(
    "--role", "roles", type=click.Choice([role.value for role in Role]), multiple=True, help="May be repeated."
)
@click.option("--worker", default="", help="The carer's id in the records.")
@click.option("--invited", is_flag=True, help="Signs in with another provider: no password.")
@database_option
@shared_options
def add(
    login: str,
    name: str,
    roles: tuple[str, ...],
    worker: str,
    invited: bool,
    database: str | None,
    lang: str,
    as_json: bool,
) -> None:
    """Make an account and print its first password."""
    with opened_store(database) as store:
        kinds = [Role(role) for role in roles]
        user = accounts.add_user(store, login=login, name=name, roles=kinds, actor=_ACTOR, worker=worker)
        password = "" if invited else accounts.reset_password(store, user.id, actor=_ACTOR)
    _tell(user.login, password, lang, as_json=as_json)


@users.command()
@click.argument("login")
@database_option
@shared_options
def disable(login: str, database: str | None, lang: str, as_json: bool) -> None:
    """Shut an account and end its sessions."""
    with opened_store(database) as store:
        user = _account(store, login, lang)
        roles = [Role(role) for role in user.roles]
        accounts.change_user(
            store, user.id, name=user.name, roles=roles, active=False, actor=_ACTOR, worker=user.worker or ""
        )
    if as_json:
        show_json({"login": user.login, "active": False})
    else:
        console().print(shown(say("serve.user-shut", lang, login=user.login)))


@users.command()
@click.argument("login")
@database_option
@shared_options
def reset(login: str, database: str | None, lang: str, as_json: bool) -> None:
    """Give an account a new password, and open it if wrong passwords have shut it."""
    with opened_store(database) as store:
        user = _account(store, login, lang)
        password = accounts.reset_password(store, user.id, actor=_ACTOR)
        forget_failures_of(store, user.login, actor=_ACTOR)
    _tell(user.login, password, lang, as_json=as_json)


def _account(store: Store, login: str, lang: str) -> User:
    try:
        return accounts.user_by_login(store, login)
    except MissingError:
        fail(say("serve.user-missing", lang, login=login))


def _tell(login: str, password: str, lang: str, *, as_json: bool) -> None:
    if as_json:
        show_json({"login": login, "password": password or None})
    else:
        key = "serve.user-ready" if password else "serve.user-invited"
        console().print(shown(say(key, lang, login=login, password=password)), soft_wrap=True)
