"""Days: what the board shows of one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.desk.day_example import EXAMPLE
from api.desk.day_showing import show_day
from api.desk.day_view import DayShown
from api.security.principal import Principal
from api.security.roles import Permission
from api.web.conditional import tag
from api.web.guards import needs
from api.web.language import language_of
from api.web.state import TheShell
from api.web.v1.day_routes import Date

router = APIRouter(tags=["days"])


@router.get(
    "/days/{date}",
    summary="Show a day",
    responses={200: {"content": {"application/json": {"example": EXAMPLE}}}},
)
def day(
    who: Annotated[Principal, needs(Permission.PLAN_READ)],
    shell: TheShell,
    request: Request,
    response: Response,
    date: Date,
    lines: Annotated[bool, Query(description="Draw the ways along the roads too.")] = False,
) -> DayShown:
    """Return rounds, what is unassigned and why, key figures, locks, and what stands in the way of publishing.

    The `ETag` is the day's version: every change names it in `If-Match`. A day that nobody has planned yet has an empty
    plan and everything unassigned.
    """
    with shell.store.session() as session:
        opened = shell.days.open_in(session, date)
        shown = show_day(shell.days, opened, session, language_of(request), lines=lines)
    shell.access.saw(who.actor, opened)
    tag(response, shown.version)
    return shown
