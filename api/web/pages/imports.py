"""Import of the folder, a zip of it or single files: first what it would change, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.desk.looks import log_preview
from api.desk.records import sheet_named
from api.desk.records_import import (
    ImportPreview,
    RecordChange,
    Verb,
    apply_import,
    drop_import,
    prepare_import,
    preview_import,
)
from api.desk.records_words import Names, cell_words, names_of, title_of
from api.desk.uploads import unpacked
from api.errors import RefusedError, StaleError
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.opening import Store
from api.web.export import zip_response
from api.web.guards import needs
from api.web.language import language_of
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.sent import TheForm, files_of, text_of
from api.web.state import TheStore
from routing.findings import Finding
from routing.records.labels import column_label
from routing.records.sheets import SHEETS

router = APIRouter(include_in_schema=False)
Editor = Annotated[Principal, needs(Permission.RECORDS_EDIT)]
Taker = Annotated[Principal, needs(Permission.EXPORT)]


@router.get("/import", dependencies=[needs(Permission.RECORDS_EDIT)])
def import_page(request: Request) -> Response:
    """Ask for the files."""
    told = request.query_params.get("told", "")
    return page(request, "import.html", findings=(), told=told if told in {"applied", "dropped", "first"} else "")


@router.post("/import")
def send(request: Request, store: TheStore, who: Editor, form: TheForm) -> Response:
    """Read what was sent and lead to what it would change."""
    files = files_of(form, "files")
    if not files:
        finding = Finding(code="imports.no-file", field="files")
        return page(request, "import.html", status=422, findings=(finding,), told="")
    try:
        with unpacked(files) as folder, store.transaction(who.actor) as session:
            preview = prepare_import(session, folder, keep_missing=text_of(form, "missing") != "remove")
    except RefusedError as error:
        return page(request, "import.html", status=422, findings=error.findings, told="")
    return see_other(f"/import/{preview.id}")


@router.get("/import/{prepared}")
def preview_page(request: Request, store: TheStore, who: Editor, prepared: str) -> Response:
    """Show what was found and what would change."""
    with store.session() as session:
        preview = preview_import(session, prepared)
    log_preview(store, who.actor, preview)
    return _preview(request, store, preview)


@router.post("/import/{prepared}/apply")
def apply(
    request: Request,
    store: TheStore,
    who: Editor,
    prepared: str,
    despite: Annotated[bool, Form()] = False,
) -> Response:
    """Do it, all or nothing; where the records have changed since, it has to be sent again."""
    try:
        with store.transaction(who.actor) as session:
            apply_import(session, prepared, despite_errors=despite)
    except (StaleError, RefusedError) as error:
        with store.session() as session:
            preview = preview_import(session, prepared)
        stale = isinstance(error, StaleError)
        return _preview(request, store, preview, stale=stale, status=412 if stale else 422)
    return see_other("/import?told=applied")


@router.post("/import/{prepared}/drop")
def drop(store: TheStore, who: Editor, prepared: str) -> Response:
    """Forget what was sent."""
    with store.transaction(who.actor) as session:
        drop_import(session, prepared)
    return see_other("/import?told=dropped")


@router.post("/export")
def export(request: Request, store: TheStore, who: Taker) -> Response:
    """Hand out everything as a zip of the folder; whose data leaves is logged."""
    return zip_response(store, who, language_of(request))


def _preview(
    request: Request, store: Store, preview: ImportPreview, *, stale: bool = False, status: int = 200
) -> Response:
    lang = language_of(request)
    with store.session() as session:
        names = names_of(session)
    sheets = [
        (
            sheet.name,
            *(
                [_change(change, names, lang) for change in preview.records if _is(change, sheet.name, verb)]
                for verb in (Verb.ADD, Verb.CHANGE, Verb.REMOVE)
            ),
        )
        for sheet in SHEETS
        if any(change.sheet == sheet.name for change in preview.records)
    ]
    return page(request, "import_preview.html", status=status, preview=preview, sheets=sheets, stale=stale)


def _is(change: RecordChange, sheet: str, verb: Verb) -> bool:
    return change.sheet == sheet and change.verb is verb


def _change(change: RecordChange, names: Names, lang: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Return what the record is called and its changed cells in words."""
    before: Mapping[str, str] = change.before or {}
    after: Mapping[str, str] = change.after or {}
    columns = sheet_named(change.sheet).columns if change.verb is Verb.CHANGE else ()
    changed = [column for column in columns if before.get(column.field, "") != after.get(column.field, "")]
    return title_of(change.sheet, change.key, after or before, names, lang), [
        (
            column_label(column, lang),
            cell_words(column, before.get(column.field, ""), names, lang),
            cell_words(column, after.get(column.field, ""), names, lang),
        )
        for column in changed
    ]
