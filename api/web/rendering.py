"""Pages from Jinja templates: everything escaped, sentences from the catalogues, one layout around them all."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.security.principal import Principal
from api.web.language import address_of, language_of
from api.web.navigation import menu_for
from api.wording import LANGUAGES, say
from api.wording import findings as wording_of_findings
from api.wording import format as shapes
from routing.findings import Finding
from routing.wording.format import month

_ENDONYMS = {"et": "Eesti", "en": "English", "ru": "Русский"}


def page(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> HTMLResponse:
    """Return a page in the user's language.

    Templates have, beside `values`: `t(key, **values)` and `lang`; `who` (a Principal or None) and `csrf` (for the
    macro `forms.token()`); `asset(name)`; `day`, `month`, `moment`, `number`; `said(finding)` with its sentences.
    """
    lang = language_of(request)
    who: Principal | None = getattr(request.state, "principal", None)
    context: dict[str, object] = {
        "lang": lang,
        "t": functools.partial(_say, lang),
        "said": functools.partial(_said, lang),
        "day": functools.partial(_flipped, shapes.day, lang),
        "long_day": functools.partial(_flipped, shapes.long_day, lang),
        "month": functools.partial(_flipped, month, lang),
        "moment": functools.partial(_flipped, shapes.moment, lang),
        "number": functools.partial(_flipped, shapes.number, lang),
        "asset": asset,
        "who": who,
        "csrf": who.csrf if who else "",
        "navigation": menu_for(who, request.url.path),
        "languages": [(code, _ENDONYMS[code]) for code in LANGUAGES],
        "path": request.url.path,
        "come_back": address_of(request),
        "municipality": request.app.state.shell.settings.municipality,
        "request_id": getattr(request.state, "request_id", ""),
        "status": status,
    }
    text = _environment().get_template(template).render(context | values)
    response = HTMLResponse(text, status, dict(headers or {}))
    response.headers["Content-Language"] = lang
    response.headers["Vary"] = "Cookie, Accept-Language"
    return response


def asset(name: str) -> str:
    """Return the address of one of our own static files, with its content's mark, so that it may be kept for long."""
    return f"/static/{name}?v={_mark(name)}"


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("api.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@functools.cache
def _mark(name: str) -> str:
    content = (files("api.web") / "static" / name).read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]


def _say(lang: str, key: str, **values: object) -> str:
    return say(key, lang, **values)


def _said(lang: str, finding: Finding) -> dict[str, object]:
    return wording_of_findings.as_dict(finding, lang)


def _flipped(function: object, lang: str, value: object, *rest: object) -> str:
    return str(function(value, lang, *rest)) if callable(function) else ""
