"""The supervision report as data: figures with the keys of the rows behind them, and how long things really take."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict

from api.desk.log_entries import entries_between, trips_between
from api.desk.municipality import open_municipality
from api.report_view import section_views, value_text
from api.security.roles import Permission
from api.web.guards import needs
from api.web.language import language_of
from api.web.state import TheStore
from api.web.v1.day_routes import AskedDate
from routing.books.figures import Rates
from routing.books.report import report

router = APIRouter(tags=["report"], prefix="/report")

_LONGEST = dt.timedelta(days=366)
_Cost = Annotated[
    Decimal | None, Query(ge=0, lt=100_000, max_digits=9, decimal_places=4, description="Euros.", examples=["18.50"])
]


class FigureShown(BaseModel):
    """One figure: its value, null where it is not known, in words too; `rows` are the keys it was counted from."""

    key: str
    title: str
    group: str
    unit: str
    value: Decimal | None
    text: str
    rows: list[str]


class SectionShown(BaseModel):
    """One section of the report."""

    name: str
    title: str
    figures: list[FigureShown]


class ReportShown(BaseModel):
    """The report of some days. Nobody is named: rows, clients and workers are ids."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"first": "2026-06-01", "last": "2026-06-30", "entries": 812, "sections": []}]}
    )

    first: dt.date
    last: dt.date
    entries: int
    sections: list[SectionShown]


@router.get("", summary="Read the supervision report", dependencies=[needs(Permission.REPORTS_READ)])
def read(
    store: TheStore,
    request: Request,
    first: AskedDate,
    last: AskedDate,
    hour: _Cost = None,
    km: _Cost = None,
) -> ReportShown:
    """Return the figures of the days from `first` to `last`, a year at most, from what an hour and a kilometre cost."""
    lang, end = language_of(request), min(max(first, last), first + _LONGEST)
    with store.session() as session:
        records = open_municipality(session).records
        entries, trips = entries_between(session, first, end), trips_between(session, first, end)
    made = report(records, entries, first, end, trips=trips, rates=Rates(per_hour=hour, per_km=km))
    known = made.figure_by_key
    return ReportShown(
        first=first,
        last=end,
        entries=len(made.entries),
        sections=[
            SectionShown(
                name=section.name,
                title=section.title,
                figures=[
                    FigureShown(
                        key=view.key,
                        title=view.title,
                        group=view.group,
                        unit=known[view.key].unit,
                        value=known[view.key].value,
                        text=value_text(known[view.key], lang),
                        rows=list(view.rows),
                    )
                    for _, views in section.groups
                    for view in views
                ],
            )
            for section in section_views(made, lang)
        ],
    )
