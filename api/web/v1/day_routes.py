"""What all routes of a day share: its address, the version it was seen at, and how a change is answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import Depends, Path, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from api.desk.day_showing import show_day
from api.desk.day_view import DayShown
from api.desk.day_writing import refuse_stale
from api.desk.laid_out import Days, OpenDay
from api.store.plans import Day
from api.web.conditional import SeenVersion, tag
from api.web.idempotent import Once, TheOnce
from api.web.language import language_of
from api.web.state import Shell, TheShell
from routing.rules.fees.plain import PlainDate

Date = Annotated[
    PlainDate,
    Path(ge=dt.date(2000, 1, 1), le=dt.date(2100, 1, 1), description="The day to plan.", examples=["2026-11-25"]),
]


AskedDate = Annotated[
    PlainDate,
    Query(ge=dt.date(2000, 1, 1), le=dt.date(2100, 1, 1), description="The day.", examples=["2026-11-25"]),
]


class DayChanged(BaseModel):
    """A day after a change: its new version, and the whole day; None where a repeated request is answered again."""

    version: int
    day: DayShown | None = None


Answer = TypeVar("Answer", bound=DayChanged)


class Change:
    """One change of a day under way: the day as it was seen, and how to answer."""

    def __init__(
        self, shell: Shell, request: Request, response: Response, seen: int, once: Once, date: dt.date
    ) -> None:
        self.shell = shell
        self.response = response
        self.seen = seen
        self.once = once
        self.date = date
        self.lang = language_of(request)

    @property
    def days(self) -> Days:
        """Return what opens days."""
        return self.shell.days

    def open(self) -> OpenDay:
        """Return the day; StaleError where it is not as it was seen any more."""
        opened = self.shell.days.open(self.date)
        refuse_stale(self.shell.days, opened, self.seen)
        return opened

    def write(self, answer: Answer, act: Callable[[Session], Day]) -> Answer:
        """Do a write once, and answer with the day's new version and the whole day after it."""
        with self.once.writing() as session:
            version = act(session).version
            answer = answer.model_copy(update={"version": version})
            self.once.keep(session, answer, version=version)
        return answer.model_copy(update={"day": self.day()})

    def tag(self, version: int) -> None:
        """Say in the answer which version the day has now."""
        tag(self.response, version)

    def day(self) -> DayShown:
        """Return the day as it stands now, and tag the answer with its version."""
        shown = whole_day(self.shell, self.date, self.lang)
        tag(self.response, shown.version)
        return shown


def whole_day(shell: Shell, date: dt.date, lang: str, *, lines: bool = False) -> DayShown:
    """Return what the board shows of a day as it stands now."""
    with shell.store.session() as session:
        return show_day(shell.days, shell.days.open_in(session, date), session, lang, lines=lines)


def _change(
    shell: TheShell, request: Request, response: Response, once: TheOnce, seen: SeenVersion, date: Date
) -> Change:
    return Change(shell, request, response, seen, once, date)


TheChange = Annotated[Change, Depends(_change)]
"""The change of a day that a route is about."""
