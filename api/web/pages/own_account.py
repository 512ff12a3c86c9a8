"""One's own account: password, sessions, and what one may do."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.errors import InputError
from api.security import accounts, sessions
from api.security.limits import SIGN_IN
from api.security.principal import Principal
from api.security.roles import Permission
from api.web import cookies
from api.web.guards import needs
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import Shell, TheShell
from routing.findings import Finding

router = APIRouter(include_in_schema=False)
Owner = Annotated[Principal, needs(Permission.OWN_ACCOUNT)]


@router.get("/account")
def account_page(request: Request, shell: TheShell, who: Owner, done: str = "") -> Response:
    """Show the account."""
    return _page(request, shell, who, done=done == "password")


@router.post("/account/password")
def change_password(
    request: Request,
    shell: TheShell,
    who: Owner,
    old: Annotated[str, Form(max_length=1000)] = "",
    new: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Change the password; other sessions end."""
    shell.limits.hit(SIGN_IN, who.user)
    try:
        accounts.change_password(shell.store, who, old=old, new=new)
    except InputError as error:
        return _page(request, shell, who, findings=error.findings, status=422)
    return see_other("/account?done=password")


@router.post("/account/sessions/end")
def end_session(shell: TheShell, who: Owner, key: Annotated[str, Form()]) -> Response:
    """End one of one's sessions."""
    sessions.end(shell.store, who, key)
    return see_other("/account")


@router.post("/account/sessions/end-all")
def end_all_sessions(shell: TheShell, who: Owner) -> Response:
    """Sign out everywhere."""
    accounts.sign_out_everywhere(shell.store, who)
    response = see_other("/sign-in")
    cookies.drop_session(response, shell.settings)
    return response


def _page(
    request: Request,
    shell: Shell,
    who: Principal,
    *,
    findings: tuple[Finding, ...] = (),
    status: int = 200,
    done: bool = False,
) -> Response:
    opened = sessions.sessions_of(shell.store, who)
    return page(request, "account.html", status=status, sessions=opened, findings=findings, done=done)
