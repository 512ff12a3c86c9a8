"""A price list as text, beside it its worked cases: priced again while somebody writes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.clock import Clock
from api.desk.documents import FEE_CASES, FEES
from api.desk.fee_trials import Trial, begin_cases, cases_name, try_text
from api.desk.records_documents import check_document, get_document
from api.security.principal import Principal
from api.security.roles import Permission
from api.web.guards import needs
from api.web.language import language_of
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import TheClock, TheStore
from api.web.text_editor import Shown, as_sent, change_text
from api.web.trial_words import expected_price, tried_price
from api.wording import say

router = APIRouter(include_in_schema=False, prefix="/fees")
Clerk = Annotated[Principal, needs(Permission.PRICES_EDIT)]
Text = Annotated[str, Form(max_length=1_000_000)]
Seen = Annotated[int, Form(ge=0, le=2_000_000_000)]
_PART: Final = "X-Part"
_TALLINN: Final = ZoneInfo("Europe/Tallinn")


@router.get("/edit/{name:path}", dependencies=[needs(Permission.PRICES_EDIT)])
def fee_text_page(request: Request, store: TheStore, clock: TheClock, name: str) -> Response:
    """Show a price list as text with its worked cases."""
    with store.session() as session:
        document = get_document(session, name, FEES)
        trial = try_text(session, name, document.text, today=_today(clock))
    shown = Shown(document=document, text=document.text, findings=trial.findings)
    return _editor(request, shown, trial)


@router.post("/try/{name:path}", dependencies=[needs(Permission.PRICES_EDIT)])
def try_fees(request: Request, store: TheStore, clock: TheClock, name: str, text: Text, seen: Seen) -> Response:
    """Show what a draft comes to; a script gets the part beside the text."""
    text = as_sent(text)
    with store.session() as session:
        document = get_document(session, name, FEES)
        trial = try_text(session, name, text, today=_today(clock))
    shown = Shown(document=document, text=text, findings=trial.findings, seen=seen)
    if request.headers.get(_PART):
        return page(
            request,
            "parts/fee_trial.html",
            shown=shown,
            trial=trial,
            live=True,
            price_of=tried_price,
            expected_of=expected_price,
        )
    return _editor(request, shown, trial)


@router.post("/edit/{name:path}")
def change_fees(
    request: Request,
    store: TheStore,
    clock: TheClock,
    who: Clerk,
    name: str,
    text: Text,
    seen: Seen,
    anyway: Annotated[str, Form(max_length=3)] = "",
) -> Response:
    """Keep the text of a price list, or show what is wrong with it; a list in force is changed only when said so."""
    text = as_sent(text)
    with store.session() as session:
        document = get_document(session, name, FEES)
        trial = try_text(session, name, text, today=_today(clock))
    if trial.changes and anyway != "yes" and document.version == seen:
        shown = Shown(document=document, text=text, findings=trial.findings, seen=seen, status=422)
        return _editor(request, shown, trial)

    def show(request: Request, shown: Shown) -> Response:
        return _editor(request, shown, trial)

    return change_text(request, store, who, name, FEES, text, seen, show=show) or see_other("/fees?told=changed")


@router.get("/cases/{name:path}", dependencies=[needs(Permission.PRICES_EDIT)])
def cases_page(request: Request, store: TheStore, name: str) -> Response:
    """Show the worked cases of a price list as text."""
    with store.session() as session:
        document = get_document(session, cases_name(name), FEE_CASES)
        findings = check_document(session, document.name, document.text)
    return _cases_editor(request, name, Shown(document=document, text=document.text, findings=findings))


@router.post("/cases/{name:path}")
def change_cases(request: Request, store: TheStore, who: Clerk, name: str, text: Text, seen: Seen) -> Response:
    """Keep the worked cases of a price list, or show what is wrong with them."""

    def show(request: Request, shown: Shown) -> Response:
        return _cases_editor(request, name, shown)

    kept = change_text(request, store, who, cases_name(name), FEE_CASES, text, seen, show=show)
    return kept or see_other(f"/fees/edit/{name}")


@router.post("/begin/{name:path}")
def begin(request: Request, store: TheStore, who: Clerk, name: str) -> Response:
    """Begin the worked cases of a price list with one to change."""
    with store.transaction(who.actor) as session:
        begin_cases(session, name, say("fees.cases-begin", language_of(request)))
    return see_other(f"/fees/cases/{name}")


def _today(clock: Clock) -> date:
    return clock().astimezone(_TALLINN).date()


def _editor(request: Request, shown: Shown, trial: Trial) -> Response:
    name = shown.document.name
    action = f"/fees/edit/{name}"
    return page(
        request,
        "fee_editor.html",
        status=shown.status,
        shown=shown,
        trial=trial,
        action=action,
        price_of=tried_price,
        expected_of=expected_price,
    )


def _cases_editor(request: Request, name: str, shown: Shown) -> Response:
    action = f"/fees/cases/{name}"
    return page(request, "document.html", status=shown.status, shown=shown, action=action, back=f"/fees/edit/{name}")
