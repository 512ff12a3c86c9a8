"""Who is asking, by a session's cookie or another system's token; and whether the request is really theirs."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from api.errors import ForgedError
from api.security import api_tokens, sessions
from api.security.principal import Principal
from api.security.tokens import csrf_token, same
from api.settings import Settings
from api.web.state import TheShell

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
FORM_FIELD = "csrf"
HEADER = "X-CSRF-Token"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")

session_scheme = APIKeyCookie(
    name="hoolering", scheme_name="session", auto_error=False, description="The session of somebody signed in."
)
bearer_scheme = HTTPBearer(scheme_name="token", auto_error=False, description="A token that the admin has issued.")


def session_cookie(settings: Settings) -> str:
    """Return the name of the session's cookie: bound to this host wherever cookies are secure."""
    return "__Host-hoolering" if settings.secure_cookies else "hoolering"


def visitor_cookie(settings: Settings) -> str:
    """Return the name of the cookie that forms before signing in are bound to."""
    return "__Host-visitor" if settings.secure_cookies else "visitor"


def _visitor(
    request: Request,
    shell: TheShell,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer_scheme)],
    _cookie: Annotated[str | None, Depends(session_scheme)],
) -> Principal | None:
    if bearer is not None:
        found = api_tokens.principal(shell.store, bearer.credentials)
    else:
        token = request.cookies.get(session_cookie(shell.settings), "")
        found = sessions.principal(shell.store, shell.settings, token) if token else None
    request.state.principal = found
    return found


async def _form_token(request: Request) -> str:
    if request.method in SAFE_METHODS:
        return ""
    if header := request.headers.get(HEADER):
        return header
    if request.headers.get("content-type", "").startswith(_FORMS):
        given = (await request.form()).get(FORM_FIELD, "")
        return given if isinstance(given, str) else ""
    return ""


Visitor = Annotated[Principal | None, Depends(_visitor)]
FormToken = Annotated[str, Depends(_form_token)]


def check_form_token(request: Request, visitor: Principal, given: str) -> None:
    """Raise ForgedError if a session's request would change something without carrying the session's token."""
    if request.method not in SAFE_METHODS and visitor.session and not same(given, visitor.csrf):
        raise ForgedError("the session's token is missing or wrong")


def visitor_token(request: Request, settings: Settings, cookie: str = "") -> str:
    """Return the token for forms of somebody not signed in, bound to the visitor's cookie; empty without one."""
    cookie = cookie or request.cookies.get(visitor_cookie(settings), "")
    return csrf_token(settings.secret.get_secret_value(), cookie) if cookie else ""


def check_visitor_token(request: Request, settings: Settings, given: str) -> None:
    """Raise ForgedError if a form of somebody not signed in does not carry the token of the visitor's cookie."""
    expected = visitor_token(request, settings)
    if not expected or not same(given, expected):
        raise ForgedError("the form's token is missing or wrong")
