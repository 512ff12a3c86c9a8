"""The cookies we set, each with its flags."""

from __future__ import annotations

from starlette.responses import Response

from api.settings import Settings
from api.web.language import COOKIE as LANGUAGE
from api.web.visitor import session_cookie, visitor_cookie

_YEAR = 365 * 24 * 3600


def set_session(response: Response, settings: Settings, token: str) -> None:
    """Give the browser its session: Lax, so that a link in a message opens the page one is signed in to."""
    response.set_cookie(
        session_cookie(settings),
        token,
        max_age=settings.session_hours * 3600,
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",
    )


def drop_session(response: Response, settings: Settings) -> None:
    """Take the session away from the browser."""
    response.delete_cookie(session_cookie(settings), httponly=True, secure=settings.secure_cookies, samesite="lax")


def set_visitor(response: Response, settings: Settings, value: str) -> None:
    """Bind the forms of somebody not signed in to this browser."""
    response.set_cookie(
        visitor_cookie(settings), value, httponly=True, secure=settings.secure_cookies, samesite="strict"
    )


def set_language(response: Response, settings: Settings, lang: str) -> None:
    """Keep the language."""
    response.set_cookie(LANGUAGE, lang, max_age=_YEAR, httponly=True, secure=settings.secure_cookies, samesite="lax")


def departure_cookie(settings: Settings) -> str:
    """Return the name of the cookie that waits for somebody to come back from another provider."""
    return "__Host-departure" if settings.secure_cookies else "departure"


def set_departure(response: Response, settings: Settings, value: str) -> None:
    """Let the browser carry what must be known when it comes back."""
    response.set_cookie(
        departure_cookie(settings), value, max_age=600, httponly=True, secure=settings.secure_cookies, samesite="lax"
    )


def drop_departure(response: Response, settings: Settings) -> None:
    """Forget it: nobody comes back twice."""
    response.delete_cookie(departure_cookie(settings), httponly=True, secure=settings.secure_cookies, samesite="lax")
