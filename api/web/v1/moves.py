"""Moves by hand: where something fits, moving it, taking it off, timing it, undoing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.desk.change_view import FitShown, MovedShown, fit_shown, moved_shown
from api.desk.day_moves import Wish, fits_of, keep_move, try_move
from api.desk.day_writing import begin_write, undo
from api.desk.plan_versions import touch
from api.errors import ConflictError
from api.labels import labels_of, worker_labels
from api.security.principal import Principal
from api.security.roles import Permission
from api.web.conditional import tag
from api.web.guards import needs
from api.web.language import language_of
from api.web.state import TheShell
from api.web.v1.day_routes import Date, DayChanged, TheChange
from routing.findings import Finding

router = APIRouter(tags=["days"])

RequestId = Annotated[str, Field(min_length=1, max_length=200)]


class Move(BaseModel):
    """A request and where it is to go: on which shift (null: off the plan), as which stop or when to begin."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"request": "V04", "shift": "tabivere"},
                {"request": "V04", "shift": "tabivere", "position": 2, "dry_run": True},
                {"request": "V04", "shift": "tabivere", "begin": 34200},
                {"request": "V04", "shift": None},
            ]
        },
    )

    request: RequestId
    shift: Annotated[str, Field(min_length=1, max_length=200)] | None
    position: Annotated[int, Field(ge=0, le=1000, description="Among the round's other stops, from 0.")] | None = None
    begin: (
        Annotated[int, Field(ge=0, le=172_800, description="Seconds from local midnight; locks the time.")] | None
    ) = None
    instead_of: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    dry_run: bool = False


class Moved(DayChanged):
    """What a move came to; `day` is null in a dry run."""

    moved: MovedShown


class Fits(BaseModel):
    """Where a request fits, the cheapest shift first, then the shifts that are barred and why."""

    request: str
    fits: list[FitShown]


@router.get("/days/{date}/fits", summary="Ask where a request fits")
def fits(
    who: Annotated[Principal, needs(Permission.PLAN_READ)],
    shell: TheShell,
    request: Request,
    response: Response,
    date: Date,
    wanted: Annotated[str, Query(alias="request", min_length=1, max_length=200, examples=["V04"])],
    instead_of: Annotated[str | None, Query(max_length=200, description="The shift of a crew that hands over.")] = None,
) -> Fits:
    """Return the price of the request's best place on each shift, the same as the move then asks."""
    lang = language_of(request)
    opened = shell.days.open(date)
    found = fits_of(opened, wanted, instead_of=instead_of or None)
    labels, workers = labels_of(opened.day, lang), worker_labels(opened.day)
    names = {shift.id: workers[shift.worker] for shift in opened.day.problem.shifts}
    shell.access.saw(who.actor, opened)
    tag(response, opened.version)
    return Fits(request=wanted, fits=[fit_shown(fit, names[fit.shift], lang, labels) for fit in found])


@router.post("/days/{date}/moves", summary="Move a request by hand", dependencies=[needs(Permission.PLAN_EDIT)])
def move(change: TheChange, body: Move) -> Moved:
    """Put a request on a shift, at a place or a time, or take it off the plan.

    A move that breaks a rule is refused with 409 and every rule it breaks; what is merely felt comes as warnings. A
    time set here is locked; undoing the move unlocks it.
    """
    opened = change.open()
    wish = Wish(
        request=body.request,
        shift=body.shift,
        position=body.position,
        begin=body.begin,
        instead_of=body.instead_of,
    )
    made = try_move(change.days, opened, wish)
    shown = moved_shown(made, change.lang, labels_of(opened.day, change.lang))
    answer, plan = Moved(version=opened.version, moved=shown), made.plan
    if body.dry_run or plan is None:
        change.tag(opened.version)
        return answer
    return change.write(answer, lambda session: keep_move(change.days, session, opened, change.seen, wish, plan))


@router.post("/days/{date}/undo", summary="Undo the last change", dependencies=[needs(Permission.PLAN_EDIT)])
def undo_last(change: TheChange) -> DayChanged:
    """Let the day stand at the plan before the present one; that plan stays among the day's versions."""
    opened = change.open()
    if opened.current is None or opened.current.parent is None:
        raise ConflictError([Finding(code="plans.nothing-to-undo")])
    with change.once.writing() as session:
        row = begin_write(session, opened, change.seen)
        undo(session, opened, row)
        touch(session, row, change.seen, "plan.undo", undone=opened.current.number)
        answer = DayChanged(version=row.version)
        change.once.keep(session, answer, version=row.version)
    return answer.model_copy(update={"day": change.day()})
