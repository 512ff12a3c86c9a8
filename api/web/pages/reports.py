"""The supervision report: figures of any span of days, and the rows behind each of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.amounts import read_amount
from api.desk.log_entries import entries_between, trips_between
from api.desk.looks import log_persons
from api.desk.municipality import open_municipality
from api.errors import MissingError
from api.printing.report_print import ReportPrint
from api.report_making import make_report
from api.report_view import dots, section_views
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.base import subject_name
from api.store.opening import Store
from api.web.asked_date import asked_date
from api.web.guards import needs
from api.web.language import language_of
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import TheClock, TheStore
from api.web.v1.day_routes import Date
from api.wording.format import ZONE
from routing.books.figures import Rates
from routing.books.months import month_of

router = APIRouter(include_in_schema=False, prefix="/report")
_READS = [needs(Permission.REPORTS_READ)]
Cost = Annotated[str, Query(max_length=20)]

_LONGEST = dt.timedelta(days=366)
TABLES = ("figures", "rows", "care", "carers", "delivered", "learned", "star", "mileage", "own-cars")
"""What can be taken away as a table, where there is anything of it."""


@router.get("", dependencies=_READS)
def choose(clock: TheClock, first: str = "", last: str = "", hour: Cost = "", km: Cost = "") -> Response:
    """Lead to the report of the days that are named, of the last month where none are."""
    today = clock().astimezone(ZONE).date()
    begin, end = asked_date(first), asked_date(last)
    if begin is None or end is None or end < begin:
        before = month_of(today.replace(day=1) - dt.timedelta(days=1))
        begin, end = before.first, before.last
    end = min(end, begin + _LONGEST)
    known = [(name, text) for name, text in (("hour", hour), ("km", km)) if _amount(text) is not None]
    query = "&".join(f"{name}={_amount(text)}" for name, text in known)
    return see_other(f"/report/{begin}/{end}" + (f"?{query}" if query else ""))


@router.get("/{first}/{last}", dependencies=_READS)
def report_page(
    request: Request, store: TheStore, clock: TheClock, first: Date, last: Date, hour: Cost = "", km: Cost = ""
) -> Response:
    """Show the figures of some days."""
    asked, lang = _asked(request, store, clock, first, last, hour, km), language_of(request)
    return page(
        request,
        "report.html",
        report=asked.report,
        sections=section_views(asked.report, lang),
        dots=dots(asked.report, asked.records, lang),
        tables=[name for name in TABLES if name in asked.tables],
        hour=hour if _amount(hour) is not None else "",
        km=km if _amount(km) is not None else "",
    )


@router.get("/{first}/{last}/rows")
def rows_page(
    request: Request,
    store: TheStore,
    who: Annotated[Principal, needs(Permission.REPORTS_READ)],
    clock: TheClock,
    first: Date,
    last: Date,
    figure: Annotated[str, Query(max_length=20)],
    hour: Cost = "",
    km: Cost = "",
) -> Response:
    """Show the rows that one figure was counted from."""
    asked, lang = _asked(request, store, clock, first, last, hour, km), language_of(request)
    views = {
        one.anchor: one
        for section in section_views(asked.report, lang)
        for _, figures in section.groups
        for one in figures
    }
    if figure not in views:
        raise MissingError(subject_name("figure", figure))
    known = {entry.id: entry for entry in asked.report.entries}
    shown = [(row, known.get(row)) for row in views[figure].rows]
    _log(store, who, (entry.client for _, entry in shown if entry))
    return page(request, "report_rows.html", report=asked.report, figure=views[figure], rows=shown)


@router.get("/{first}/{last}/report.pdf", dependencies=_READS)
def report_pdf(
    request: Request, store: TheStore, clock: TheClock, first: Date, last: Date, hour: Cost = "", km: Cost = ""
) -> Response:
    """Return the report on paper."""
    made = _asked(request, store, clock, first, last, hour, km).pdf()
    headers = {"Content-Disposition": 'attachment; filename="report.pdf"'}
    return Response(made, media_type="application/pdf", headers=headers)


@router.get("/{first}/{last}/{table}.csv")
def report_csv(
    request: Request,
    store: TheStore,
    who: Annotated[Principal, needs(Permission.LOG_READ)],
    clock: TheClock,
    first: Date,
    last: Date,
    table: str,
    hour: Cost = "",
    km: Cost = "",
) -> Response:
    """Return the data of the report as a table: figures, rows, delivered, learned, star; needs are in it."""
    printed = _asked(request, store, clock, first, last, hour, km)
    if table not in printed.tables:
        raise MissingError(subject_name("table", table))
    _log(store, who, *printed.people(table))
    headers = {"Content-Disposition": f'attachment; filename="{table}.csv"'}
    return Response(printed.tables[table].csv(printed.lang), media_type="text/csv; charset=utf-8", headers=headers)


def _asked(
    request: Request, store: TheStore, clock: TheClock, first: dt.date, last: dt.date, hour: str, km: str
) -> ReportPrint:
    end = min(max(first, last), first + _LONGEST)
    with store.session() as session:
        records = open_municipality(session).records
        entries, trips = entries_between(session, first, end), trips_between(session, first, end)
    lang, now = language_of(request), clock().astimezone(ZONE)
    rates = Rates(per_hour=_amount(hour), per_km=_amount(km))
    return make_report(records, entries, trips, first, end, lang=lang, printed_at=now, rates=rates)


def _log(store: Store, who: Principal, clients: Iterable[str], workers: Iterable[str] = ()) -> None:
    """Log that rows of a report show the data of these people."""
    people = (("clients", clients), ("workers", workers))
    persons = [subject_name("record", sheet, key) for sheet, own in people for key in sorted(set(own)) if key]
    log_persons(store, who.actor, persons, purpose="report")


def _amount(text: str) -> Decimal | None:
    found = read_amount(text)
    return found if found is not None and found < 100_000 else None
