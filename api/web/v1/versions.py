"""The plans that a day has had: the list, one of them, taking one back, and doing again what was undone."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel

from api.desk.day_showing import show_day
from api.desk.day_versions import redo, restore, versions_of
from api.desk.day_view import DayShown
from api.desk.plan_versions import undone, version_numbered
from api.errors import ConflictError
from api.security.principal import Principal
from api.security.roles import Permission
from api.web.guards import needs
from api.web.language import language_of
from api.web.state import TheShell
from api.web.v1.day_routes import Date, DayChanged, TheChange
from routing.findings import Finding

router = APIRouter(tags=["days"])

Number = Annotated[int, Path(ge=1, le=1_000_000, description="Plans of a day are counted from 1.", examples=[2])]


class VersionListed(BaseModel):
    """One plan of the day: when, by whom, why, its key figures, and what they have more than those it came from."""

    number: int
    parent: int | None
    why: str
    at: dt.datetime
    by: str
    figures: dict[str, Any]
    change: dict[str, float]
    is_current: bool
    is_published: bool


class Versions(BaseModel):
    """All plans of a day, the newest first."""

    versions: list[VersionListed]


@router.get("/days/{date}/versions", summary="List the day's plans", dependencies=[needs(Permission.PLAN_READ)])
def listed(shell: TheShell, request: Request, date: Date) -> Versions:
    """Return every plan that the day has had or was offered, the newest first."""
    with shell.store.session() as session:
        found = versions_of(session, date, language_of(request))
    return Versions(versions=[VersionListed.model_validate(line, from_attributes=True) for line in found])


@router.get("/days/{date}/versions/{number}", summary="Look at one of the day's plans")
def shown(
    who: Annotated[Principal, needs(Permission.PLAN_READ)],
    shell: TheShell,
    request: Request,
    date: Date,
    number: Number,
) -> DayShown:
    """Return the day as it would be with that plan; where records have changed since, with what can be kept of it."""
    with shell.store.session() as session:
        opened = shell.days.open_in(session, date, at=version_numbered(session, date, number).id)
        found = show_day(shell.days, opened, session, language_of(request))
    shell.access.saw(who.actor, opened)
    return found


@router.post("/days/{date}/redo", summary="Do again what was undone", dependencies=[needs(Permission.PLAN_EDIT)])
def redo_last(change: TheChange) -> DayChanged:
    """Let the day stand again at the plan that was undone last, as long as nothing new was done since."""
    opened = change.open()
    with change.days.store.session() as session:
        if undone(session, opened.date, opened.current) is None:
            raise ConflictError([Finding(code="plans.nothing-to-redo")])
    with change.once.writing() as session:
        row = redo(session, opened, change.seen)
        answer = DayChanged(version=row.version)
        change.once.keep(session, answer, version=row.version)
    return answer.model_copy(update={"day": change.day()})


@router.post(
    "/days/{date}/versions/{number}/restore",
    summary="Take a plan back",
    dependencies=[needs(Permission.PLAN_EDIT)],
)
def restore_version(change: TheChange, number: Number) -> DayChanged:
    """Let the day stand at that plan, as a new version: undoing leads back to the present one.

    Where records have changed since, the day takes what can be kept of the plan.
    """
    opened = change.open()
    with change.days.store.session() as session:  # what it keeps of the plan is worked out before anybody waits
        change.days.open_in(session, opened.date, at=version_numbered(session, opened.date, number).id)
    with change.once.writing() as session:
        row = restore(change.days, session, opened, change.seen, number)
        answer = DayChanged(version=row.version)
        change.once.keep(session, answer, version=row.version)
    return answer.model_copy(update={"day": change.day()})
