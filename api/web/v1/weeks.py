"""Weeks: read, planned, repaired while somebody is away, accepted wholly or in part, moved, locked, taken back."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from api.desk.day_view import JobShown
from api.desk.week_locks import WeekLockKind, set_lock
from api.desk.week_moves import WeekWish, records_of, try_undo, try_week_move, visit_of
from api.desk.week_offer import find_offer, read_offer, refuse_other_week, settle, try_week_offer
from api.desk.week_version import week_version
from api.errors import MissingError
from api.jobs.week_asking import ask_absence, ask_week
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.base import subject_name
from api.store.jobs import Job
from api.web.conditional import tag
from api.web.guards import needs
from api.web.language import language_of
from api.web.state import TheShell
from api.web.v1.jobs import EXAMPLE as JOB
from api.web.v1.week_models import EXAMPLE, WeekChanged, WeekOfferOut, WeekOut, offer_out
from api.web.v1.week_routes import Monday, TheWeekAct, whole_week
from api.wording.format import ZONE
from routing.rules.fees.plain import PlainDate
from routing.weeks.demand import monday_of

router = APIRouter(tags=["weeks"], prefix="/weeks/{monday}")

Reader = Annotated[Principal, needs(Permission.PLAN_READ)]
JobKey = Annotated[str, Path(min_length=1, max_length=64, description="The job of the offer.", examples=["5c" * 16])]
Subject = Annotated[str, Path(min_length=1, max_length=200, description="The visit or the worker.", examples=["HT1"])]
LockDay = Annotated[
    PlainDate,
    Path(
        ge=dt.date(1999, 12, 27),
        le=dt.date(2100, 1, 3),
        description="A day of the week: the visit's, or the worker's.",
        examples=["2026-12-01"],
    ),
]
Id = Annotated[str, Field(min_length=1, max_length=200)]
Date = Annotated[PlainDate, Field(ge=dt.date(2000, 1, 1), le=dt.date(2100, 1, 1))]

_ASKED: dict[int | str, dict[str, Any]] = {
    202: {"content": {"application/json": {"example": JOB | {"day": "2026-11-30", "state": "queued"}}}}
}


class WeekPlan(BaseModel):
    """How long planning may take, and whether it is to be the same each time (`iterations` and `seed`)."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"seconds": 60}]})

    seconds: Annotated[float, Field(ge=1, le=900)] = 60.0
    iterations: Annotated[int | None, Field(ge=1, le=1_000_000)] = None
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class WeekAbsence(BaseModel):
    """Who is away from when to when; the first day is one of the week."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"worker": "HT1", "first": "2026-12-01", "last": "2026-12-04"}]},
    )

    worker: Id
    first: Date
    last: Date
    seconds: Annotated[float, Field(ge=1, le=900)] = 8.0
    iterations: Annotated[int | None, Field(ge=1, le=1_000_000)] = None


class AcceptWeek(BaseModel):
    """Which groups to accept; `all` for the whole offer, which the repair of an absence always is."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"groups": ["V-K01"]}, {"all": True}]})

    groups: Annotated[list[Id], Field(max_length=2000)] = []
    all: bool = False


class WeekMove(BaseModel):
    """A visit, the day of the same week that it goes to, and who makes it there; nobody in particular where empty."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"visit": "N-1", "day": "2026-12-02", "workers": ["HT1"]}]},
    )

    visit: Id
    day: Date
    workers: Annotated[list[Id], Field(max_length=4)] = []


@router.get("", summary="Show a week", responses={200: {"content": {"application/json": {"example": EXAMPLE}}}})
def week(who: Reader, shell: TheShell, request: Request, response: Response, monday: Monday) -> WeekOut:
    """Return the visits of a week, what clients are granted, how full workers' days are, and what is under way.

    The `ETag` is the week's version: every change names it in `If-Match`.
    """
    shown = whole_week(shell, who, monday, language_of(request))
    tag(response, shown.version)
    return shown


@router.post("/plans", status_code=202, summary="Plan what nothing holds", responses=_ASKED)
def plan(act: TheWeekAct, body: WeekPlan) -> JobShown:
    """Start planning what is left of the week; its result is offered beside it.

    What is locked or published stays. One job per week at a time: a second is refused with 409. Follow it at
    `/jobs/{id}/events`, then read the offer.
    """
    today = act.shell.store.clock().astimezone(ZONE).date()
    wish = body.model_dump(exclude_none=True)
    return act.start(lambda session: ask_week(session, act.monday, today, wish))


@router.post("/absences", status_code=202, summary="Repair while somebody is away", responses=_ASKED)
def absence(act: TheWeekAct, body: WeekAbsence) -> JobShown:
    """Start looking for who stands in on the planned days of an absence; the repair is offered beside the week."""
    wish = body.model_dump(include={"seconds", "iterations"}, exclude_none=True)

    def ask(session: Session) -> Job:
        records = records_of(session, act.days.cache)
        return ask_absence(session, records, act.monday, body.worker, (body.first, body.last), wish)

    return act.start(ask)


@router.get("/offer", summary="Show what is offered")
def offer(who: Reader, shell: TheShell, request: Request, response: Response, monday: Monday) -> WeekOfferOut:
    """Return what waits to be decided about, in groups to accept; 404 where nothing does."""
    with shell.store.session() as session:
        job = find_offer(session, monday)
        if job is None:
            raise MissingError(subject_name("offer", monday))
        found = read_offer(session, records_of(session, shell.days.cache), job)
        version = week_version(session, monday)
    shown = offer_out(found, version, language_of(request))
    shell.access.saw_persons(who.actor, monday, shown.persons)
    tag(response, version)
    return shown


@router.post("/offers/{job}/accept", summary="Accept an offer or groups of it")
def accept(act: TheWeekAct, job: JobKey, body: AcceptWeek) -> WeekChanged:
    """Take an offer into the week, wholly or in part, and close it.

    Groups that do not stand without the rest are refused with 409; `violations` says which rules they break.
    """
    _refuse_other_week(act, job)
    chosen = None if body.all else body.groups
    return act.change(
        lambda: try_week_offer(act.days, job, chosen), also=lambda session: settle(session, job, "accepted")
    )


@router.post("/offers/{job}/drop", summary="Throw an offer away")
def drop(act: TheWeekAct, job: JobKey) -> WeekChanged:
    """Keep the week as it is; the offer is closed."""
    _refuse_other_week(act, job)
    return act.write(lambda session: settle(session, job, "dropped"))


@router.post("/moves", summary="Move a visit by hand")
def move(act: TheWeekAct, body: WeekMove) -> WeekChanged:
    """Put a visit on another day of its week, or with others.

    A move that breaks a rule of care plans or of people's hours is refused with 409 and every rule it breaks.
    """
    with act.shell.store.session() as session:
        seen = visit_of(records_of(session, act.days.cache), body.visit).day
    if monday_of(seen) != act.monday:
        raise MissingError(subject_name("week", act.monday, body.visit))
    wish = WeekWish(visit=body.visit, day=body.day, workers=frozenset(body.workers), seen=seen)
    return act.change(lambda: try_week_move(act.days, wish))


@router.post("/undo", summary="Take the last change back")
def undo(act: TheWeekAct) -> WeekChanged:
    """Take the last move, accepted offer or repair of the week back; 409 where there is none."""
    return act.change(lambda: try_undo(act.days, act.monday))


@router.put("/locks/{kind}/{day}/{subject:path}", summary="Lock")
def lock(act: TheWeekAct, kind: WeekLockKind, day: LockDay, subject: Subject) -> WeekChanged:
    """Hold a visit on its day with its people (`week-visit`), or all that a worker has on a day (`week-carer`)."""
    return _set_lock(act, kind, day, subject, held=True)


@router.delete("/locks/{kind}/{day}/{subject:path}", summary="Unlock")
def unlock(act: TheWeekAct, kind: WeekLockKind, day: LockDay, subject: Subject) -> WeekChanged:
    """Let it go again; what was not locked stays so."""
    return _set_lock(act, kind, day, subject, held=False)


def _set_lock(act: TheWeekAct, kind: WeekLockKind, day: dt.date, subject: str, *, held: bool) -> WeekChanged:
    if monday_of(day) != act.monday:
        raise MissingError(subject_name("week", act.monday, day))

    def write(session: Session) -> None:
        set_lock(session, records_of(session, act.days.cache), day, kind, subject, held=held)

    return act.write(write)


def _refuse_other_week(act: TheWeekAct, key: str) -> None:
    with act.shell.store.session() as session:
        refuse_other_week(session, act.monday, key)
