"""What hangs on whom: for each worker of a day, what fails if she is ill, and the cheapest cover."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.desk.laid_out import OpenDay
from api.security.principal import Principal
from api.security.roles import Permission
from api.web.guards import needs
from api.web.language import language_of
from api.web.pages.board import FIRST
from api.web.pages.weeks import is_unset, today
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import TheShell
from api.web.timeline import Look
from api.web.v1.day_routes import Date
from api.web.week_words import Words
from api.web.written import shapes_of
from routing.weeks.fragility import Fragile, fragility

router = APIRouter(include_in_schema=False, prefix="/fragility")

Reader = Annotated[Principal, needs(Permission.PLAN_READ)]


@router.get("", dependencies=[needs(Permission.PLAN_READ)])
def choose(shell: TheShell, day: str = "") -> Response:
    """Lead to a day, tomorrow where none is named."""
    try:
        wanted = dt.date.fromisoformat(day)
    except ValueError:
        wanted = today(shell) + dt.timedelta(days=1)
    return see_other(f"/fragility/{wanted}")


@router.get("/{day}")
def show(request: Request, shell: TheShell, who: Reader, day: Date) -> Response:
    """Show each worker of a day with what fails without her."""
    if is_unset(shell):
        return see_other(FIRST)
    opened = shell.days.open(day)
    shell.access.saw(who.actor, opened)
    found: tuple[Fragile, ...] = shell.days.notes.get(("fragility", *opened.key), lambda: _thought_away(opened))
    lang = language_of(request)
    words = Words(lang)
    return page(
        request,
        "weeks/fragility.html",
        date=day,
        before=day - dt.timedelta(days=1),
        after=day + dt.timedelta(days=1),
        planned=opened.current is not None,
        found=found,
        opened=opened.day,
        words=words,
        names=words.names(opened.day.records),
        looks={worker.id: Look(index=index) for index, worker in enumerate(opened.day.records.workers)},
        **shapes_of(lang),
    )


def _thought_away(opened: OpenDay) -> tuple[Fragile, ...]:
    """Return what hangs on each worker; nothing is searched, so that it ends soon whatever the day is like."""
    if opened.current is None:
        return ()
    with opened.turn:
        return fragility(opened.day.records, opened.laid.folder.network, opened.day, opened.plan)
