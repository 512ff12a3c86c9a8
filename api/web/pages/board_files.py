"""A day taken away from the board: sheets to print, a workbook, tables and calendars of the plan as it is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.desk.laid_out import OpenDay
from api.errors import MissingError
from api.planned import review_day
from api.printing.day import DayPrint
from api.security.principal import Principal
from api.security.roles import Permission
from api.web.guards import needs
from api.web.language import language_of
from api.web.state import TheShell
from api.web.v1.day_routes import Date
from api.wording.format import ZONE

router = APIRouter(include_in_schema=False, prefix="/board")

_PDF: Final = "application/pdf"
_CSV: Final = "text/csv; charset=utf-8"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WITH_REASONS: Final = frozenset({"overview.pdf", "day.xlsx"})
"""Files that say why something was left out, which takes a while to find."""

DAY_FILES: Final[Mapping[str, tuple[str, Callable[[DayPrint], str | bytes]]]] = {
    "rounds.pdf": (_PDF, lambda made: made.rounds_pdf()),
    "overview.pdf": (_PDF, lambda made: made.overview_pdf()),
    "wall.pdf": (_PDF, lambda made: made.wall_pdf()),
    "day.xlsx": (_XLSX, lambda made: made.xlsx()),
    "rounds.csv": (_CSV, lambda made: made.rounds_csv()),
    "prices.csv": (_CSV, lambda made: made.prices_csv()),
}
"""Files of the whole day: their media type, and how they are made."""

ROUND_FILES: Final[Mapping[str, tuple[str, Callable[[DayPrint, str], str | bytes]]]] = {
    "round.pdf": (_PDF, lambda made, shift: made.rounds_pdf(shift)),
    "round.ics": ("text/calendar; charset=utf-8", lambda made, shift: made.ics(shift)),
}
"""Files of one round."""


@router.get("/{date}/files/{name}")
def file(
    request: Request,
    shell: TheShell,
    who: Annotated[Principal, needs(Permission.EXPORT)],
    date: Date,
    name: str,
    shift: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Return one file of a day; MissingError for another name, or a round that has no stops."""
    opened = shell.days.open(date)
    made = _printed(opened, language_of(request), shell.store.clock(), explained=name in _WITH_REASONS)
    if name in DAY_FILES and made.shifts:
        media_type, make = DAY_FILES[name]
        content = make(made)
    elif name in ROUND_FILES and shift in made.shifts:
        media_type, make_round = ROUND_FILES[name]
        content = make_round(made, shift)
    else:
        raise MissingError(f"file:{name}")
    shell.access.saw(who.actor, opened)
    return Response(content, media_type=media_type, headers=_saved_as(f"{date}-{name}"))


def _printed(opened: OpenDay, lang: str, now: dt.datetime, *, explained: bool) -> DayPrint:
    with opened.turn:
        cost = opened.desk.cost(opened.plan)
    planned = review_day(opened.laid.folder, opened.day, opened.plan, cost, explained=explained)
    return DayPrint(planned=planned, lang=lang, printed_at=now.astimezone(ZONE))


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
