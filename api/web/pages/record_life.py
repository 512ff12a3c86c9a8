"""The life of a record: who has changed what, and its end."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.desk.looks import actor_names, log_looks, log_persons
from api.desk.records import get_record, remove_record, sheet_named
from api.desk.records_around import history_of, references_to
from api.desk.records_words import cell_words, names_of, title_of
from api.errors import MissingError, RefusedError, StaleError
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.base import subject_name
from api.store.opening import Store
from api.store.records import Record
from api.web.guards import needs
from api.web.language import language_of
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import TheStore
from routing.findings import Finding
from routing.records.labels import column_label

router = APIRouter(include_in_schema=False, prefix="/records")
Reader = Annotated[Principal, needs(Permission.RECORDS_READ)]
Editor = Annotated[Principal, needs(Permission.RECORDS_EDIT)]


@router.get("/{sheet}/history/{key:path}")
def history_page(request: Request, store: TheStore, who: Reader, sheet: str, key: str) -> Response:
    """Show who has changed the record, when and how; one that is gone keeps its history."""
    lang, columns = language_of(request), sheet_named(sheet).column_by_field
    with store.session() as session:
        record, names = session.get(Record, (sheet, key)), names_of(session)
        entries = history_of(session, sheet, key)
        actors = actor_names(session, (entry.actor for entry in entries), lang)
    if not entries:
        raise MissingError(subject_name("record", sheet, key))
    if record is not None:
        log_looks(store, who.actor, [record], purpose="records.history")
    else:
        log_persons(store, who.actor, _person(sheet, key), purpose="records.history")
    words = [
        [
            (
                column_label(columns[change.field], lang) if change.field in columns else change.field,
                *(
                    cell_words(columns[change.field], text, names, lang) if change.field in columns else text
                    for text in (change.before, change.after)
                ),
            )
            for change in entry.changes
        ]
        for entry in entries
    ]
    title = key if record is None else title_of(sheet, key, record.cells, names, lang)
    return page(
        request,
        "record_history.html",
        sheet=sheet,
        key=key,
        record=record,
        title=title,
        entries=list(zip(entries, words, strict=True)),
        actors=actors,
    )


@router.get("/{sheet}/remove/{key:path}")
def removal_page(request: Request, store: TheStore, who: Editor, sheet: str, key: str) -> Response:
    """Ask whether the record is to be removed, and show what refers to it."""
    return _removal(request, store, who, sheet, key)


@router.post("/{sheet}/remove/{key:path}")
def remove(
    request: Request,
    store: TheStore,
    who: Editor,
    sheet: str,
    key: str,
    seen: Annotated[int, Form(ge=0, le=2_000_000_000)],
) -> Response:
    """Remove the record as it was seen; nothing happens where others need it or it has changed meanwhile."""
    try:
        with store.transaction(who.actor) as session:
            remove_record(session, sheet, key, version=seen)
    except RefusedError as error:
        return _removal(request, store, who, sheet, key, findings=error.findings, status=422)
    except StaleError as error:
        if error.found is None:
            return see_other(f"/records/{sheet}?told=removed")
        return _removal(request, store, who, sheet, key, changed=True, status=412)
    return see_other(f"/records/{sheet}?told=removed")


def _removal(
    request: Request,
    store: Store,
    who: Principal,
    sheet: str,
    key: str,
    *,
    findings: tuple[Finding, ...] = (),
    changed: bool = False,
    status: int = 200,
) -> Response:
    lang = language_of(request)
    with store.session() as session:
        record, names = get_record(session, sheet_named(sheet).name, key), names_of(session)
        references = references_to(session, sheet, key)
    others = [Record(sheet=other.sheet, key=other.key, cells=dict(other.cells)) for other in references]
    log_looks(store, who.actor, [record, *others], purpose="records.view")
    named = [
        (
            reference,
            title_of(reference.sheet, reference.key, reference.cells, names, lang),
            column_label(sheet_named(reference.sheet).column_by_field[reference.field], lang),
        )
        for reference in references
    ]
    return page(
        request,
        "record_removal.html",
        status=status,
        sheet=sheet,
        record=record,
        title=title_of(sheet, key, record.cells, names, lang),
        references=named,
        needed=any(reference.needed for reference in references),
        findings=findings,
        changed=changed,
    )


def _person(sheet: str, key: str) -> tuple[str, ...]:
    return (subject_name("record", sheet, key),) if sheet in {"clients", "workers"} else ()
