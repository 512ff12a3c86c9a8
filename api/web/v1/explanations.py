"""Why a request is where it is, what would help, and applying that."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.desk.change_view import MovedShown, moved_shown
from api.desk.explaining import ExplanationShown, explanation, show_explanation
from api.desk.remedies import keep_remedy, try_remedy
from api.labels import labels_of
from api.security.principal import Principal
from api.security.roles import Permission
from api.web.conditional import tag
from api.web.guards import needs
from api.web.language import language_of
from api.web.state import TheShell
from api.web.v1.day_routes import Date, DayChanged, TheChange

router = APIRouter(tags=["days"])


class RemedyWish(BaseModel):
    """Which remedy of which request's explanation to apply."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"request": "V12", "remedy": "0a" * 8}]})

    request: Annotated[str, Field(min_length=1, max_length=200)]
    remedy: Annotated[str, Field(min_length=1, max_length=64)]


class Remedied(DayChanged):
    """What applying a remedy came to; `moved` is null where the request went to another day."""

    moved: MovedShown | None


@router.get("/days/{date}/explanations/{wanted:path}", summary="Explain a request")
def explain(
    who: Annotated[Principal, needs(Permission.PLAN_READ)],
    shell: TheShell,
    request: Request,
    response: Response,
    date: Date,
    wanted: Annotated[str, Path(min_length=1, max_length=200, examples=["V12"])],
) -> ExplanationShown:
    """Return why a request went where it went, or why it has no place and which tried changes would let it in."""
    opened = shell.days.open(date)
    found = explanation(shell.days, opened, wanted)
    shell.access.saw(who.actor, opened)
    tag(response, opened.version)
    lang = language_of(request)
    return show_explanation(opened, found, wanted, labels_of(opened.day, lang), lang)


@router.post(
    "/days/{date}/remedies",
    summary="Apply a remedy",
    dependencies=[needs(Permission.PLAN_EDIT), needs(Permission.RECORDS_EDIT)],
)
def remedy(change: TheChange, body: RemedyWish) -> Remedied:
    """Write a remedy into the record it changes and put the request into the plan, both or neither."""
    opened = change.open()
    made = try_remedy(change.days, opened, body.request, body.remedy)
    shown = moved_shown(made.moved, change.lang, labels_of(opened.day, change.lang)) if made.moved else None
    answer = Remedied(version=opened.version, moved=shown)
    return change.write(answer, lambda session: keep_remedy(change.days, session, made, change.seen))
