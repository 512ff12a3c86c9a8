"""The log of a day: planned beside actual, filled from plan and taps, changed by hand, taken in from a file."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.desk.log_entries import (
    LogRow,
    change_entry,
    filled_day,
    import_findings,
    import_log,
    keep_as_planned,
    keep_day,
    log_of_day,
    row_of,
)
from api.desk.log_months import fill_month, month_as_planned
from api.desk.looks import log_persons
from api.desk.municipality import open_municipality
from api.desk.records_words import names_of
from api.errors import ConflictError, RefusedError
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.base import subject_name
from api.store.opening import Store
from api.web.asked_month import asked_month
from api.web.guards import needs
from api.web.language import language_of
from api.web.log_form import entry_cells, entry_fields
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.sent import TheForm, files_of, text_of
from api.web.state import TheClock, TheStore
from api.web.v1.day_routes import Date
from api.wording.format import ZONE
from routing.books.log_file import read_log
from routing.findings import Finding
from routing.records.folder import RecordFile
from routing.wording.format import clock

router = APIRouter(include_in_schema=False, prefix="/log")
Reader = Annotated[Principal, needs(Permission.LOG_READ)]
Editor = Annotated[Principal, needs(Permission.LOG_EDIT)]

_TOLD = frozenset({"filled", "changed", "imported", "planned"})


@router.get("", dependencies=[needs(Permission.LOG_READ)])
def choose_day(the_clock: TheClock, day: str = "") -> Response:
    """Lead to the log of a day, today's where none is named."""
    try:
        wanted = dt.date.fromisoformat(day)
    except ValueError:
        wanted = the_clock().astimezone(ZONE).date()
    return see_other(f"/log/{wanted.isoformat()}")


@router.post("/import")
def take_in(request: Request, store: TheStore, who: Editor, form: TheForm) -> Response:
    """Take a log file in, all of it or nothing, and lead to its last day."""
    day = text_of(form, "day")
    files = files_of(form, "files")
    if not files:
        return _page(
            request, store, who, _day(day), findings=(Finding(code="imports.no-file", field="files"),), status=422
        )
    with store.session() as session:
        records = open_municipality(session).records
    name, data = files[0]
    entries, findings = read_log(RecordFile(name=name, data=data), records)
    if findings.has_errors or not entries:
        return _page(request, store, who, _day(day), findings=tuple(findings), status=422)
    try:
        with store.transaction(who.actor) as session:
            doubts = import_findings(session, records, entries, ())
            import_log(session, records, entries, ())
    except RefusedError as error:
        return _page(request, store, who, _day(day), findings=error.findings, status=422)
    last = max(entry.day for entry in entries)
    if doubts:
        return _page(request, store, who, last, findings=doubts, told="imported")
    return see_other(f"/log/{last.isoformat()}?told=imported")


@router.get("/{day}")
def day_page(request: Request, store: TheStore, who: Reader, day: Date) -> Response:
    """Show the log of a day."""
    return _page(request, store, who, day, told=request.query_params.get("told", ""))


@router.post("/{day}/fill")
def fill(request: Request, store: TheStore, who: Editor, day: Date) -> Response:
    """Take the day's published plan and taps into the log."""
    try:
        with store.session() as session:
            filled = filled_day(session, day)
    except ConflictError as error:
        return _page(request, store, who, day, findings=error.findings, status=409)
    with store.transaction(who.actor) as session:
        keep_day(session, filled)
    return see_other(f"/log/{day.isoformat()}?told=filled")


@router.post("/{day}/as-planned")
def as_planned(request: Request, store: TheStore, who: Editor, day: Date) -> Response:
    """Write down that whatever has no result yet was done as planned."""
    with store.session() as session:
        records = open_municipality(session).records
    try:
        with store.transaction(who.actor) as session:
            keep_as_planned(session, records, day)
    except ConflictError as error:
        return _page(request, store, who, day, findings=error.findings, status=409)
    return see_other(f"/log/{day.isoformat()}?told=planned")


@router.post("/month/{month}/fill")
def fill_whole(store: TheStore, who: Editor, month: str) -> Response:
    """Take every published day of a month into the log that is not in it yet, and lead back to the month."""
    fill_month(store, who.actor, asked_month(month))
    return see_other(f"/months/{month}?told=logged")


@router.post("/month/{month}/as-planned")
def whole_as_planned(store: TheStore, who: Editor, month: str) -> Response:
    """Write down that what nobody has told of in a month was done as planned, and lead back to the month."""
    month_as_planned(store, who.actor, asked_month(month))
    return see_other(f"/months/{month}?told=planned")


@router.get("/entry/{name:path}")
def entry_page(request: Request, store: TheStore, who: Reader, name: str) -> Response:
    """Show one entry in a form."""
    with store.session() as session:
        cells = row_of(session, name).cells
    return _form(request, store, who, name, cells)


@router.post("/entry/{name:path}")
def change(request: Request, store: TheStore, who: Editor, name: str, form: TheForm) -> Response:
    """Write what somebody says of an entry, or show what is wrong with it."""
    cells, seen = entry_cells(form), text_of(form, "seen")
    with store.session() as session:
        records, day = open_municipality(session).records, row_of(session, name).day
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
    try:
        with store.transaction(who.actor) as session:
            change_entry(session, records, name, cells, version=version)
    except RefusedError as error:
        return _form(request, store, who, name, cells, findings=error.findings, status=422)
    return see_other(f"/log/{day.isoformat()}?told=changed")


def _page(
    request: Request,
    store: Store,
    who: Principal,
    day: dt.date,
    *,
    findings: tuple[Finding, ...] = (),
    told: str = "",
    status: int = 200,
) -> Response:
    with store.session() as session:
        rows = log_of_day(session, day)
        names = names_of(session)
    log_persons(store, who.actor, (_person(row) for row in rows), purpose="log.view")
    return page(
        request,
        "log.html",
        status=status,
        date=day,
        before=day - dt.timedelta(days=1),
        after=day + dt.timedelta(days=1),
        rows=rows,
        names=names,
        clock=clock,
        findings=findings,
        waiting=sum(row.entry.is_open for row in rows),
        told=told if told in _TOLD else "",
        may_edit=who.may(Permission.LOG_EDIT),
    )


def _form(
    request: Request,
    store: Store,
    who: Principal,
    name: str,
    cells: dict[str, str],
    *,
    findings: tuple[Finding, ...] = (),
    status: int = 200,
) -> Response:
    with store.session() as session:
        row = row_of(session, name)
        names = names_of(session)
        known = {found.entry.id: found for found in log_of_day(session, row.day)}
    found = known.get(name)
    if found is not None:
        log_persons(store, who.actor, [_person(found)], purpose="log.view")
    fields = entry_fields(cells, names, language_of(request), findings)
    named = {field.name for field in fields}
    return page(
        request,
        "log_entry.html",
        status=status,
        row=row,
        entry=found.entry if found else None,
        names=names,
        clock=clock,
        fields=fields,
        others=tuple(finding for finding in findings if finding.field not in named),
        may_edit=who.may(Permission.LOG_EDIT),
    )


def _person(row: LogRow) -> str:
    return subject_name("record", "clients", row.entry.client)


def _day(text: str) -> dt.date:
    earliest, latest = dt.date(2000, 1, 1), dt.date(2100, 1, 1)
    try:
        return min(latest, max(earliest, dt.date.fromisoformat(text)))
    except ValueError:
        return earliest
