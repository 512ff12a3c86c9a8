"""A signed-in carer's own page: today's published round of hers, as a driver's link shows it.

Her session is all that is asked; nothing is kept on the phone but taps that wait to be sent.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Header, Path, Request
from starlette.responses import Response

from api.desk.driver_round import driver_round
from api.desk.links import GRACE, expires_of, note_opening
from api.desk.own_rounds import begin_own_link, opened_link, own_link, own_shifts, rounds_to_come
from api.desk.published import coordinator_phone, day_now, published_plan, published_version
from api.desk.taps import receive
from api.errors import MissingError
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.base import subject_name
from api.store.links import Link
from api.web.driver_page import round_page
from api.web.guards import needs
from api.web.language import language_of
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.sent_taps import SentTaps, TheForm, tapped_by_form, taps_answer, version_answer
from api.web.state import Shell, TheShell
from api.web.v1.day_routes import Date
from api.wording.format import ZONE
from maps.page import dialled
from routing.wording.format import clock

router = APIRouter(include_in_schema=False, prefix="/own-round")
Carer = Annotated[Principal, needs(Permission.OWN_ROUND)]
Shift = Annotated[str, Path(min_length=1, max_length=200)]


@router.get("")
def today(request: Request, shell: TheShell, who: Carer) -> Response:
    """Lead to today's round; say so where there is none, and let her choose where there are several."""
    day = shell.store.clock().astimezone(ZONE).date()
    with shell.store.session() as session:
        shifts, coming = own_shifts(session, who.worker, day), rounds_to_come(session, who.worker, day)
        published, phone = bool(published_version(session, day)), coordinator_phone(session)
        times = {shift.id: shift for shift in day_now(session, day).records.shifts} if len(shifts) > 1 else {}
    if len(shifts) == 1:
        return see_other(_address(day, shifts[0]))
    return page(
        request,
        "own_round.html",
        today=day,
        tied=bool(who.worker),
        published=published,
        rounds=[(_address(day, shift), times[shift]) for shift in shifts],
        coming=coming,
        clock=clock,
        phone=phone,
        dialled=dialled(phone),
    )


@router.get("/next")
def to_come(request: Request, shell: TheShell, who: Carer) -> Response:
    """Show when she works on the days to come, and nothing about anybody else."""
    day = shell.store.clock().astimezone(ZONE).date()
    with shell.store.session() as session:
        coming, phone = rounds_to_come(session, who.worker, day), coordinator_phone(session)
    return page(request, "own_next.html", coming=coming, clock=clock, phone=phone, dialled=dialled(phone))


@router.get("/{date}/{shift:path}/")
def show_round(request: Request, shell: TheShell, who: Carer, date: Date, shift: Shift) -> Response:
    """Show the round, and log that it was opened."""
    link = _link(shell, who, date, shift)
    rendered = shell.store.clock()
    with shell.store.session() as session:
        published = published_plan(session, date)
        found, phone = driver_round(session, link, language_of(request)), coordinator_phone(session)
    with shell.store.transaction(who.actor) as session:
        note_opening(session, link.id, published, found.persons if found else ())
    return round_page(request, link, found, rendered=rendered, phone=phone, csrf=who.csrf)


@router.get("/{date}/{shift:path}/state")
def show_state(
    shell: TheShell,
    who: Carer,
    date: Date,
    shift: Shift,
    if_none_match: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """Tell which plan is published, and nothing about anybody."""
    _refuse_other_days(shell, date)
    with shell.store.session() as session:
        own_link(session, who.user, who.worker, date, shift)
        version = published_version(session, date)
    return version_answer(version, if_none_match)


@router.post("/{date}/{shift:path}/tap")
def tap_by_form(shell: TheShell, who: Carer, date: Date, shift: Shift, form: TheForm) -> Response:
    """Take one tap from a page without scripts, and show the round again."""
    link = _tapped_link(shell, who, date, shift)
    if tapped := tapped_by_form(form, shell.store.clock()):
        with shell.store.transaction(who.actor) as session:
            receive(session, link.id, [tapped])
    return see_other(_address(date, shift))


@router.post("/{date}/{shift:path}/taps")
def take_taps(shell: TheShell, who: Carer, date: Date, shift: Shift, sent: SentTaps) -> Response:
    """Take taps from the page's queue."""
    link = _tapped_link(shell, who, date, shift)
    with shell.store.transaction(who.actor) as session:
        received = receive(session, link.id, sent.tapped(), sent_at=sent.sent_at)
    return taps_answer(received, shell.store.clock())


def _tapped_link(shell: Shell, who: Principal, day: dt.date, shift: str) -> Link:
    """Return the link of the account to a round that is hers or was when she opened it; MissingError for all others."""
    _refuse_other_days(shell, day, grace=GRACE)
    with shell.store.session() as session:
        link = opened_link(session, who.user, day, shift)
    return link or _link(shell, who, day, shift, grace=GRACE)


def _link(shell: Shell, who: Principal, day: dt.date, shift: str, *, grace: dt.timedelta = dt.timedelta()) -> Link:
    """Return the link of the account; MissingError for other days' rounds, and for those of others."""
    _refuse_other_days(shell, day, grace=grace)
    with shell.store.session() as session:
        link = own_link(session, who.user, who.worker, day, shift)
    if link is None:
        with shell.store.transaction(who.actor) as session:
            link = begin_own_link(session, who.user, who.worker, day, shift)
    return link


def _refuse_other_days(shell: Shell, day: dt.date, *, grace: dt.timedelta = dt.timedelta()) -> None:
    now = shell.store.clock()
    if day > now.astimezone(ZONE).date() or now >= expires_of(day) + grace:
        raise MissingError(subject_name("round", day.isoformat()))


def _address(day: dt.date, shift: str) -> str:
    return f"/own-round/{day.isoformat()}/{quote(shift, safe='')}/"
