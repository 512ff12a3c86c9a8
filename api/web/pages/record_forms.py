"""One record as a form: added, changed, and what to do where somebody else was quicker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.desk.looks import log_choices, log_looks
from api.desk.record_set import about_row, tidy
from api.desk.records import create_record, get_record, load_records, sheet_named, update_record
from api.desk.records_words import names_of, title_of
from api.errors import RefusedError, StaleError
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.opening import Store
from api.store.records import Record
from api.web.guards import needs
from api.web.language import language_of
from api.web.pages.record_conflict import conflict_page
from api.web.record_address import record_path
from api.web.record_form import cells_in, fields_of
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.sent import TheForm, text_of
from api.web.state import TheStore
from routing.findings import Finding
from routing.records.columns import Sheet

router = APIRouter(include_in_schema=False, prefix="/records")
Reader = Annotated[Principal, needs(Permission.RECORDS_READ)]
Editor = Annotated[Principal, needs(Permission.RECORDS_EDIT)]


@router.get("/{sheet}/new")
def new_page(request: Request, store: TheStore, who: Editor, sheet: str) -> Response:
    """Show an empty form."""
    return _form(request, store, who, sheet_named(sheet), {})


@router.post("/{sheet}/new")
def add(request: Request, store: TheStore, who: Editor, sheet: str, form: TheForm) -> Response:
    """Add a record; show the form again with what is wrong where it has a fault."""
    cells = cells_in(sheet_named(sheet), form)
    try:
        with store.transaction(who.actor) as session:
            record = create_record(session, sheet, cells)
    except RefusedError as error:
        return _form(request, store, who, sheet_named(sheet), cells, findings=error.findings, status=422)
    return see_other(f"{record_path(sheet, record.key)}?told=added")


@router.get("/{sheet}/row/{key:path}")
def record_page(request: Request, store: TheStore, who: Reader, sheet: str, key: str) -> Response:
    """Show one record in a form, with what is to be said of it."""
    with store.session() as session:
        record = get_record(session, sheet, key)
        findings = tuple(about_row(load_records(session)[1], sheet, key))
    log_looks(store, who.actor, [record], purpose="records.view")
    told = request.query_params.get("told", "")
    return _form(request, store, who, sheet_named(sheet), record.cells, record=record, findings=findings, told=told)


@router.post("/{sheet}/row/{key:path}")
def change(request: Request, store: TheStore, who: Editor, sheet: str, key: str, form: TheForm) -> Response:
    """Change a record as it was seen; where it has changed meanwhile, show both and let her decide."""
    described = sheet_named(sheet)
    cells = {**cells_in(described, form), **({"id": key} if described.key == ("id",) else {})}
    seen = text_of(form, "seen")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
    try:
        with store.transaction(who.actor) as session:
            update_record(session, sheet, key, cells, version=version)
    except StaleError as error:
        return conflict_page(request, store, who, described, key, tidy(described, cells), error)
    except RefusedError as error:
        with store.session() as session:
            record = get_record(session, sheet, key)
        found = error.findings
        return _form(request, store, who, described, cells, record=record, seen=version, findings=found, status=422)
    return see_other(f"{record_path(sheet, key)}?told=changed")


def _form(
    request: Request,
    store: Store,
    who: Principal,
    sheet: Sheet,
    cells: Mapping[str, str],
    *,
    record: Record | None = None,
    seen: int | None = None,
    findings: Iterable[Finding] = (),
    told: str = "",
    status: int = 200,
) -> Response:
    lang, found = language_of(request), tuple(findings)
    with store.session() as session:
        names = names_of(session)
    log_choices(store, who.actor, sheet, names)
    own = tuple(f for f in found if f.field in sheet.column_by_field and f.file == f"{sheet.name}.csv")
    fixed = ("id",) if record is not None and sheet.key == ("id",) else ()
    return page(
        request,
        "record_form.html",
        status=status,
        sheet=sheet.name,
        record=record,
        seen=seen if seen is not None or record is None else record.version,
        title="" if record is None else title_of(sheet.name, record.key, record.cells, names, lang),
        fields=fields_of(sheet, cells, names, lang, findings=own, fixed=fixed),
        own=own,
        others=tuple(finding for finding in found if finding not in own),
        told=told if told in {"added", "changed"} else "",
    )
