"""The week: clients or workers by day, what planning and repairs offer, and what the coordinator does to it by hand.

Every change is a form, so that it works without scripts; `static/weeks` sends the same forms and takes over the parts
of the page that differ.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from api.desk.documents import SETTINGS_KIND
from api.desk.looks import actor_names
from api.desk.records_documents import list_documents
from api.desk.week_change import last_change
from api.desk.week_locks import held_in
from api.desk.week_moves import WeekRulesError, is_held, records_of, visit_of
from api.desk.week_offer import WeekOffer, find_offer, read_offer
from api.desk.week_view import WeekShown, show_week
from api.errors import BrokenRulesError, ConflictError, InputError, RefusedError, StaleError
from api.jobs.week_asking import fruitless_job, running_job
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.base import subject_name
from api.store.jobs import Job
from api.web.guards import needs
from api.web.language import language_of
from api.web.pages.board import FIRST
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import Shell, TheShell
from api.web.timeline import Look
from api.web.v1.day_routes import Date
from api.web.v1.week_routes import Monday
from api.web.week_words import Words, hours, refused
from api.web.written import shapes_of
from api.wording.format import ZONE
from routing.records.model import Records
from routing.weeks.by_hand import choices
from routing.weeks.demand import WEEK, monday_of, week_days

router = APIRouter(include_in_schema=False, prefix="/weeks")

Reader = Annotated[Principal, needs(Permission.PLAN_READ)]
VisitKey = Annotated[str, Path(min_length=1, max_length=200)]


VIEWS: Final = ("clients", "workers")
TOLD: Final = frozenset({"moved", "undone", "locked", "unlocked", "asked", "accepted", "dropped", "stopping"})
LENGTHS: Final = (10, 30, 60, 180)
"""Seconds that planning a week may take."""
REFUSALS: Final = (ConflictError, InputError, RefusedError, StaleError, BrokenRulesError, WeekRulesError)


@router.get("", dependencies=[needs(Permission.PLAN_READ)])
def choose(shell: TheShell, day: str = "") -> Response:
    """Lead to the week of a day, this one where none is named."""
    try:
        wanted = dt.date.fromisoformat(day)
    except ValueError:
        wanted = today(shell)
    return see_other(f"/weeks/{monday_of(wanted)}")


@router.get("/{monday}")
def week(request: Request, shell: TheShell, who: Reader, monday: Date) -> Response:
    """Show a week."""
    if monday != monday_of(monday):
        return see_other(f"/weeks/{monday_of(monday)}")
    if is_unset(shell):
        return see_other(FIRST)
    return week_page(request, shell, who, monday)


@router.get("/{monday}/visits/{visit:path}")
def visit(request: Request, shell: TheShell, who: Reader, monday: Monday, visit: VisitKey) -> Response:
    """Show where a visit could be, day by day and worker by worker, and the forms that put it there."""
    lang, words = language_of(request), Words(language_of(request))
    with shell.store.session() as session:
        records = records_of(session, shell.days.cache)
        found = visit_of(records, visit)
        held = held_in(session, records, {found.day})
    shell.access.saw_persons(who.actor, monday, [subject_name("record", "clients", found.client)])
    days = week_days(monday)
    names = words.names(records)
    return page(
        request,
        "weeks/visit.html",
        monday=monday,
        visit=found,
        days=days,
        workers=records.workers,
        looks={worker.id: Look(index=index) for index, worker in enumerate(records.workers)},
        names=names,
        choices={
            place: list(dict.fromkeys(fault.sentence(lang, names) for fault in faults))
            for place, faults in choices(records, visit, days).items()
        },
        locked=found.id in held.visits,
        held=is_held(held, found),
        may_edit=who.may(Permission.PLAN_EDIT),
        **shapes_of(lang),
    )


@dataclass(frozen=True, kw_only=True)
class _Stand:
    """What the store holds of a week: as it stands, what runs for it, what is offered, and what can be taken back."""

    shown: WeekShown
    records: Records
    offer: WeekOffer | None
    offer_by: str
    job: Job | None
    fruitless: Job | None
    can_undo: bool


def _stand(shell: Shell, monday: dt.date, lang: str) -> _Stand:
    with shell.store.session() as session:
        records = records_of(session, shell.days.cache)
        waiting = find_offer(session, monday)
        by = waiting.by if waiting is not None else ""
        return _Stand(
            shown=show_week(shell.days, session, monday),
            records=records,
            offer=read_offer(session, records, waiting) if waiting is not None else None,
            offer_by=actor_names(session, {by}, lang).get(by, by),
            job=running_job(session, monday),
            fruitless=fruitless_job(session, monday),
            can_undo=last_change(session, monday) is not None,
        )


def week_page(
    request: Request, shell: Shell, who: Principal, monday: dt.date, *, error: Exception | None = None
) -> Response:
    """Return the page of a week, and what was refused."""
    lang = language_of(request)
    view, told = (request.query_params.get(name, "") for name in ("view", "told"))
    stand, words = _stand(shell, monday, lang), Words(lang)
    people = [subject_name("record", "clients", row.client.id) for row in stand.shown.clients]
    shell.access.saw_persons(who.actor, monday, people)
    names = words.names(stand.records)
    status, refusal = refused(error, lang, names)
    return page(
        request,
        "weeks/week.html",
        status=status,
        shown=stand.shown,
        offer=stand.offer,
        offer_by=stand.offer_by,
        job=stand.job,
        fruitless=stand.fruitless,
        can_undo=stand.can_undo,
        monday=monday,
        sunday=monday + dt.timedelta(days=WEEK - 1),
        before=monday - dt.timedelta(days=WEEK),
        after=monday + dt.timedelta(days=WEEK),
        today=today(shell),
        view=view if view in VIEWS else VIEWS[0],
        looks={row.worker.id: Look(index=row.index) for row in stand.shown.workers},
        names=names,
        words=words,
        hours=hours,
        made_day=dt.date.fromisoformat,
        told=told if told in TOLD and error is None else "",
        refusal=refusal,
        lengths=LENGTHS,
        may_edit=who.may(Permission.PLAN_EDIT),
        **shapes_of(lang),
    )


def is_unset(shell: Shell) -> bool:
    """Tell whether there are no records to show a week of yet."""
    with shell.store.session() as session:
        return not list_documents(session, SETTINGS_KIND)


def today(shell: Shell) -> dt.date:
    """Return the day by the municipality's own clock on the wall."""
    return shell.store.clock().astimezone(ZONE).date()
