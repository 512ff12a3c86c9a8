"""Sign in by name and password, and sign out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.errors import InputError, TooManyError
from api.security import sessions
from api.security.limits import SIGN_IN, SIGN_IN_NAME
from api.security.principal import Principal
from api.security.roles import Permission
from api.security.sign_in import check_password, fold
from api.security.tokens import new_token, token_hash
from api.web import cookies
from api.web.guards import needs, public
from api.web.redirects import own_path, see_other
from api.web.rendering import page
from api.web.state import Shell, TheShell
from api.web.visitor import check_visitor_token, session_cookie, visitor_cookie, visitor_token
from routing.findings import Finding

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def sign_in_page(
    request: Request,
    shell: TheShell,
    who: Annotated[Principal | None, public("whoever signs in is not known yet")],
    next: str = "/",  # noqa: A002 - the name of the query's parameter
) -> Response:
    """Show the form, or go on if signed in."""
    if who and who.session:
        return see_other(next)
    return sign_in_form(request, shell, next_path=next)


@router.post("/sign-in", dependencies=[public("whoever signs in is not known yet")])
def sign_in(
    request: Request,
    shell: TheShell,
    login: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next_path: Annotated[str, Form(alias="next")] = "/",
    csrf: Annotated[str, Form()] = "",
) -> Response:
    """Check name and password, and begin a session."""
    check_visitor_token(request, shell.settings, csrf)
    try:
        shell.limits.hit(SIGN_IN, client_of(request))
        shell.limits.hit(SIGN_IN_NAME, token_hash(fold(login)))
        user = check_password(shell.store, login, password, origin=client_of(request))
    except InputError as error:
        return sign_in_form(request, shell, next_path=next_path, login=login, findings=error.findings, status=422)
    except TooManyError as error:
        wait = Finding(code="account.shut", details={"n": str(-(-error.seconds // 60))})
        return sign_in_form(
            request, shell, next_path=next_path, login=login, findings=(wait,), status=429,
            headers={"Retry-After": str(error.seconds)},
        )  # fmt: skip
    return begin(request, shell, user.id, next_path, lang=user.lang)


@router.post("/sign-out")
def sign_out(shell: TheShell, who: Annotated[Principal, needs(Permission.OWN_ACCOUNT)]) -> Response:
    """End this session."""
    sessions.end(shell.store, who, who.session)
    response = see_other("/sign-in")
    cookies.drop_session(response, shell.settings)
    return response


def begin(request: Request, shell: Shell, user: str, next_path: str, *, lang: str) -> Response:
    """Begin a session in the place of the one this browser may have, and go on."""
    before = request.cookies.get(session_cookie(shell.settings), "")
    token = sessions.start(shell.store, shell.settings, user, instead_of=before)
    response = see_other(next_path)
    cookies.set_session(response, shell.settings, token)
    if lang:
        cookies.set_language(response, shell.settings, lang)
    return response


def sign_in_form(
    request: Request,
    shell: Shell,
    *,
    next_path: str,
    login: str = "",
    findings: tuple[Finding, ...] = (),
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Response:
    """Return the form, bound to the visitor's cookie."""
    visitor = request.cookies.get(visitor_cookie(shell.settings), "")
    fresh = "" if visitor else new_token()
    response = page(
        request,
        "sign_in.html",
        status=status,
        headers=headers,
        form_token=visitor_token(request, shell.settings, fresh),
        next_path=own_path(next_path),
        login=login,
        findings=findings,
        provider=shell.provider.name if shell.provider else "",
    )
    if fresh:
        cookies.set_visitor(response, shell.settings, fresh)
    return response


def client_of(request: Request) -> str:
    """Return the address that asks; what a proxy says counts only if the server was told to trust it."""
    return request.client.host if request.client else ""
