"""Scenarios: what another plan would do otherwise, and accepting all or some of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.desk.change_view import GroupShown, MovedShown, PriceShown, group_shown, moved_shown, price_shown
from api.desk.day_writing import refuse_stale
from api.desk.scenarios import Offer, drop_offer, keep_offer, open_offer, try_offer
from api.labels import labels_of
from api.security.principal import Principal
from api.security.roles import Permission
from api.web.conditional import SeenVersion, tag
from api.web.guards import needs
from api.web.idempotent import TheOnce
from api.web.language import language_of
from api.web.state import TheShell
from api.web.v1.day_routes import DayChanged, whole_day
from routing.dispatch.price import figures, price

router = APIRouter(tags=["scenarios"])

Key = Annotated[str, Path(min_length=1, max_length=64, examples=["7a" * 16])]


class ScenarioShown(BaseModel):
    """A plan offered beside the current one: what it would change, in groups that go together, and what that takes.

    `rebased` tells that the day has changed since the offer was made; `lost` are requests it had planned which the day
    as it is now cannot have so.
    """

    id: str
    day: str
    state: str
    version: int
    price: PriceShown
    unassigned: int
    groups: list[GroupShown]
    rebased: bool
    lost: list[str]


class Accept(BaseModel):
    """Which groups to accept; `all` for the whole offer."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"groups": ["V04"]}, {"all": True}]})

    groups: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=2000)] = []
    all: bool = False


class Accepted(DayChanged):
    """What was accepted comes to."""

    moved: MovedShown


@router.get("/scenarios/{scenario}", summary="Show a scenario")
def show(
    who: Annotated[Principal, needs(Permission.PLAN_READ)],
    shell: TheShell,
    request: Request,
    response: Response,
    scenario: Key,
) -> ScenarioShown:
    """Return who and when changes, in groups to accept; the `ETag` is the day's version."""
    offered = open_offer(shell.days, scenario)
    shell.access.saw(who.actor, offered.opened)
    tag(response, offered.opened.version)
    return _shown(offered, language_of(request))


@router.post("/scenarios/{scenario}/accept", summary="Accept groups", dependencies=[needs(Permission.PLAN_EDIT)])
def accept(
    shell: TheShell, request: Request, response: Response, once: TheOnce, seen: SeenVersion, scenario: Key, body: Accept
) -> Accepted:
    """Take groups of changes into the plan, and close the scenario.

    Groups that do not stand on their own are refused with 409; `needs` says which others would let them stand.
    """
    lang = language_of(request)
    offered = open_offer(shell.days, scenario)
    refuse_stale(shell.days, offered.opened, seen)
    chosen = [group.id for group in offered.groups] if body.all else body.groups
    made = try_offer(offered, chosen)
    shown = moved_shown(made, lang, labels_of(offered.opened.day, lang))
    if made.plan is None:
        raise ValueError("what was accepted has a plan")
    with once.writing() as session:
        row = keep_offer(shell.days, session, offered, seen, made.plan, chosen)
        answer = Accepted(version=row.version, moved=shown)
        once.keep(session, answer, version=row.version)
    day = whole_day(shell, offered.opened.date, lang)
    tag(response, day.version)
    return answer.model_copy(update={"day": day})


@router.post("/scenarios/{scenario}/drop", summary="Throw a scenario away", dependencies=[needs(Permission.PLAN_EDIT)])
def drop(
    shell: TheShell, request: Request, response: Response, once: TheOnce, seen: SeenVersion, scenario: Key
) -> DayChanged:
    """Keep the plan as it is; the offer is closed."""
    offered = open_offer(shell.days, scenario)
    refuse_stale(shell.days, offered.opened, seen)
    with once.writing() as session:
        row = drop_offer(session, scenario, offered.opened, seen)
        answer = DayChanged(version=row.version)
        once.keep(session, answer, version=row.version)
    day = whole_day(shell, offered.opened.date, language_of(request))
    tag(response, day.version)
    return answer.model_copy(update={"day": day})


def _shown(offered: Offer, lang: str) -> ScenarioShown:
    opened = offered.opened
    labels = labels_of(opened.day, lang)
    with opened.turn:
        asked = price(opened.desk, figures(opened.desk, opened.plan), figures(opened.desk, offered.offered))
    return ScenarioShown(
        id=offered.id,
        day=opened.date.isoformat(),
        state=offered.state.value,
        version=opened.version,
        price=price_shown(asked, lang),
        unassigned=len(offered.offered.unassigned),
        groups=[group_shown(group, lang, labels) for group in offered.groups],
        rebased=offered.rebased,
        lost=list(offered.lost),
    )
