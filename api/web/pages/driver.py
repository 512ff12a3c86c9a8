"""The driver's page: opened by a link without signing in, one round of one day, nothing else.

The token in the path is all that is asked. Whatever is wrong with it, the answer is the same page, which says whom to
call. Logs know the pattern of the path alone.
"""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Header, Path, Request
from starlette.responses import Response

from api.desk.driver_round import driver_round
from api.desk.links import GRACE, find_link, note_opening
from api.desk.published import coordinator_phone, published_plan, published_version
from api.desk.taps import receive
from api.security.limits import LINK, LINK_MISS
from api.security.tokens import token_hash
from api.store.links import Link
from api.web.driver_page import round_page
from api.web.guards import public
from api.web.language import language_of
from api.web.pages.sign_in import client_of
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.sent_taps import HIDDEN, SentTaps, TheForm, tapped_by_form, taps_answer, version_answer
from api.web.state import Shell, TheShell
from maps.page import dialled

_BY_TOKEN = public("whoever has the link of a round may see that round")
router = APIRouter(include_in_schema=False, prefix="/r/{token}", dependencies=[_BY_TOKEN])
Token = Annotated[str, Path(max_length=200)]


@router.get("/")
def show_round(request: Request, shell: TheShell, token: Token) -> Response:
    """Show the round, and log that the link was opened."""
    link = _link(request, shell, token)
    if link is None:
        return _over(request, shell, 404)
    rendered = shell.store.clock()
    with shell.store.session() as session:
        published = published_plan(session, link.day)
        found, phone = driver_round(session, link, language_of(request)), coordinator_phone(session)
    with shell.store.transaction(f"link:{link.id}") as session:
        note_opening(session, link.id, published, found.persons if found else ())
    return round_page(request, link, found, rendered=rendered, phone=phone)


@router.get("/state")
def show_state(
    request: Request,
    shell: TheShell,
    token: Token,
    if_none_match: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """Tell which plan is published, and nothing about anybody: what an open page asks each minute."""
    link = _link(request, shell, token)
    if link is None:
        return Response(status_code=404, headers=HIDDEN)
    with shell.store.session() as session:
        version = published_version(session, link.day)
    return version_answer(version, if_none_match)


@router.post("/tap")
def tap_by_form(request: Request, shell: TheShell, token: Token, form: TheForm) -> Response:
    """Take one tap from a page without scripts, and show the round again."""
    link = _link(request, shell, token, grace=GRACE)
    if link is None:
        return _over(request, shell, 404)
    if tapped := tapped_by_form(form, shell.store.clock()):
        with shell.store.transaction(f"link:{link.id}") as session:
            receive(session, link.id, [tapped])
    return see_other(f"/r/{token}/")


@router.post("/taps")
def take_taps(request: Request, shell: TheShell, token: Token, sent: SentTaps) -> Response:
    """Take taps from the page's queue. Those in `kept` are safe, those in `refused` need not be sent again."""
    link = _link(request, shell, token, grace=GRACE)
    if link is None:
        return Response(status_code=404, headers=HIDDEN)
    with shell.store.transaction(f"link:{link.id}") as session:
        received = receive(session, link.id, sent.tapped(), sent_at=sent.sent_at)
    return taps_answer(received, shell.store.clock())


@router.get("/worker.js")
def worker(request: Request, shell: TheShell, token: Token) -> Response:
    """Return the service worker: its address keeps it to the pages of this link."""
    if _link(request, shell, token) is None:
        return Response(status_code=404, headers=HIDDEN)
    script = (files("api.web") / "static" / "driver" / "worker.js").read_bytes()
    return Response(script, media_type="text/javascript", headers={**HIDDEN, "Cache-Control": "no-cache"})


@router.get("/over")
def show_over(request: Request, shell: TheShell) -> Response:
    """Return the page that a phone keeps for when its link is over while there is no reception."""
    return _over(request, shell, 200)


def _link(request: Request, shell: Shell, token: str, *, grace: dt.timedelta = dt.timedelta()) -> Link | None:
    """Return the link of a token if it is good. TooManyError for a link asked too often, or too many guesses."""
    shell.limits.hit(LINK, token_hash(token))
    with shell.store.session() as session:
        link = find_link(session, token, shell.store.clock(), grace=grace)
    if link is None:
        shell.limits.hit(LINK_MISS, client_of(request))
    return link


def _over(request: Request, shell: Shell, status: int) -> Response:
    with shell.store.session() as session:
        phone = coordinator_phone(session)
    headers = {**HIDDEN, "Cache-Control": "private, no-cache"}
    return page(request, "driver/over.html", status=status, headers=headers, phone=phone, dialled=dialled(phone))
