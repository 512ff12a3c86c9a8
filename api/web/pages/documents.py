"""Price lists in words, and the settings as text with what is found beside its lines."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.desk.documents import FEES, SETTINGS_KIND
from api.desk.fees import schedules_in
from api.desk.records_documents import check_document, get_document, list_documents
from api.security.principal import Principal
from api.security.roles import Permission
from api.web.fee_words import in_words
from api.web.guards import needs
from api.web.language import language_of
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import TheStore
from api.web.text_editor import Shown, change_text
from routing.records.folder import SETTINGS_FILE

router = APIRouter(include_in_schema=False)
Reader = Annotated[Principal, needs(Permission.RECORDS_READ)]
Editor = Annotated[Principal, needs(Permission.RECORDS_EDIT)]
PriceReader = Annotated[Principal, needs(Permission.PRICES_READ)]
Clerk = Annotated[Principal, needs(Permission.PRICES_EDIT)]
Text = Annotated[str, Form(max_length=1_000_000)]
Seen = Annotated[int, Form(ge=0, le=2_000_000_000)]


@router.get("/fees")
def fees_page(request: Request, store: TheStore, who: PriceReader) -> Response:
    """Show every price list in words."""
    lang = language_of(request)
    with store.session() as session:
        documents = list_documents(session, FEES)
        findings = tuple(check_document(session, documents[0].name, documents[0].text)) if documents else ()
    told = request.query_params.get("told") == "changed"
    shown = [
        (document.name, [in_words(schedule, lang) for schedule in schedules_in(document)]) for document in documents
    ]
    may_edit = who.may(Permission.PRICES_EDIT)
    return page(request, "fees.html", documents=shown, findings=findings, may_edit=may_edit, told=told)


@router.get("/settings")
def settings_page(request: Request, store: TheStore, who: Reader) -> Response:
    """Show the settings as text."""
    with store.session() as session:
        document = get_document(session, SETTINGS_FILE)
        findings = check_document(session, document.name, document.text)
    told = request.query_params.get("told") == "changed"
    may_edit = who.may(Permission.RECORDS_EDIT)
    shown = Shown(document=document, text=document.text, findings=findings, told=told, may_edit=may_edit)
    return _editor(request, shown)


@router.post("/settings")
def change_settings(request: Request, store: TheStore, who: Editor, text: Text, seen: Seen) -> Response:
    """Keep the settings, or show what is wrong with them."""
    refused = change_text(request, store, who, SETTINGS_FILE, SETTINGS_KIND, text, seen, show=_editor)
    return refused or see_other("/settings?told=changed")


def _editor(request: Request, shown: Shown) -> Response:
    return page(request, "document.html", status=shown.status, shown=shown, action="/settings")
