"""A day's plan as files: sheets for drivers and the desk, a workbook, tables, calendars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from api.desk.explaining import explanation
from api.desk.laid_out import Days, OpenDay
from api.errors import ConflictError
from api.planned import PlannedDay, review_day
from api.printing.day import DayPrint
from api.security.principal import Principal
from api.security.roles import Permission
from api.web.guards import needs
from api.web.language import language_of
from api.web.state import TheShell
from api.web.v1.day_routes import Date
from api.wording.format import ZONE
from routing.findings import Finding
from routing.review.explain import LeftOut

router = APIRouter(tags=["days"])


class FileName(StrEnum):
    """What is taken away."""

    ROUNDS_PDF = "rounds.pdf"
    OVERVIEW_PDF = "overview.pdf"
    WALL_PDF = "wall.pdf"
    DAY_XLSX = "day.xlsx"
    ROUNDS_CSV = "rounds.csv"
    PRICES_CSV = "prices.csv"
    ROUND_ICS = "round.ics"


_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}


@router.get(
    "/days/{date}/exports/{file}",
    summary="Take a day away as a file",
    response_class=Response,
    responses={200: {"content": {kind.partition(";")[0]: {} for kind in _TYPES.values()}}},
)
def export(
    who: Annotated[Principal, needs(Permission.EXPORT)],
    shell: TheShell,
    request: Request,
    date: Date,
    file: Annotated[FileName, Path(description="Which file; `round.ics` needs `shift`.")],
    shift: Annotated[str | None, Query(min_length=1, max_length=200, description="One round alone.")] = None,
) -> Response:
    """Return a file of the plan as it stands, in the caller's language."""
    opened = shell.days.open(date)
    printed = DayPrint(
        planned=reviewed(shell.days, opened),
        lang=language_of(request),
        printed_at=shell.store.clock().astimezone(ZONE),
    )
    if (shift is not None or file is FileName.ROUND_ICS) and shift not in printed.shifts:
        raise ConflictError([Finding(code="plans.no-round", field="shift", found=shift or "")])
    shell.access.saw(who.actor, opened)
    sequence = opened.current.number if opened.current else 0
    kind = _TYPES[file.value.rpartition(".")[2]]
    name = f"{date.isoformat()}-{file.value}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(_content(printed, file, shift, sequence), headers=headers, media_type=kind)


def reviewed(days: Days, opened: OpenDay) -> PlannedDay:
    """Return the day's plan checked, explained and priced."""
    planned = review_day(opened.laid.folder, opened.day, opened.plan, opened.desk.cost(opened.plan), explained=False)
    found = (explanation(days, opened, request) for request in opened.plan.unassigned if opened.plan.routes)
    return replace(planned, explained=tuple(item for item in found if isinstance(item, LeftOut)))


def _content(printed: DayPrint, file: FileName, shift: str | None, sequence: int) -> bytes | str:
    makers: dict[FileName, Callable[[], bytes | str]] = {
        FileName.ROUNDS_PDF: lambda: printed.rounds_pdf(*([shift] if shift else [])),
        FileName.OVERVIEW_PDF: printed.overview_pdf,
        FileName.WALL_PDF: printed.wall_pdf,
        FileName.DAY_XLSX: printed.xlsx,
        FileName.ROUNDS_CSV: printed.rounds_csv,
        FileName.PRICES_CSV: printed.prices_csv,
        FileName.ROUND_ICS: lambda: printed.ics(shift or "", sequence=sequence),
    }
    return makers[file]()
