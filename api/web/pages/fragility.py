"""What hangs on whom: for each worker of a day, what fails if she is ill, and the cheapest cover."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.desk.fragile import FragileDay, last_fragility
from api.desk.laid_out import OpenDay
from api.errors import ConflictError
from api.jobs.fragility_work import ask_fragility
from api.jobs.keeping import open_job
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.jobs import Job, JobKind
from api.web.guards import needs
from api.web.language import language_of
from api.web.pages.board import FIRST
from api.web.pages.weeks import is_unset, today
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import Shell, TheShell
from api.web.timeline import Look
from api.web.v1.day_routes import Date
from api.web.week_words import Words, refused
from api.web.written import shapes_of

router = APIRouter(include_in_schema=False, prefix="/fragility")

Reader = Annotated[Principal, needs(Permission.PLAN_READ)]
Editor = Annotated[Principal, needs(Permission.PLAN_EDIT)]


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
    """Show each worker of a day with what fails without her, as it was worked out last."""
    return _shown(request, shell, who, day)


@router.post("/{day}")
def ask(request: Request, shell: TheShell, who: Editor, day: Date) -> Response:
    """Work it out anew, in a process of its own."""
    shell.jobs.recover()
    try:
        with shell.store.transaction(who.actor) as session:
            job = ask_fragility(session, day)
    except ConflictError as error:
        return _shown(request, shell, who, day, error=error)
    shell.jobs.start(job)
    return see_other(f"/fragility/{day}")


def _shown(
    request: Request, shell: Shell, who: Principal, day: dt.date, *, error: ConflictError | None = None
) -> Response:
    if is_unset(shell):
        return see_other(FIRST)
    with shell.store.session() as session:
        opened = shell.days.open_in(session, day)
        last = last_fragility(session, day)
        running = open_job(session, day, JobKind.FRAGILITY)
    shell.access.saw(who.actor, opened)
    job, found = last or (None, None)
    lang = language_of(request)
    words = Words(lang)
    names = words.names(opened.day.records)
    status, refusal = refused(error, lang, names)
    return page(
        request,
        "weeks/fragility.html",
        status=status,
        refusal=refusal,
        date=day,
        before=day - dt.timedelta(days=1),
        after=day + dt.timedelta(days=1),
        planned=opened.current is not None,
        may_edit=who.may(Permission.PLAN_EDIT),
        running=running,
        found=found,
        opened=opened.day,
        worked_out=job.ended_at or job.at if job is not None else None,
        outdated=job is not None and found is not None and not _holds(job, found, opened),
        words=words,
        names=names,
        looks={worker.id: Look(index=index) for index, worker in enumerate(opened.day.records.workers)},
        **shapes_of(lang),
    )


def _holds(job: Job, found: FragileDay, opened: OpenDay) -> bool:
    """Tell whether what was worked out is about the plan and the records as they are now."""
    return opened.current is not None and (job.base, found.mark) == (opened.current.id, opened.laid.mark)
