"""The form for a phone call: what is asked for, and at once whether, when and at what price."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.desk.call_slots import Offer, offer_slots, put_in_plan
from api.desk.calls import Answer, Call, answer_call, fresh_id, save_call
from api.desk.documents import SETTINGS_KIND
from api.desk.looks import log_looks
from api.desk.municipality import open_municipality
from api.desk.records import load_records
from api.desk.records_documents import list_documents
from api.errors import RefusedError
from api.labels import labels_of
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.opening import Store
from api.web.call_form import (
    Filled,
    choices,
    empty_form,
    find_clients,
    lacking,
    next_days,
    place_list,
    read_form,
    shown_findings,
)
from api.web.guards import needs
from api.web.language import language_of
from api.web.pages.board import FIRST
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.sent import TheForm, text_of
from api.web.state import Shell, TheShell, TheStore
from api.wording.format import ZONE, long_day
from routing.findings import Finding
from routing.records.model import RideRequest
from routing.records.time_kinds import DATE
from routing.wording.format import clock, euros

router = APIRouter(include_in_schema=False, prefix="/call")
Reader = Annotated[Principal, needs(Permission.RECORDS_READ)]
Editor = Annotated[Principal, needs(Permission.RECORDS_EDIT)]

_PURPOSE: Final = "call"
_SECONDS: Final = re.compile(r"[0-9]{1,6}")
_PART: Final = "X-Part"
"""The header by which a script asks for a part of the page: clients, answer or slots."""


@router.get("", dependencies=[needs(Permission.RECORDS_READ)])
def call_page(
    request: Request,
    store: TheStore,
    day: Annotated[dt.date | None, Query()] = None,
    saved: Annotated[str, Query(max_length=200)] = "",
    told: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Show the empty form, or lead to where records come from."""
    lang = language_of(request)
    with store.session() as session:
        if not list_documents(session, SETTINGS_KIND):
            return see_other(FIRST)
    filled = empty_form(lang, day=DATE.write(day, lang) if day else "")
    ride = _saved_ride(store, saved) if saved else None
    return _page(request, store, filled, saved=saved, planned=told == "planned", saved_day=ride.day if ride else None)


@router.post("/clients")
def clients_part(request: Request, store: TheStore, who: Reader, form: TheForm) -> Response:
    """Return the clients whose name, address or phone holds what is typed."""
    with store.session() as session:
        clients = find_clients(session, text_of(form, "who"))
    log_looks(store, who.actor, clients, purpose=_PURPOSE)
    one = clients[0] if len(clients) == 1 else None
    filled = Filled(call=Call(), client=one, clients=clients, searched=True)
    return page(request, "parts/call_clients.html", filled=filled)


@router.post("/check")
def check(request: Request, shell: TheShell, store: TheStore, who: Reader, form: TheForm) -> Response:
    """Answer what is known so far: all of the page, or the part that a script asks for."""
    lang, part = language_of(request), request.headers.get(_PART, "")
    with store.session() as session:
        records = open_municipality(session).records
        filled = read_form(session, records, form, lang)
        answer = answer_call(session, filled.call, moment=store.clock())
        offer = None if part == "answer" or answer.ride is None else offer_slots(shell.days, session, answer.ride)
    if not part:
        log_looks(store, who.actor, filled.persons, purpose=_PURPOSE)
        return _page(request, store, filled, answer=answer, offer=offer)
    if filled.client is not None and part == "answer":
        log_looks(store, who.actor, [filled.client], purpose=_PURPOSE)
    template = "parts/call_slots.html" if part == "slots" else "parts/call_answer.html"
    return page(request, template, **_answered(filled, answer, offer, lang, strict=False))


@router.post("/save")
def save(request: Request, shell: TheShell, store: TheStore, who: Editor, form: TheForm) -> Response:
    """Keep the request, with the time that was agreed on."""
    lang = language_of(request)
    with store.session() as session:
        filled = read_form(session, open_municipality(session).records, form, lang)
    log_looks(store, who.actor, filled.persons, purpose=_PURPOSE)
    try:
        with store.transaction(who.actor) as session:
            record = save_call(session, filled.call, moment=store.clock())
    except RefusedError as error:
        with store.session() as session:
            answer = answer_call(session, filled.call, moment=store.clock())
        return _page(request, store, filled, answer=answer, findings=error.findings, status=422)
    planned = _planned(shell, who, record.key, text_of(form, "slot"))
    return see_other(f"/call?saved={record.key}&told={'planned' if planned else 'waiting'}")


def _planned(shell: Shell, who: Principal, key: str, slot: str) -> bool:
    """Put the saved ride where it was agreed, if a time was and she may."""
    shift, _, begin = slot.rpartition("|")
    ride = _saved_ride(shell.store, key)
    if ride is None or not shift or not _SECONDS.fullmatch(begin) or not who.may(Permission.PLAN_EDIT):
        return False
    return put_in_plan(shell.days, who.actor, ride, shift, int(begin))


def _saved_ride(store: Store, key: str) -> RideRequest | None:
    with store.session() as session:
        records = load_records(session)[0]
    return next((ride for ride in records.rides if ride.id == key), None) if records else None


def _page(
    request: Request,
    store: Store,
    filled: Filled,
    *,
    answer: Answer | None = None,
    offer: Offer | None = None,
    findings: tuple[Finding, ...] | None = None,
    saved: str = "",
    planned: bool = False,
    saved_day: dt.date | None = None,
    status: int = 200,
) -> Response:
    lang = language_of(request)
    with store.session() as session:
        records = open_municipality(session).records
        new_id = filled.call.id or fresh_id(session)
    told = answer or Answer()
    strict = findings is not None
    return page(
        request,
        "call.html",
        status=status,
        new_id=new_id,
        choices=choices(lang),
        days=next_days(store.clock().astimezone(ZONE).date(), lang),
        places=place_list(records, lang),
        saved=saved,
        planned=planned,
        board_day=saved_day or filled.day,
        asked=answer is not None,
        **_answered(filled, told, offer, lang, strict=strict, findings=findings),
    )


def _answered(
    filled: Filled,
    answer: Answer,
    offer: Offer | None,
    lang: str,
    *,
    strict: bool,
    findings: tuple[Finding, ...] | None = None,
) -> dict[str, Any]:
    """Return what the templates of the answer need."""
    found = answer.findings if findings is None else findings
    return {
        "filled": filled,
        "call": filled.call,
        "answer": answer,
        "offer": offer,
        "findings": shown_findings(found, strict=strict),
        "lacking": () if strict else lacking(answer.findings),
        "clock": clock,
        "warnings": _warnings(offer, lang),
        "euros": lambda amount: euros(amount, lang),
        "ride_day": long_day(answer.ride.day, lang) if answer.ride else "",
    }


def _warnings(offer: Offer | None, lang: str) -> list[list[str]]:
    """Return what people would feel of each time that is offered, in words."""
    if offer is None or offer.day is None:
        return []
    labels = labels_of(offer.day, lang)
    return [[warned.sentence(lang, labels) for warned in slot.warnings] for slot in offer.slots]
