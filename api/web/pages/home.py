"""The first page, and the language switch."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from api.security import accounts
from api.security.principal import Principal
from api.web import cookies
from api.web.guards import public
from api.web.navigation import entries_for
from api.web.redirects import see_other
from api.web.state import TheSettings, TheStore
from api.wording import LANGUAGES

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(who: Annotated[Principal | None, public("leads to the sign-in page")]) -> Response:
    """Lead to the first page that one may open."""
    if who is None:
        return see_other("/sign-in")
    entries = entries_for(who)
    return see_other(entries[0].path if entries else "/account")


@router.post("/language")
def switch_language(
    settings: TheSettings,
    store: TheStore,
    who: Annotated[Principal | None, public("changes nothing but the language of this browser's pages")],
    lang: Annotated[str, Form()],
    back: Annotated[str, Form()] = "/",
) -> Response:
    """Keep the language in a cookie and in the account."""
    response = see_other(back)
    if lang in LANGUAGES:
        cookies.set_language(response, settings, lang)
        if who and who.session:
            accounts.set_language(store, who, lang)
    return response
