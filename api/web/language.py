"""In which language to answer: chosen on the page, kept in the account, asked for by the browser, or the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from babel.core import negotiate_locale
from starlette.requests import Request

from api.wording import LANGUAGES

COOKIE = "language"
KEPT: Final = frozenset({"day", "figure", "first", "hour", "km", "last", "next", "sort", "start", "view"})
"""What of a page's query the language switch comes back with: how the page is looked at, and never whom it is about."""


def language_of(request: Request) -> str:
    """Return one of LANGUAGES."""
    chosen = request.cookies.get(COOKIE, "")
    principal = getattr(request.state, "principal", None)
    kept = principal.lang if principal else ""
    asked = _asked(request.headers.get("accept-language", ""))
    order = (asked, kept) if request.url.path.startswith("/api/") else (kept, asked)
    fallback: str = request.app.state.shell.settings.language
    return next((lang for lang in (chosen, *order) if lang in LANGUAGES), fallback)


def address_of(request: Request) -> str:
    """Return where the language switch comes back to: the page as it is looked at, without what it was told once."""
    query = urlencode([(name, value) for name, value in request.query_params.multi_items() if name in KEPT])
    return f"{request.url.path}?{query}" if query else request.url.path


def _asked(header: str) -> str:
    parts = [part.partition(";") for part in header.split(",")[:10]]
    wishes: Sequence[tuple[float, str]] = sorted(
        ((-_quality(rest), tag.strip().replace("-", "_")) for tag, _, rest in parts if tag.strip()),
        key=lambda wish: wish[0],
    )
    return negotiate_locale([tag.partition("_")[0].lower() for _, tag in wishes], LANGUAGES) or ""


def _quality(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0
