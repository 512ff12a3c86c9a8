"""Reliefs and exemptions by committee decision, with what each client has used so far."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.book_tables import amount_text
from api.desk.looks import log_persons
from api.desk.records_words import names_of
from api.desk.reliefs import SPANS, list_reliefs
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.base import subject_name
from api.web.guards import needs
from api.web.language import language_of
from api.web.rendering import page
from api.web.state import TheClock, TheStore
from api.wording.format import ZONE

router = APIRouter(include_in_schema=False, prefix="/reliefs")


@router.get("")
def reliefs_page(
    request: Request, store: TheStore, clock: TheClock, who: Annotated[Principal, needs(Permission.STATEMENTS_READ)]
) -> Response:
    """Show every relief: until when it holds, what it took off, and what is used up of what lists count."""
    today, lang = clock().astimezone(ZONE).date(), language_of(request)
    with store.session() as session:
        found, names = list_reliefs(session, today), names_of(session)
    persons = (subject_name("record", "clients", one.record.client) for one in found)
    log_persons(store, who.actor, persons, purpose="statements.view")
    return page(
        request,
        "reliefs.html",
        reliefs=found,
        spans=SPANS,
        names=names["clients"],
        money=lambda amount: amount_text(amount, lang),
        may_edit=who.may(Permission.RECORDS_EDIT),
    )
