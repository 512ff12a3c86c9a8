"""The drivers' links of a day: made, revoked and listed with their openings."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from api.desk import links
from api.security.principal import Principal
from api.security.roles import Permission
from api.web.guards import needs
from api.web.state import TheSettings, TheStore
from api.web.v1.day_routes import Date

router = APIRouter(tags=["links"], prefix="/days/{date}/links")
Coordinator = Annotated[Principal, needs(Permission.LINKS)]
Shift = Annotated[str, Path(max_length=200, examples=["korvekula"])]


class LinkItem(BaseModel):
    """A link as it is listed; its address cannot be read again."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    shift: str
    signed_in: bool
    at: dt.datetime
    expires: dt.datetime
    revoked: dt.datetime | None
    openings: list[dt.datetime]
    confirmed: bool


class NewLink(BaseModel):
    """A link that was just made: its address is shown this once."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "0f8e2c1d5b7a4936a1c2d3e4f5061728",
                    "shift": "korvekula",
                    "address": "https://planner.example/r/…/",
                    "expires": "2026-11-26T01:00:00Z",
                }
            ]
        }
    )

    id: str
    shift: str
    address: str
    expires: dt.datetime


@router.get("", summary="List the links of a day", dependencies=[needs(Permission.LINKS)])
def list_links(store: TheStore, date: Date) -> list[LinkItem]:
    """Return all links of the day, revoked ones too, with the moments at which they were opened.

    `signed_in` marks rounds that their carers opened by their accounts, `confirmed` says whether the driver has seen
    the plan that is published now.
    """
    with store.session() as session:
        return [LinkItem.model_validate(row) for row in links.links_of(session, date)]


@router.post("/{shift:path}", status_code=201, summary="Make the link of a round")
def issue_link(store: TheStore, settings: TheSettings, who: Coordinator, date: Date, shift: Shift) -> NewLink:
    """Make a link to a round of the published plan; the one before it opens nothing any more.

    The answer holds a secret, so it is not kept for an `Idempotency-Key`: asked twice, the second link counts.
    """
    with store.transaction(who.actor) as session:
        made = links.issue(session, date, shift)
    address = f"{settings.base_url}/r/{made.token}/"
    return NewLink(id=made.id, shift=made.shift, address=address, expires=made.expires)


@router.delete("/{shift:path}", status_code=204, summary="Revoke the link of a round")
def revoke_link(store: TheStore, who: Coordinator, date: Date, shift: Shift) -> Response:
    """Let the link open nothing from now on."""
    with store.transaction(who.actor) as session:
        links.revoke(session, date, shift)
    return Response(status_code=204)
