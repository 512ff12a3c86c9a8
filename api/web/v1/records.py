"""Records: listed, searched, read, checked, added, changed and removed."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel

from api.desk.looks import log_looks
from api.desk.records import (
    check_record,
    create_record,
    get_record,
    persons_in,
    remove_record,
    sheet_named,
    update_record,
)
from api.desk.records_order import find_records
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.history import seen
from api.store.opening import Store
from api.web.conditional import SeenVersion, tag
from api.web.guards import needs
from api.web.idempotent import TheOnce
from api.web.language import language_of
from api.web.openapi import ProblemFinding
from api.web.state import TheStore
from api.web.v1.record_models import RecordIn, RecordPage, RecordShown, Search, checked_cells, shown
from api.wording.findings import as_dict
from routing.records.sheets import SHEETS

router = APIRouter(tags=["records"], prefix="/records")
Reader = Annotated[Principal, needs(Permission.RECORDS_READ)]
SheetName = Annotated[
    str, Path(description="A sheet of records.", json_schema_extra={"enum": [sheet.name for sheet in SHEETS]})
]
RowKey = Annotated[str, Path(max_length=200, description="The record's id, or its opaque key.", examples=["K01"])]


class Checked(BaseModel):
    """What would be found in a record if it were kept; `acceptable` where it would be."""

    acceptable: bool
    findings: list[ProblemFinding]


class Removed(BaseModel):
    """Which record is gone."""

    sheet: str
    key: str


@router.get("/{sheet}", summary="List the records of a sheet")
def listed(
    store: TheStore,
    who: Reader,
    sheet: SheetName,
    sort: Annotated[str, Query(max_length=40, description="A field, backwards with a minus before it.")] = "",
    start: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> RecordPage:
    """Return records in the order of the folder, or by a field. Cells are text: ISO dates, English words."""
    return _page(store, who, sheet, Search(sort=sort, start=start, size=size))


@router.post("/{sheet}/search", summary="Search the records of a sheet")
def searched(store: TheStore, who: Reader, sheet: SheetName, wanted: Search) -> RecordPage:
    """Return the records that hold every word, whatever their case and accents."""
    return _page(store, who, sheet, wanted)


@router.post(
    "/{sheet}/check", summary="Check a record without keeping it", dependencies=[needs(Permission.RECORDS_READ)]
)
def check(
    request: Request,
    store: TheStore,
    sheet: SheetName,
    record: RecordIn,
    key: Annotated[str | None, Query(max_length=200, description="The record that would be changed.")] = None,
) -> Checked:
    """Return every finding about the record itself, then what it would cause elsewhere."""
    cells, lang = checked_cells(sheet_named(sheet), record.cells), language_of(request)
    with store.session() as session:
        if key is not None:
            get_record(session, sheet, key)
        findings = check_record(session, sheet, cells, key=key)
    told = [ProblemFinding.model_validate(as_dict(finding, lang)) for finding in findings]
    return Checked(acceptable=all(finding.severity != "error" for finding in told), findings=told)


@router.post("/{sheet}", summary="Add a record", status_code=201, dependencies=[needs(Permission.RECORDS_EDIT)])
def add(once: TheOnce, response: Response, sheet: SheetName, record: RecordIn) -> RecordShown:
    """Add a record behind all others; refused with every finding where it has a fault."""
    cells = checked_cells(sheet_named(sheet), record.cells)
    with once.writing() as session:
        kept = create_record(session, sheet, cells)
        answer = shown(kept)
        seen(session, *persons_in(session, kept), purpose="records.view")
        once.keep(session, answer, version=answer.version, status=201)
    tag(response, answer.version)
    response.headers["Location"] = f"/api/v1/records/{sheet}/{quote(answer.key, safe='')}"
    return answer


@router.get("/{sheet}/{row:path}", summary="Read a record")
def read(store: TheStore, who: Reader, response: Response, sheet: SheetName, row: RowKey) -> RecordShown:
    """Return one record with its version in `ETag`; who asked is logged."""
    with store.session() as session:
        record = get_record(session, sheet_named(sheet).name, row)
    log_looks(store, who.actor, [record], purpose="records.view")
    tag(response, record.version)
    return shown(record)


@router.put("/{sheet}/{row:path}", summary="Change a record", dependencies=[needs(Permission.RECORDS_EDIT)])
def change(
    once: TheOnce,
    response: Response,
    sheet: SheetName,
    row: RowKey,
    version: SeenVersion,
    record: RecordIn,
) -> RecordShown:
    """Give a record other cells, all of them; `If-Match` says which version was seen."""
    cells = checked_cells(sheet_named(sheet), record.cells)
    with once.writing() as session:
        kept = update_record(session, sheet, row, cells, version=version)
        answer = shown(kept)
        seen(session, *persons_in(session, kept), purpose="records.view")
        once.keep(session, answer, version=answer.version)
    tag(response, answer.version)
    return answer


@router.delete("/{sheet}/{row:path}", summary="Remove a record", dependencies=[needs(Permission.RECORDS_EDIT)])
def remove(once: TheOnce, sheet: SheetName, row: RowKey, version: SeenVersion) -> Removed:
    """Remove a record; refused where others cannot do without it."""
    answer = Removed(sheet=sheet, key=row)
    with once.writing() as session:
        remove_record(session, sheet, row, version=version)
        once.keep(session, answer)
    return answer


def _page(store: Store, who: Principal, sheet: str, wanted: Search) -> RecordPage:
    with store.session() as session:
        found = find_records(
            session, sheet, search=wanted.search, sort=wanted.sort, start=wanted.start, size=wanted.size
        )
    log_looks(store, who.actor, found.records, purpose="records.search" if wanted.search else "records.list")
    behind = wanted.start + len(found.records)
    return RecordPage(
        records=[shown(record) for record in found.records],
        total=found.total,
        start=wanted.start,
        next=behind if behind < found.total else None,
    )
