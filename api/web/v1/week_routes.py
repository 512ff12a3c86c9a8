"""What all routes of a week share: its address, the version it was seen at, and how a change is answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Path, Request, Response
from sqlalchemy.orm import Session

from api.desk.day_showing import show_job
from api.desk.day_view import JobShown
from api.desk.laid_out import Days
from api.desk.week_change import WeekChange, keep_change
from api.desk.week_version import refuse_stale_week, week_version
from api.security.principal import Principal
from api.security.roles import Permission
from api.store.jobs import Job
from api.web.conditional import SeenVersion, tag
from api.web.guards import needs
from api.web.idempotent import Once, TheOnce
from api.web.language import language_of
from api.web.state import Shell, TheShell
from api.web.v1.week_models import WeekChanged, WeekOut, week_out
from routing.rules.fees.plain import PlainDate
from routing.weeks.demand import monday_of


def _monday(
    monday: Annotated[
        PlainDate,
        Path(
            ge=dt.date(2000, 1, 1),
            le=dt.date(2100, 1, 1),
            description="The Monday of the week; any other day of it names it as well.",
            examples=["2026-11-30"],
        ),
    ],
) -> dt.date:
    return monday_of(monday)


Monday = Annotated[dt.date, Depends(_monday)]
"""The Monday of the week that any day of it names."""


class WeekAct:
    """One change of a week under way: who makes it, on which version, and how to answer."""

    def __init__(
        self,
        shell: Shell,
        who: Principal,
        request: Request,
        response: Response,
        seen: int,
        once: Once,
        monday: dt.date,
    ) -> None:
        self.shell = shell
        self.who = who
        self.response = response
        self.seen = seen
        self.once = once
        self.monday = monday
        self.lang = language_of(request)

    @property
    def days(self) -> Days:
        """Return what opens days."""
        return self.shell.days

    def write(self, act: Callable[[Session], None]) -> WeekChanged:
        """Do a write once, and answer with the week's new version and the whole week after it."""
        with self.once.writing() as session:
            refuse_stale_week(session, self.monday, self.seen)
            act(session)
            answer = WeekChanged(version=week_version(session, self.monday))
            self.once.keep(session, answer, version=answer.version)
        week = whole_week(self.shell, self.who, self.monday, self.lang)
        tag(self.response, week.version)
        return answer.model_copy(update={"week": week})

    def change(self, work: Callable[[], WeekChange], also: Callable[[Session], None] | None = None) -> WeekChanged:
        """Work a change out, then write it, and what belongs to it, in one transaction."""
        with self.shell.store.session() as session:
            refuse_stale_week(session, self.monday, self.seen)
        change = work()

        def act(session: Session) -> None:
            keep_change(self.days, session, change)
            if also is not None:
                also(session)

        return self.write(act)

    def start(self, ask: Callable[[Session], Job]) -> JobShown:
        """Add a job once and start it; the week stays as it is until what the job offers is accepted."""
        self.shell.jobs.recover()
        with self.once.writing() as session:
            refuse_stale_week(session, self.monday, self.seen)
            job = ask(session)
            answer = show_job(job)
            version = week_version(session, self.monday)
            self.once.keep(session, answer, version=version, status=202)
        tag(self.response, version)
        self.shell.jobs.start(job)
        return answer


def whole_week(shell: Shell, who: Principal, monday: dt.date, lang: str) -> WeekOut:
    """Return a week as it stands now; whose visits are shown is logged."""
    with shell.store.session() as session:
        shown = week_out(shell.days, session, monday, lang)
    shell.access.saw_persons(who.actor, monday, shown.persons)
    return shown


def _week_act(
    shell: TheShell,
    who: Annotated[Principal, needs(Permission.PLAN_EDIT)],
    request: Request,
    response: Response,
    seen: SeenVersion,
    once: TheOnce,
    monday: Monday,
) -> WeekAct:
    return WeekAct(shell, who, request, response, seen, once, monday)


TheWeekAct = Annotated[WeekAct, Depends(_week_act)]
"""The change of a week that a route is about."""
