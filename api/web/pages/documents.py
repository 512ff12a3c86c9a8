"""Settings and fee schedules: schedules in words, both as text with what is found beside its lines."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.desk.documents import FEES, SETTINGS_KIND
from api.desk.fees import line_of, schedules_in
from api.desk.records_documents import check_document, get_document, list_documents, update_document
from api.errors import RefusedError, StaleError
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.opening import Store
from api.store.records import Document
from api.web.fee_words import in_words
from api.web.guards import needs
from api.web.language import language_of
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import TheStore
from routing.findings import Finding
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


@router.get("/fees/edit/{name:path}", dependencies=[needs(Permission.PRICES_EDIT)])
def fee_text_page(request: Request, store: TheStore, name: str) -> Response:
    """Show a price list as text."""
    with store.session() as session:
        document = get_document(session, name, FEES)
        findings = check_document(session, name, document.text)
    return _editor(request, document, document.text, findings)


@router.post("/fees/edit/{name:path}")
def change_fees(request: Request, store: TheStore, who: Clerk, name: str, text: Text, seen: Seen) -> Response:
    """Keep the text of a price list, or show what is wrong with it."""
    return _change(request, store, who, name, FEES, text, seen) or see_other("/fees?told=changed")


@router.get("/settings")
def settings_page(request: Request, store: TheStore, who: Reader) -> Response:
    """Show the settings as text."""
    with store.session() as session:
        document = get_document(session, SETTINGS_FILE)
        findings = check_document(session, document.name, document.text)
    told = request.query_params.get("told") == "changed"
    may_edit = who.may(Permission.RECORDS_EDIT)
    return _editor(request, document, document.text, findings, told=told, may_edit=may_edit)


@router.post("/settings")
def change_settings(request: Request, store: TheStore, who: Editor, text: Text, seen: Seen) -> Response:
    """Keep the settings, or show what is wrong with them."""
    refused = _change(request, store, who, SETTINGS_FILE, SETTINGS_KIND, text, seen)
    return refused or see_other("/settings?told=changed")


def _change(
    request: Request, store: Store, who: Principal, name: str, kind: str, text: str, seen: int
) -> Response | None:
    """Keep a text as it was seen before; return the page that says why not, None where it is kept."""
    text = text.replace("\r\n", "\n")
    try:
        with store.transaction(who.actor) as session:
            get_document(session, name, kind)
            update_document(session, name, text, version=seen)
    except RefusedError as error:
        with store.session() as session:
            document = get_document(session, name)
        return _editor(request, document, text, error.findings, seen=seen, status=422)
    except StaleError:
        with store.session() as session:
            document = get_document(session, name)
        return _editor(request, document, text, (), other=document.text, status=412)
    return None


def _editor(
    request: Request,
    document: Document,
    text: str,
    findings: tuple[Finding, ...],
    *,
    seen: int | None = None,
    other: str = "",
    told: bool = False,
    may_edit: bool = True,
    status: int = 200,
) -> Response:
    """Show a text with findings by line; `other` is what somebody else has written meanwhile."""
    lines = text.splitlines()
    placed = [(line_of(text, finding), finding) for finding in findings]
    return page(
        request,
        "document.html",
        status=status,
        document=document,
        text=text,
        seen=document.version if seen is None else seen,
        placed=[(n, lines[n - 1].strip() if n and n <= len(lines) else "", finding) for n, finding in placed],
        other=other,
        told=told,
        may_edit=may_edit,
        action="/settings" if document.kind == SETTINGS_KIND else f"/fees/edit/{document.name}",
    )
