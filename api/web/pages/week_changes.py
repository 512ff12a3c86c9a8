"""What is done to a week: moved, locked, planned, repaired, accepted, thrown away, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.desk.week_change import WeekChange, keep_change
from api.desk.week_locks import WeekLockKind, set_lock
from api.desk.week_moves import WeekWish, records_of, try_undo, try_week_move
from api.desk.week_offer import refuse_other_week, settle, try_week_offer
from api.jobs.keeping import wish_stop
from api.jobs.week_asking import ask_absence, ask_week
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.jobs import Job
from api.web.guards import needs
from api.web.pages.weeks import REFUSALS, VIEWS, today, week_page
from api.web.redirects import see_other
from api.web.sent import TheForm
from api.web.state import Shell, TheShell
from api.web.v1.week_routes import Monday
from routing.rules.fees.plain import PlainDate

router = APIRouter(include_in_schema=False, prefix="/weeks/{monday}")

Editor = Annotated[Principal, needs(Permission.PLAN_EDIT)]
Day = Annotated[PlainDate, Form(ge=dt.date(2000, 1, 1), le=dt.date(2100, 1, 1))]
Key = Annotated[str, Form(min_length=1, max_length=200)]
JobKey = Annotated[str, Path(min_length=1, max_length=64)]
Seconds = Annotated[float, Form(ge=1, le=900)]

REPAIR_SECONDS = 8.0


@router.post("/move")
def move(
    request: Request,
    shell: TheShell,
    who: Editor,
    monday: Monday,
    visit: Key,
    seen: Day,
    day: Day,
    worker: Annotated[list[Annotated[str, Form(max_length=200)]], Form(max_length=4)] = [],  # noqa: B006 - a form's list
) -> Response:
    """Put a visit on another day or with others."""
    wish = WeekWish(visit=visit, day=day, workers=frozenset(filter(None, worker)), seen=seen)
    return _changed(request, shell, who, monday, "moved", lambda: try_week_move(shell.days, wish))


@router.post("/undo")
def undo(request: Request, shell: TheShell, who: Editor, monday: Monday) -> Response:
    """Take the last change back."""
    return _changed(request, shell, who, monday, "undone", lambda: try_undo(shell.days, monday))


@router.post("/lock")
def lock(
    request: Request,
    shell: TheShell,
    who: Editor,
    monday: Monday,
    kind: Annotated[WeekLockKind, Form()],
    subject: Key,
    day: Day,
    held: Annotated[bool, Form()] = False,
) -> Response:
    """Hold a visit or all that a worker has on a day, or let it go."""

    def act() -> None:
        with shell.store.transaction(who.actor) as session:
            set_lock(session, records_of(session, shell.days.cache), day, kind, subject, held=held)

    return _done(request, shell, who, monday, "locked" if held else "unlocked", act)


@router.post("/plan")
def plan(request: Request, shell: TheShell, who: Editor, monday: Monday, seconds: Seconds) -> Response:
    """Plan what nothing holds, in a process of its own."""
    wish = {"seconds": seconds}
    return _asked(request, shell, who, monday, lambda session: ask_week(session, monday, today(shell), wish))


@router.post("/absence")
def absence(
    request: Request, shell: TheShell, who: Editor, monday: Monday, worker: Key, first: Day, last: Day
) -> Response:
    """Repair the planned days while a worker is away, in a process of its own."""
    wish = {"seconds": REPAIR_SECONDS}

    def ask(session: Session) -> Job:
        return ask_absence(session, records_of(session, shell.days.cache), monday, worker, (first, last), wish)

    return _asked(request, shell, who, monday, ask)


@router.post("/jobs/{job}/stop")
def stop(request: Request, shell: TheShell, who: Editor, monday: Monday, job: JobKey) -> Response:
    """Stop a run; what it has found is offered where it is no worse than what stands."""
    _refuse_other_week(shell, monday, job)

    def act() -> None:
        shell.jobs.look(job)
        with shell.store.transaction(who.actor) as session:
            wish_stop(session, job)

    return _done(request, shell, who, monday, "stopping", act)


@router.post("/jobs/{job}/accept")
def accept(request: Request, shell: TheShell, who: Editor, monday: Monday, job: JobKey, form: TheForm) -> Response:
    """Take over all that a run offers, or the groups that are ticked."""
    _refuse_other_week(shell, monday, job)
    whole = "all" in form
    chosen = None if whole else [value for value in form.getlist("group") if isinstance(value, str)]

    def close(session: Session) -> None:
        settle(session, job, "accepted")

    return _changed(
        request, shell, who, monday, "accepted", lambda: try_week_offer(shell.days, job, chosen), also=close
    )


@router.post("/jobs/{job}/drop")
def drop(request: Request, shell: TheShell, who: Editor, monday: Monday, job: JobKey) -> Response:
    """Throw away what a run offers."""
    _refuse_other_week(shell, monday, job)

    def act() -> None:
        with shell.store.transaction(who.actor) as session:
            settle(session, job, "dropped")

    return _done(request, shell, who, monday, "dropped", act)


def _refuse_other_week(shell: Shell, monday: dt.date, job: str) -> None:
    with shell.store.session() as session:
        refuse_other_week(session, monday, job)


def _changed(
    request: Request,
    shell: Shell,
    who: Principal,
    monday: dt.date,
    told: str,
    work: Callable[[], WeekChange],
    also: Callable[[Session], None] | None = None,
) -> Response:
    """Work a change out, write it in one transaction, and lead back to the week."""

    def act() -> None:
        change = work()
        with shell.store.transaction(who.actor) as session:
            keep_change(shell.days, session, change)
            if also is not None:
                also(session)

    return _done(request, shell, who, monday, told, act)


def _asked(request: Request, shell: Shell, who: Principal, monday: dt.date, ask: Callable[[Session], Job]) -> Response:
    def act() -> None:
        shell.jobs.recover()
        with shell.store.transaction(who.actor) as session:
            job = ask(session)
        shell.jobs.start(job)

    return _done(request, shell, who, monday, "asked", act)


def _done(
    request: Request, shell: Shell, who: Principal, monday: dt.date, told: str, act: Callable[[], None]
) -> Response:
    """Do something and lead back to the week; what is refused is said on its page."""
    try:
        act()
    except REFUSALS as error:
        return week_page(request, shell, who, monday, error=error)
    view = request.query_params.get("view", "")
    return see_other(f"/weeks/{monday}?told={told}" + (f"&view={view}" if view in VIEWS else ""))
