"""How long visits and ways really take beside how they were planned, and the minutes of records mended by it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from api.clock import Clock
from api.desk.learned_times import learned_times, use_minutes
from api.desk.looks import log_persons
from api.desk.records_words import names_of
from api.errors import RefusedError
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.base import subject_name
from api.store.opening import Store
from api.web.asked_date import asked_date
from api.web.guards import needs
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import TheClock, TheStore
from api.wording.format import ZONE
from routing.findings import Finding

router = APIRouter(include_in_schema=False, prefix="/learned")
Reader = Annotated[Principal, needs(Permission.LOG_READ)]

_USUAL: Final = dt.timedelta(days=91)
_LONGEST: Final = dt.timedelta(days=366)


@router.get("")
def learned_page(
    request: Request, store: TheStore, clock: TheClock, who: Reader, first: str = "", last: str = "", told: str = ""
) -> Response:
    """Show what the log of some days teaches, of the last quarter where none are named."""
    return _page(request, store, clock, who, first, last, told="used" if told == "used" else "")


@router.post("/use")
def use(
    request: Request,
    store: TheStore,
    clock: TheClock,
    who: Annotated[Principal, needs(Permission.RECORDS_EDIT)],
    sheet: Annotated[Literal["care_slots", "visits"], Form()],
    key: Annotated[str, Form(max_length=200)],
    minutes: Annotated[int, Form(ge=5, le=24 * 60)],
    seen: Annotated[int, Form(ge=0, le=2_000_000_000)],
    first: Annotated[str, Form(max_length=10)] = "",
    last: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Let a record plan what visits really take; refused where the records would have a fault by it."""
    try:
        with store.transaction(who.actor) as session:
            use_minutes(session, sheet, key, minutes, version=seen)
    except RefusedError as error:
        return _page(request, store, clock, who, first, last, findings=error.findings, status=422)
    begin, end = _span(clock, first, last)
    return see_other(f"/learned?first={begin}&last={end}&told=used")


def _page(
    request: Request,
    store: Store,
    clock: Clock,
    who: Principal,
    first: str,
    last: str,
    *,
    findings: tuple[Finding, ...] = (),
    told: str = "",
    status: int = 200,
) -> Response:
    begin, end = _span(clock, first, last)
    with store.session() as session:
        found, names = learned_times(session, begin, end, today=_today(clock)), names_of(session)
    persons = (subject_name("record", "clients", one.learned.subject) for one in found.clients)
    log_persons(store, who.actor, persons, purpose="log.view")
    return page(
        request,
        "learned.html",
        status=status,
        found=found,
        names=names["clients"],
        findings=findings,
        told=told,
        may_edit=who.may(Permission.RECORDS_EDIT),
    )


def _span(clock: Clock, first: str, last: str) -> tuple[dt.date, dt.date]:
    """Return the days asked for, a year of them at most."""
    end = asked_date(last) or _today(clock)
    begin = asked_date(first) or end - _USUAL
    return (min(begin, end), min(max(begin, end), min(begin, end) + _LONGEST))


def _today(clock: Clock) -> dt.date:
    return clock().astimezone(ZONE).date()
