"""The log: entries listed, read, changed; days taken in from plan and taps; files imported."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from api.desk.log_entries import (
    LogRow,
    change_entry,
    filled_day,
    import_findings,
    import_log,
    keep_day,
    log_between,
    row_of,
)
from api.desk.looks import log_persons
from api.desk.municipality import open_municipality
from api.errors import InputError, MissingError, RefusedError
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.base import subject_name
from api.store.books import LogEntry
from api.store.history import seen
from api.web.conditional import SeenVersion, tag
from api.web.guards import needs
from api.web.idempotent import TheOnce
from api.web.language import language_of
from api.web.log_form import EDITED
from api.web.openapi import ProblemFinding
from api.web.state import TheStore
from api.web.v1.day_routes import AskedDate, Date
from api.web.v1.record_models import WRITTEN_IN
from api.wording.findings import as_dict
from routing.books.log_file import cells_of, read_log
from routing.books.sheets import LOG
from routing.findings import Finding
from routing.records.folder import RecordFile
from routing.records.limits import MAX_CELL_CHARACTERS

router = APIRouter(tags=["log"], prefix="/log")
Reader = Annotated[Principal, needs(Permission.LOG_READ)]
Editor = Annotated[Principal, needs(Permission.LOG_EDIT)]
EntryId = Annotated[str, Path(max_length=200, description="The id of an entry.", examples=["2026-11-25-V01"])]

_Cell = Annotated[str, StringConstraints(max_length=MAX_CELL_CHARACTERS)]
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_SENT = {"requestBody": {"required": True, "content": {"application/octet-stream": _BYTES}}}
_CELLS = {"result": "done", "actual_begin": "08:35", "actual_end": "09:20", "worker": "HT1"}
_SHOWN: dict[str, JsonValue] = {
    "id": "2026-11-25-V01",
    "day": "2026-11-25",
    "version": 2,
    "source": "hand",
    "cells": {"id": "2026-11-25-V01", "client": "K01", "service": "home care", **_CELLS},
}


class EntryIn(BaseModel):
    """What came of an entry: all that somebody may say of it, blank cells left out."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"cells": {**_CELLS}}]})

    cells: Annotated[dict[str, _Cell], Field(description=f"Cells of text by field: {', '.join(EDITED)}.")]


class EntryShown(BaseModel):
    """One entry: cells of text by field, where it has what it says from, and the version that `ETag` says."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SHOWN]})

    id: str
    day: dt.date
    version: int
    source: str
    cells: dict[str, str]


class EntryPage(BaseModel):
    """Some entries in the order of days and the clock; `next` is where the following ones start, null at the end."""

    entries: list[EntryShown]
    total: int
    start: int
    next: int | None


class Taken(BaseModel):
    """How many entries were taken into the log, and what was found meanwhile."""

    entries: int
    findings: list[ProblemFinding] = []


async def _body(request: Request) -> bytes:
    return await request.body()


@router.get("/entries", summary="List the log")
def listed(
    store: TheStore,
    who: Reader,
    first: AskedDate,
    last: AskedDate,
    client: Annotated[str, Query(max_length=200, description="Entries of this client alone, by her id.")] = "",
    start: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    size: Annotated[int, Query(ge=1, le=500)] = 100,
) -> EntryPage:
    """Return the entries from `first` to `last`, both included; whose data was shown is logged."""
    with store.session() as session:
        found = [row for row in log_between(session, first, last) if client in {"", row.entry.client}]
    rows = found[start : start + size]
    log_persons(store, who.actor, (_person(row.entry.client) for row in rows), purpose="log.view")
    behind = start + len(rows)
    return EntryPage(
        entries=[_shown(row) for row in rows],
        total=len(found),
        start=start,
        next=behind if behind < len(found) else None,
    )


@router.post("/import", summary="Take a log file in", openapi_extra=_SENT, dependencies=[needs(Permission.LOG_EDIT)])
def take_in(
    once: TheOnce,
    request: Request,
    data: Annotated[bytes, Depends(_body)],
    name: Annotated[
        str, Query(min_length=1, max_length=100, description="The file's name: .csv or .xlsx.")
    ] = "log.csv",
) -> Taken:
    """Take all entries of a file into the log, or none; refused with every finding where a row has a fault."""
    with once.store.session() as session:
        records = open_municipality(session).records
    entries, findings = read_log(RecordFile(name=name, data=data), records)
    if findings.has_errors or not entries:
        raise RefusedError(tuple(findings) or (Finding(code="imports.no-file", field="body"),))
    with once.writing() as session:
        doubts = import_findings(session, records, entries, ())
        import_log(session, records, entries, ())
        answer = Taken(entries=len(entries), findings=_told((*findings, *doubts), request))
        once.keep(session, answer)
    return answer


@router.post("/days/{date}/fill", summary="Take a day into the log", dependencies=[needs(Permission.LOG_EDIT)])
def fill(once: TheOnce, date: Date) -> Taken:
    """Take the day's published plan and what drivers tapped into the log; what was written by hand stays."""
    with once.store.session() as session:
        filled = filled_day(session, date)
    with once.writing() as session:
        keep_day(session, filled)
        answer = Taken(entries=len(filled.entries))
        once.keep(session, answer)
    return answer


@router.get("/entries/{entry:path}", summary="Read an entry")
def read(store: TheStore, who: Reader, response: Response, entry: EntryId) -> EntryShown:
    """Return one entry with its version in `ETag`; who asked is logged."""
    with store.session() as session:
        kept = row_of(session, entry)
        found = next((row for row in log_between(session, kept.day, kept.day) if row.entry.id == entry), None)
    if found is None:
        raise MissingError(subject_name("log_entry", entry))
    log_persons(store, who.actor, [_person(found.entry.client)], purpose="log.view")
    tag(response, found.version)
    return _shown(found)


@router.put("/entries/{entry:path}", summary="Say what came of an entry", dependencies=[needs(Permission.LOG_EDIT)])
def change(once: TheOnce, response: Response, entry: EntryId, version: SeenVersion, told: EntryIn) -> EntryShown:
    """Write what came of an entry, all of it; `If-Match` says which version was seen. What was planned stays."""
    strange = [field for field in told.cells if field not in EDITED]
    if strange:
        raise InputError([_unknown(field) for field in strange])
    with once.store.session() as session:
        row_of(session, entry)
        records = open_municipality(session).records
    with once.writing() as session:
        cells = {name: told.cells.get(name, "") for name in EDITED}
        row = change_entry(session, records, entry, cells, version=version)
        session.flush()
        answer = _kept(row)
        seen(session, _person(row.cells["client"]), purpose="log.view")
        once.keep(session, answer, version=answer.version)
    tag(response, answer.version)
    response.headers["Content-Location"] = f"/api/v1/log/entries/{quote(entry, safe='')}"
    return answer


def _kept(row: LogEntry) -> EntryShown:
    cells = {field: LOG.column_by_field[field].kind for field in row.cells}
    words = {field: kind.write(kind.parse(row.cells[field]), WRITTEN_IN) for field, kind in cells.items()}
    return EntryShown(id=row.id, day=row.day, version=row.version, source=row.source, cells=words)


def _shown(row: LogRow) -> EntryShown:
    cells = {field: text for field, text in cells_of(LOG, row.entry, WRITTEN_IN).items() if text}
    return EntryShown(id=row.entry.id, day=row.entry.day, version=row.version, source=row.source.value, cells=cells)


def _told(findings: tuple[Finding, ...], request: Request) -> list[ProblemFinding]:
    lang = language_of(request)
    return [ProblemFinding.model_validate(as_dict(finding, lang)) for finding in findings]


def _unknown(field: str) -> Finding:
    details = {"field": field[:60], "choices": ", ".join(EDITED)}
    return Finding(code="request.unknown", file="body", field=f"cells.{field[:60]}", details=details)


def _person(client: str) -> str:
    return subject_name("record", "clients", client)
