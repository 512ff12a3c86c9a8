"""Imports, first seen and then applied, and the export back to the same folder."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from api.desk.looks import log_preview
from api.desk.record_set import localized
from api.desk.records_import import ImportPreview, apply_import, drop_import, prepare_import, preview_import
from api.desk.uploads import unpacked
from api.security.principal import Principal
from api.security.roles import Permission
from api.web.export import zip_response
from api.web.guards import needs
from api.web.idempotent import TheOnce
from api.web.language import language_of
from api.web.openapi import ProblemFinding
from api.web.state import TheStore
from api.web.v1.record_models import WRITTEN_IN
from api.wording.findings import as_dict

router = APIRouter(tags=["imports"])
Editor = Annotated[Principal, needs(Permission.RECORDS_EDIT)]
Prepared = Annotated[str, Path(max_length=40, description="The id of a preview.")]

_BYTES = {"schema": {"type": "string", "format": "binary"}}
_SENT = {"requestBody": {"required": True, "content": {"application/octet-stream": _BYTES}}}


class Change(BaseModel):
    """What becomes of one record: its cells before and after, null where there are none."""

    verb: Literal["add", "change", "remove"]
    sheet: str
    key: str
    before: dict[str, str] | None
    after: dict[str, str] | None


class DocumentChange(BaseModel):
    """What becomes of settings, a price list or a road file."""

    verb: Literal["add", "change", "remove"]
    name: str
    kind: str


class Preview(BaseModel):
    """What an import would do; nothing of it is done before it is applied. Rows with errors are not among it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
                    "usable": True,
                    "errors": 0,
                    "findings": [],
                    "records": [
                        {"verb": "remove", "sheet": "absences", "key": "a1", "before": {"worker": "HT2"}, "after": None}
                    ],
                    "documents": [],
                }
            ]
        }
    )

    id: str
    usable: bool
    errors: int
    findings: list[ProblemFinding]
    records: list[Change]
    documents: list[DocumentChange]


class Dropped(BaseModel):
    """Which import is forgotten."""

    id: str


async def _body(request: Request) -> bytes:
    return await request.body()


@router.post("/imports", summary="Send files to be imported", status_code=201, openapi_extra=_SENT)
def send(
    once: TheOnce,
    who: Editor,
    request: Request,
    data: Annotated[bytes, Depends(_body)],
    name: Annotated[
        str,
        Query(min_length=1, max_length=100, description="What the body is: a zip of the folder, or one file of it."),
    ] = "folder.zip",
    keep_missing: Annotated[bool, Query(description="Keep records that the file does not hold.")] = True,
) -> Preview:
    """Read the body, a zip of the folder or one of its files, and say what importing it would do."""
    with unpacked([(name, data)]) as folder, once.writing() as session:
        preview = prepare_import(session, folder, keep_missing=keep_missing)
        answer = _preview(preview, language_of(request))
        once.keep(session, answer, status=201)
    log_preview(once.store, who.actor, preview)
    return answer


@router.get("/imports/{prepared}", summary="Show what an import would do")
def show(store: TheStore, who: Editor, request: Request, prepared: Prepared) -> Preview:
    """Return the preview once more."""
    with store.session() as session:
        preview = preview_import(session, prepared)
    log_preview(store, who.actor, preview)
    return _preview(preview, language_of(request))


@router.post(
    "/imports/{prepared}/apply", summary="Do what the preview said", dependencies=[needs(Permission.RECORDS_EDIT)]
)
def apply(
    once: TheOnce,
    request: Request,
    prepared: Prepared,
    despite_errors: Annotated[bool, Query(description="Leave out the rows with errors.")] = False,
) -> Preview:
    """Do all of it or nothing; 412 where the records have changed since the preview."""
    with once.writing() as session:
        answer = _preview(apply_import(session, prepared, despite_errors=despite_errors), language_of(request))
        once.keep(session, answer)
    return answer


@router.delete("/imports/{prepared}", summary="Forget an import", dependencies=[needs(Permission.RECORDS_EDIT)])
def drop(once: TheOnce, prepared: Prepared) -> Dropped:
    """Forget what was sent; nothing changes."""
    answer = Dropped(id=prepared)
    with once.writing() as session:
        drop_import(session, prepared)
        once.keep(session, answer)
    return answer


@router.get(
    "/export",
    summary="Take all records away as a zip of the folder",
    response_class=Response,
    responses={200: {"content": {"application/zip": _BYTES}}},
)
def export(
    store: TheStore,
    who: Annotated[Principal, needs(Permission.EXPORT)],
    lang: Annotated[Literal["et", "en"], Query(description="The language of headers and words.")] = "et",
) -> Response:
    """Return the folder that an import takes; whose data leaves is logged."""
    return zip_response(store, who, lang)


def _preview(preview: ImportPreview, lang: str) -> Preview:
    return Preview(
        id=preview.id,
        usable=preview.usable,
        errors=len(preview.errors),
        findings=[ProblemFinding.model_validate(as_dict(finding, lang)) for finding in preview.findings],
        records=[
            Change(
                verb=change.verb.value,
                sheet=change.sheet,
                key=change.key,
                before=None if change.before is None else localized(change.sheet, change.before, WRITTEN_IN),
                after=None if change.after is None else localized(change.sheet, change.after, WRITTEN_IN),
            )
            for change in preview.records
        ],
        documents=[
            DocumentChange(verb=change.verb.value, name=change.name, kind=change.kind) for change in preview.documents
        ],
    )
