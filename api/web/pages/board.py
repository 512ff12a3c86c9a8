"""The coordinator's board: one day's rounds on a timeline, what is unassigned, and what one can do about it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.desk.change_view import fit_shown
from api.desk.day_moves import fits_of
from api.desk.day_showing import show_day
from api.desk.documents import SETTINGS_KIND
from api.desk.fragile import last_fragility
from api.desk.laid_out import Days, OpenDay
from api.desk.links import links_of
from api.desk.published import published_at
from api.desk.records_documents import list_documents
from api.desk.scenarios import open_offer
from api.desk.taps import status_of
from api.errors import MissingError
from api.labels import labels_of, worker_labels
from api.security.principal import Principal
from api.security.roles import Permission
from api.web.conditional import etag
from api.web.guards import needs
from api.web.language import language_of
from api.web.offer_table import offer_table
from api.web.redirects import see_other
from api.web.rendering import page
from api.web.state import TheShell
from api.web.timeline import Look, timeline
from api.web.timeline_taps import day_tapped
from api.web.v1.day_routes import Date
from api.web.v1.status import status_body
from api.web.written import shapes_of
from api.wording.format import ZONE
from routing.day.around import asked_around
from routing.review.metrics import PlanFigures, ShiftFigures, figures

FIRST: Final = "/import?told=first"
"""Where somebody is led who has no records yet."""

router = APIRouter(include_in_schema=False, prefix="/board")

Reader = Annotated[Principal, needs(Permission.PLAN_READ)]


@router.get("")
def today(shell: TheShell, who: Reader, day: Annotated[dt.date | None, Query()] = None) -> Response:  # noqa: ARG001
    """Lead to a day, today's if none is named."""
    return see_other(f"/board/{day or _today(shell.store.clock())}")


@router.get("/{date}")
def board(request: Request, shell: TheShell, who: Reader, date: Date) -> Response:
    """Show a day."""
    lang = language_of(request)
    with shell.store.session() as session:
        if not list_documents(session, SETTINGS_KIND):
            return see_other(FIRST)
        opened = shell.days.open_in(session, date)
        shown = show_day(shell.days, opened, session, lang)
        told = published_at(session, date)
        rounds = status_of(session, date) if who.may(Permission.LINKS) else ()
        fragile = _fragile(session, opened, _today(shell.store.clock()))
    shell.access.saw(who.actor, opened)
    offered = open_offer(shell.days, shown.scenario.id) if shown.scenario else None
    return page(
        request,
        "board.html",
        shown=shown,
        etag=etag(shown.version),
        lines=timeline(shown, _published(shell.days, opened)),
        published_at=told,
        taps=day_tapped(shown, rounds, shell.store.clock()),
        taps_mark=status_body(rounds)[1] if rounds else "",
        offer=None if offered is None else offer_table(offered, shown, lang),
        today=_today(shell.store.clock()),
        fragile=fragile,
        around=None if opened.problem.requests else asked_around(opened.day.records, date),
        one_day=dt.timedelta(days=1),
        **shapes_of(lang),
        may_edit=who.may(Permission.PLAN_EDIT),
        may_publish=who.may(Permission.PLAN_PUBLISH),
        may_link=who.may(Permission.LINKS),
        may_export=who.may(Permission.EXPORT),
        may_call=who.may(Permission.RECORDS_READ),
    )


@router.get("/{date}/links/{shift:path}", dependencies=[needs(Permission.LINKS)])
def link(request: Request, shell: TheShell, date: Date, shift: Annotated[str, Path(max_length=200)]) -> Response:
    """Show the link of a round, and when it was opened: the inside of the dialog."""
    lang = language_of(request)
    opened = shell.days.open(date)
    found = opened.problem.shift_by_id.get(shift)
    if found is None:
        raise MissingError(f"shift:{shift}")
    with shell.store.session() as session:
        links = [row for row in links_of(session, date) if row.shift == shift]
    return page(
        request,
        "board/link.html",
        date=date,
        shift=shift,
        worker=worker_labels(opened.day)[found.worker],
        look=Look(index=opened.problem.shifts.index(found)),
        current=next((row for row in links if row.revoked is None), None),
        before=[row for row in links if row.revoked is not None and row.openings],
        **shapes_of(lang),
    )


@router.get("/{date}/fits")
def fits(
    request: Request,
    shell: TheShell,
    who: Reader,
    date: Date,
    wanted: Annotated[str, Query(alias="request", max_length=200)],
    instead_of: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Show what each round would take for a request: the inside of the dialog, and what rows say while dragging."""
    lang = language_of(request)
    opened = shell.days.open(date)
    labels, workers = labels_of(opened.day, lang), worker_labels(opened.day)
    found = [
        fit_shown(fit, workers[opened.problem.shift_by_id[fit.shift].worker], lang, labels)
        for fit in fits_of(opened, wanted, instead_of=instead_of or None)
    ]
    shell.access.saw(who.actor, opened)
    return page(
        request,
        "board/fits.html",
        fits=found,
        rounds={shift.id: Look(index=number) for number, shift in enumerate(opened.problem.shifts)},
        about=labels.request(wanted),
        **shapes_of(lang),
    )


def _published(days: Days, opened: OpenDay) -> dict[str, ShiftFigures] | None:
    """Return the figures of the published rounds by shift; None where the records are not what they were for."""
    version = opened.published
    if version is None or version.figures.get("mark") != opened.laid.mark:
        return None
    found: PlanFigures = days.notes.get(
        ("published figures", version.id, opened.laid.mark),
        lambda: figures(opened.day.problem, opened.day.matrix, days.plan_of(version)),
    )
    return {item.shift: item for item in found.shifts}


def _fragile(session: Session, opened: OpenDay, today: dt.date) -> tuple[tuple[dt.date, str, int], ...]:
    """Return without whom how much is left undone on a day to come; on today's board that of tomorrow."""
    date = opened.date + dt.timedelta(days=opened.date == today)
    last = last_fragility(session, date) if date > today else None
    names = {worker.id: worker.name or worker.id for worker in opened.day.records.workers}
    found = last[1].fragile if last is not None else ()
    return tuple((date, names.get(one.worker, one.worker), len(one.lost)) for one in found)


def _today(now: dt.datetime) -> dt.date:
    return now.astimezone(ZONE).date()
