"""Sign in with another provider: leave for it, and come back."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.errors import InputError, MissingError
from api.security.limits import SIGN_IN
from api.security.oidc import Provider
from api.security.oidc_accounts import account_of
from api.web import cookies
from api.web.guards import public
from api.web.language import language_of
from api.web.pages.sign_in import begin, client_of, sign_in_form
from api.web.redirects import own_path
from api.web.state import Shell, TheShell
from routing.findings import Finding

router = APIRouter(include_in_schema=False)


@router.get("/sign-in/provider", dependencies=[public("whoever signs in is not known yet")])
def depart(request: Request, shell: TheShell, next: str = "/") -> Response:  # noqa: A002 - the query's parameter
    """Send the browser to the provider."""
    shell.limits.hit(SIGN_IN, client_of(request))
    try:
        departure = _provider(shell).depart(_return_address(shell), own_path(next), language_of(request))
    except InputError as error:
        return sign_in_form(request, shell, next_path=next, findings=error.findings, status=502)
    response = RedirectResponse(departure.address, 303)
    cookies.set_departure(response, shell.settings, departure.cookie)
    return response


@router.get("/sign-in/return", dependencies=[public("whoever signs in is not known yet")])
def arrive(request: Request, shell: TheShell, code: str = "", state: str = "", error: str = "") -> Response:
    """Take in somebody who comes back from the provider."""
    shell.limits.hit(SIGN_IN, client_of(request))
    cookie = request.cookies.get(cookies.departure_cookie(shell.settings), "")
    try:
        if error or not code or not cookie:
            raise InputError((Finding(code="account.oidc-refused" if error else "account.oidc-state"),))  # noqa: TRY301
        identity = _provider(shell).arrive(code=code, state=state, cookie=cookie, redirect_uri=_return_address(shell))
        user = account_of(shell.store, identity, match_claim=shell.settings.oidc_match_claim)
    except InputError as refusal:
        response = sign_in_form(request, shell, next_path="/", findings=refusal.findings, status=403)
    else:
        response = begin(request, shell, user.id, identity.next_path, lang=user.lang)
    cookies.drop_departure(response, shell.settings)
    return response


def _provider(shell: Shell) -> Provider:
    if shell.provider is None:
        raise MissingError("another provider")
    return shell.provider


def _return_address(shell: Shell) -> str:
    return f"{shell.settings.base_url}/sign-in/return"
