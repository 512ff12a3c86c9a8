"""The admin's page of tokens by which other systems use the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.security import api_tokens
from api.security.principal import Principal
from api.security.roles import Permission, Role
from api.web.guards import needs
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import Shell, TheShell

router = APIRouter(include_in_schema=False, prefix="/tokens")
Admin = Annotated[Principal, needs(Permission.ACCOUNTS)]
_LONGEST_DAYS = 730


@router.get("")
def tokens_page(request: Request, shell: TheShell, who: Admin) -> Response:  # noqa: ARG001 - declares its permission
    """List all tokens."""
    return _page(request, shell)


@router.post("")
def issue_token(
    request: Request,
    shell: TheShell,
    who: Admin,
    name: Annotated[str, Form(min_length=1, max_length=200)],
    roles: Annotated[list[Role] | None, Form()] = None,
    days: Annotated[int, Form(ge=1, le=_LONGEST_DAYS)] = 365,
) -> Response:
    """Issue a token and show it once."""
    expires = shell.store.clock() + timedelta(days=days)
    token = api_tokens.issue(shell.store, name=name, roles=roles or (), actor=who.actor, expires=expires)
    return _page(request, shell, token=token)


@router.post("/{key}/revoke")
def revoke_token(shell: TheShell, who: Admin, key: str) -> Response:
    """Revoke a token."""
    api_tokens.revoke(shell.store, key, actor=who.actor)
    return see_other("/tokens")


def _page(request: Request, shell: Shell, *, token: str = "") -> Response:
    roles = [role for role in Role if role is not Role.ADMIN]
    listed = api_tokens.tokens(shell.store)
    return page(request, "tokens.html", tokens=listed, roles=roles, token=token, now=shell.store.clock())
