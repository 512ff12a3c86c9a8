"""The plans that a day has had: a list to choose from, one of them to look at, and taking it back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from starlette.responses import Response

from api.desk.day_showing import show_day
from api.desk.day_versions import restore, versions_of
from api.desk.day_writing import refuse_stale
from api.desk.plan_versions import version_numbered
from api.errors import StaleError
from api.security.principal import Principal
from api.security.roles import Permission
from api.web.guards import needs
from api.web.language import language_of
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import Shell, TheShell
from api.web.timeline import timeline
from api.web.timeline_taps import day_tapped
from api.web.v1.day_routes import Date
from api.web.written import shapes_of

router = APIRouter(include_in_schema=False, prefix="/board/{date}/versions")

Reader = Annotated[Principal, needs(Permission.PLAN_READ)]
Editor = Annotated[Principal, needs(Permission.PLAN_EDIT)]
Number = Annotated[int, Path(ge=1, le=1_000_000)]


@router.get("")
def versions(request: Request, shell: TheShell, who: Reader, date: Date) -> Response:
    """List the day's plans, the newest first."""
    return _list(request, shell, who, date)


@router.get("/{number}")
def version(request: Request, shell: TheShell, who: Reader, date: Date, number: Number) -> Response:
    """Show the day as it would be with one of them, to look at alone."""
    lang = language_of(request)
    with shell.store.session() as session:
        opened = shell.days.open_in(session, date, at=version_numbered(session, date, number).id)
        shown = show_day(shell.days, opened, session, lang)
        line = next(line for line in versions_of(session, date, lang) if line.number == number)
    shell.access.saw(who.actor, opened)
    return page(
        request,
        "versions/one.html",
        line=line,
        shown=shown,
        lines=timeline(shown, None),
        taps=day_tapped(shown, (), shell.store.clock()),
        may_restore=who.may(Permission.PLAN_EDIT),
        may_edit=False,
        may_publish=False,
        may_link=False,
        may_export=False,
        **shapes_of(lang),
    )


@router.post("/{number}/restore")
def restore_version(
    request: Request,
    shell: TheShell,
    who: Editor,
    date: Date,
    number: Number,
    seen: Annotated[int, Form(ge=0, le=2_000_000_000)],
) -> Response:
    """Take a plan back as the day's present one; where the day has changed since, show the list anew and say so."""
    opened = shell.days.open(date)
    try:
        refuse_stale(shell.days, opened, seen)
        with shell.store.session() as session:  # what it keeps of the plan is worked out before anybody waits
            shell.days.open_in(session, date, at=version_numbered(session, date, number).id)
        with shell.store.transaction(who.actor) as session:
            restore(shell.days, session, opened, seen, number)
    except StaleError:
        return _list(request, shell, who, date, changed=True, status=412)
    return see_other(f"/board/{date}")


def _list(
    request: Request, shell: Shell, who: Principal, date: Date, *, changed: bool = False, status: int = 200
) -> Response:
    lang = language_of(request)
    with shell.store.session() as session:
        opened = shell.days.open_in(session, date)
        found = versions_of(session, date, lang)
    return page(
        request,
        "versions/list.html",
        status=status,
        date=date,
        version=opened.version,
        versions=found,
        changed=changed,
        may_restore=who.may(Permission.PLAN_EDIT),
        **shapes_of(lang),
    )
