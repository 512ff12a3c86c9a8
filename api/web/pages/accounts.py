"""The admin's page: accounts and their roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.errors import ConflictError, InputError
from api.security import accounts
from api.security.principal import Principal
from api.security.roles import Permission, Role
from api.web.guards import needs
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import Shell, TheShell
from routing.findings import Finding

router = APIRouter(include_in_schema=False, prefix="/accounts")
Admin = Annotated[Principal, needs(Permission.ACCOUNTS)]


@router.get("")
def accounts_page(request: Request, shell: TheShell, who: Admin) -> Response:  # noqa: ARG001 - declares its permission
    """List all accounts."""
    return _page(request, shell)


@router.post("")
def add_account(
    request: Request,
    shell: TheShell,
    who: Admin,
    login: Annotated[str, Form(max_length=200)] = "",
    name: Annotated[str, Form(max_length=200)] = "",
    roles: Annotated[list[Role] | None, Form()] = None,
    worker: Annotated[str, Form(max_length=200)] = "",
    invited: Annotated[bool, Form()] = False,
) -> Response:
    """Make an account, and show its first password once; one that is invited signs in elsewhere and has none."""
    try:
        user = accounts.add_user(
            shell.store, login=login, name=name, roles=roles or (), actor=who.actor, worker=worker.strip()
        )
    except InputError as error:
        filled = {"login": login, "name": name, "roles": roles or [], "worker": worker}
        return _page(request, shell, findings=error.findings, filled=filled, status=422)
    password = "" if invited else accounts.reset_password(shell.store, user.id, actor=who.actor)
    return _page(request, shell, told=user.login, password=password)


@router.post("/{key}")
def change_account(
    request: Request,
    shell: TheShell,
    who: Admin,
    key: str,
    name: Annotated[str, Form(max_length=200)] = "",
    roles: Annotated[list[Role] | None, Form()] = None,
    worker: Annotated[str, Form(max_length=200)] = "",
    active: Annotated[bool, Form()] = False,
) -> Response:
    """Change name, roles, the carer's record, and whether the account is open."""
    try:
        accounts.change_user(
            shell.store, key, name=name, roles=roles or (), active=active, actor=who.actor, worker=worker.strip()
        )
    except ConflictError as error:
        return _page(request, shell, findings=error.findings, status=409)
    except InputError as error:
        return _page(request, shell, findings=error.findings, status=422)
    return see_other("/accounts")


@router.post("/{key}/password")
def reset_password(request: Request, shell: TheShell, who: Admin, key: str) -> Response:
    """Give an account a new password and show it once."""
    password = accounts.reset_password(shell.store, key, actor=who.actor)
    login = next((user.login for user in accounts.users(shell.store) if user.id == key), "")
    return _page(request, shell, told=login, password=password)


def _page(
    request: Request,
    shell: Shell,
    *,
    findings: tuple[Finding, ...] = (),
    filled: Mapping[str, object] | None = None,
    status: int = 200,
    told: str = "",
    password: str = "",
) -> Response:
    form: Mapping[str, object] = filled or {"login": "", "name": "", "roles": [], "worker": ""}
    return page(
        request,
        "accounts.html",
        status=status,
        users=accounts.users(shell.store),
        roles=list(Role),
        findings=findings,
        filled=form,
        told=told,
        password=password,
    )
