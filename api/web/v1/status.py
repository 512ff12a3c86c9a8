"""How far the rounds of a day are, as their drivers have tapped."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Header
from pydantic import BaseModel, TypeAdapter
from starlette.responses import Response

from api.desk.progress import StopState
from api.desk.taps import RoundStatus, StopStatus, status_of
from api.security.roles import Permission
from api.web.guards import needs
from api.web.state import TheStore
from api.web.v1.day_routes import Date

router = APIRouter(tags=["links"])


class StopItem(BaseModel):
    """One stop. Planned times are seconds from local midnight, null where the published plan has it no longer."""

    stop: str
    state: StopState
    start: int | None
    departure: int | None
    arrived_at: dt.datetime | None
    over_at: dt.datetime | None
    problem_at: dt.datetime | None
    note: str


class RoundItem(BaseModel):
    """One round; `opened_at` and `confirmed` are of its link, null where it has none."""

    shift: str
    opened_at: dt.datetime | None
    confirmed: bool | None
    stops: list[StopItem]


_ROUNDS = TypeAdapter(list[RoundItem])


@router.get(
    "/days/{date}/status",
    summary="Tell how far the rounds of a day are",
    dependencies=[needs(Permission.LINKS)],
    response_model=list[RoundItem],
)
def status(
    store: TheStore, date: Date, if_none_match: Annotated[str | None, Header(max_length=200)] = None
) -> Response:
    """Return every round of the published plan with what was tapped; 304 where that is what `If-None-Match` names."""
    with store.session() as session:
        body, mark = status_body(status_of(session, date))
    headers = {"ETag": mark, "Cache-Control": "private, no-cache"}
    if if_none_match == mark:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def status_body(rounds: Iterable[RoundStatus]) -> tuple[bytes, str]:
    """Return the answer about rounds, and the ETag that it has as long as nothing is tapped, opened or published."""
    body = _ROUNDS.dump_json([_round(found) for found in rounds])
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _round(found: RoundStatus) -> RoundItem:
    link = found.link
    opened = link.openings[-1] if link and link.openings else None
    return RoundItem(
        shift=found.shift,
        opened_at=opened,
        confirmed=link.confirmed if link and opened else None,
        stops=[_stop(stop) for stop in found.stops],
    )


def _stop(found: StopStatus) -> StopItem:
    planned, progress = found.planned, found.progress
    return StopItem(
        stop=found.key,
        state=progress.state,
        start=planned.start if planned else None,
        departure=planned.departure if planned else None,
        arrived_at=progress.arrived_at,
        over_at=progress.over_at,
        problem_at=progress.problem_at,
        note=progress.note,
    )
