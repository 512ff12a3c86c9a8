"""The records by sheet: which sheets there are, and each as a list that is searched, sorted and paged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.desk.looks import log_looks
from api.desk.records import Page, load_records, record_set, sheet_named
from api.desk.records_order import find_records
from api.desk.records_words import Names, cell_words, names_of, title_of
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.records import Record
from api.web.guards import needs
from api.web.language import language_of
from api.web.rendering import page
from api.web.state import TheStore
from routing.records.columns import Column, Sheet
from routing.records.labels import column_label
from routing.records.sheets import SHEETS

router = APIRouter(include_in_schema=False, prefix="/records")
Reader = Annotated[Principal, needs(Permission.RECORDS_READ)]

SIZE: Final = 50
_SHOWN: Final = {
    "places": ("name", "settlement", "municipality", "id"),
    "workers": ("name", "phone", "skills", "background_check", "id"),
    "vehicles": ("id", "plate", "layouts", "equipment"),
    "clients": ("name", "address", "settlement", "phone", "state", "aids", "id"),
    "shifts": ("id", "worker", "vehicle", "start", "end", "day", "weekdays"),
    "absences": ("worker", "first", "last"),
    "pauses": ("client", "first", "last"),
    "care_plans": ("id", "client", "service", "weekly", "monthly", "valid_from", "valid_to", "regular"),
    "care_slots": ("id", "plan", "times", "duration", "windows", "weekdays", "activities"),
    "visits": ("id", "day", "client", "windows", "duration", "activities", "priority"),
    "rides": ("id", "day", "client", "start", "end", "pickup", "arrival", "returning"),
    "ride_series": ("id", "rule", "client", "start", "end", "pickup", "arrival", "first", "last"),
    "reliefs": ("act", "client", "service", "component", "pays", "first", "last"),
    "decisions": ("case_number", "client", "service", "valid_from", "valid_to", "decided_on"),
}
"""The columns that a list shows, the one that opens the record first."""


@router.get("", dependencies=[needs(Permission.RECORDS_READ)])
def sheets_page(request: Request, store: TheStore) -> Response:
    """Show which sheets there are, how much each holds and what is wrong in it."""
    with store.session() as session:
        rows = record_set(session).rows
        findings = tuple(load_records(session)[1])
    counts = {
        sheet.name: (len(rows.get(sheet.name, ())), sum(f.file == f"{sheet.name}.csv" for f in findings))
        for sheet in SHEETS
    }
    return page(request, "records.html", counts=counts, findings=findings)


@router.get("/{sheet}")
def list_page(
    request: Request,
    store: TheStore,
    who: Reader,
    sheet: str,
    sort: Annotated[str, Query(max_length=40)] = "",
    start: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """List the records of a sheet."""
    return _list(request, store, who, sheet, search="", sort=sort, start=start, told=request.query_params.get("told"))


@router.post("/{sheet}/search")
def search_page(
    request: Request,
    store: TheStore,
    who: Reader,
    sheet: str,
    search: Annotated[str, Form(max_length=200)] = "",
    sort: Annotated[str, Form(max_length=40)] = "",
    start: Annotated[int, Form(ge=0, le=1_000_000)] = 0,
) -> Response:
    """List the records that hold every word: sent as a form, since names do not belong in addresses."""
    return _list(request, store, who, sheet, search=search, sort=sort, start=start, told=None)


def _list(
    request: Request,
    store: TheStore,
    who: Principal,
    name: str,
    *,
    search: str,
    sort: str,
    start: int,
    told: str | None,
) -> Response:
    sheet, lang = sheet_named(name), language_of(request)
    shown = [sheet.column_by_field[field] for field in _SHOWN[name]]
    with store.session() as session:
        found = find_records(session, name, search=search, sort=sort, start=start, size=SIZE)
        rows = _rows(session, sheet, shown, found, lang)
    log_looks(store, who.actor, found.records, purpose="records.search" if search else "records.list")
    return page(
        request,
        "parts/record_table.html" if request.headers.get("x-part") else "record_list.html",
        sheet=name,
        columns=[(column.field, column_label(column, lang)) for column in shown],
        rows=rows,
        total=found.total,
        search=search,
        sort=sort,
        start=start,
        size=SIZE,
        told=told if told in {"added", "changed", "removed"} else "",
    )


def _rows(
    session: Session, sheet: Sheet, shown: Sequence[Column], found: Page, lang: str
) -> list[tuple[str, str, list[str]]]:
    """Return the key, the title and the words of the cells of each record."""
    names = names_of(session)
    return [
        (record.key, title_of(sheet.name, record.key, record.cells, names, lang), _words(record, shown, names, lang))
        for record in found.records
    ]


def _words(record: Record, shown: Sequence[Column], names: Names, lang: str) -> list[str]:
    return [cell_words(column, record.cells.get(column.field, ""), names, lang) for column in shown]
