"""Settings and price lists as text, judged before they are kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.desk.documents import FEES, SETTINGS_KIND
from api.desk.fees import line_of
from api.desk.records_documents import check_document, get_document, list_documents, update_document
from api.security.roles import Permission
from api.store.records import Document
from api.web.conditional import SeenVersion, tag
from api.web.guards import needs
from api.web.idempotent import Once, TheOnce
from api.web.language import language_of
from api.web.openapi import ProblemFinding
from api.web.state import TheStore
from api.wording.findings import as_dict
from routing.findings import Finding
from routing.records.folder import SETTINGS_FILE

router = APIRouter(tags=["documents"])
Name = Annotated[str, Path(max_length=200, description="The file's path.", examples=["fees/tartu_vald.toml"])]


class TextIn(BaseModel):
    """A document as it is sent."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": 'name = "Tartu vald"\n'}]})

    text: Annotated[str, Field(max_length=1_000_000)]


class DocumentShown(BaseModel):
    """One document; `version` is what `ETag` says."""

    name: str
    kind: str
    version: int
    text: str


class Documents(BaseModel):
    """The price lists by name."""

    documents: list[DocumentShown]


class LineFinding(ProblemFinding):
    """A finding, and the line of the text that it is about, from 1."""

    line: int | None


class TextChecked(BaseModel):
    """What would be found if a document held the text; `acceptable` where it would be kept."""

    acceptable: bool
    findings: list[LineFinding]


@router.get("/settings", summary="Read the settings", dependencies=[needs(Permission.RECORDS_READ)])
def settings(store: TheStore, response: Response) -> DocumentShown:
    """Return `municipality.toml`."""
    with store.session() as session:
        return _tagged(response, get_document(session, SETTINGS_FILE))


@router.post(
    "/settings/check", summary="Check settings without keeping them", dependencies=[needs(Permission.RECORDS_READ)]
)
def check_settings(store: TheStore, request: Request, sent: TextIn) -> TextChecked:
    """Return every finding, and what the settings would cause in the records."""
    with store.session() as session:
        return _checked(request, sent.text, check_document(session, SETTINGS_FILE, sent.text))


@router.put("/settings", summary="Change the settings", dependencies=[needs(Permission.RECORDS_EDIT)])
def change_settings(
    once: TheOnce,
    response: Response,
    version: SeenVersion,
    sent: TextIn,
) -> DocumentShown:
    """Keep the settings; `If-Match` says which version was seen."""
    return _change(once, response, SETTINGS_FILE, SETTINGS_KIND, sent.text, version)


@router.get("/fees", summary="List the price lists", dependencies=[needs(Permission.PRICES_READ)])
def fees(store: TheStore) -> Documents:
    """Return every price list as text."""
    with store.session() as session:
        return Documents(documents=[_shown(document) for document in list_documents(session, FEES)])


@router.get("/fees/{name:path}", summary="Read a price list", dependencies=[needs(Permission.PRICES_READ)])
def fee(store: TheStore, response: Response, name: Name) -> DocumentShown:
    """Return one price list as text."""
    with store.session() as session:
        return _tagged(response, get_document(session, name, FEES))


@router.post(
    "/fees/{name:path}", summary="Check a price list without keeping it", dependencies=[needs(Permission.PRICES_READ)]
)
def check_fee(
    store: TheStore,
    request: Request,
    name: Name,
    sent: TextIn,
) -> TextChecked:
    """Return every finding with its line, also where two lists begin on the same day."""
    with store.session() as session:
        get_document(session, name, FEES)
        return _checked(request, sent.text, check_document(session, name, sent.text))


@router.put("/fees/{name:path}", summary="Change a price list", dependencies=[needs(Permission.PRICES_EDIT)])
def change_fee(
    once: TheOnce,
    response: Response,
    name: Name,
    version: SeenVersion,
    sent: TextIn,
) -> DocumentShown:
    """Keep a price list; refused where it has an error."""
    return _change(once, response, name, FEES, sent.text, version)


def _change(once: Once, response: Response, name: str, kind: str, text: str, version: int) -> DocumentShown:
    with once.writing() as session:
        get_document(session, name, kind)
        answer = _shown(update_document(session, name, text, version=version))
        once.keep(session, answer, version=answer.version)
    tag(response, answer.version)
    return answer


def _checked(request: Request, text: str, findings: tuple[Finding, ...]) -> TextChecked:
    lang = language_of(request)
    told = [
        LineFinding.model_validate({**as_dict(finding, lang), "line": line_of(text, finding)}) for finding in findings
    ]
    return TextChecked(acceptable=all(finding.severity != "error" for finding in told), findings=told)


def _tagged(response: Response, document: Document) -> DocumentShown:
    tag(response, document.version)
    return _shown(document)


def _shown(document: Document) -> DocumentShown:
    return DocumentShown(name=document.name, kind=document.kind, version=document.version, text=document.text)
