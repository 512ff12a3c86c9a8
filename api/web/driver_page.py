"""The driver's page as a template's values: texts, links and addresses of each stop."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.desk.driver_round import DriverRound, DriverStop
from api.desk.progress import TapKind
from api.store.links import Link
from api.web.language import language_of
from api.web.rendering import page
from api.wording import say
from api.wording.format import ZONE
from maps.day_view import StopView
from maps.driver_link import DriverLink, driver_link
from maps.page import dialled
from maps.palette import COLOURS
from routing.plan import StopKind
from routing.wording.format import clock, kilometres, minutes

_DRIVEN_TO: Final = frozenset({StopKind.VISIT, StopKind.PICKUP, StopKind.DELIVERY, StopKind.BOARD, StopKind.END})
"""Stops to be led to."""


@dataclass(frozen=True, kw_only=True)
class StopCard:
    """One stop as the page shows it."""

    stop: DriverStop
    lang: str

    @property
    def key(self) -> str:
        """Return the name under which taps are sent."""
        return self.stop.key

    @property
    def times(self) -> str:
        """Return when service begins and ends, `09:10–09:40`; one time where that is the same minute."""
        stop = self.stop.stop
        if stop.kind is StopKind.END:
            return clock(stop.arrival)
        if stop.kind is StopKind.START or stop.start // 60 == stop.departure // 60:
            return clock(stop.departure)
        return f"{clock(stop.start)}–{clock(stop.departure)}"

    @property
    def word(self) -> str:
        """Return the word for what happens here."""
        view = self.stop.view
        return say(view.word if view else f"maps.kind-{self.stop.stop.kind.value}", self.lang)

    @property
    def settlement(self) -> str:
        """Return the village."""
        return self.stop.view.settlement if self.stop.view else ""

    @property
    def where(self) -> str:
        """Return place or address with the village."""
        view = self.stop.view
        return ", ".join(dict.fromkeys(filter(None, (view.place, view.address, view.settlement)))) if view else ""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return label and text of all there is to know, in the order in which it is needed."""
        view = self.stop.view
        return tuple(self._facts(view)) if view else ()

    def _facts(self, view: StopView) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        if view.waits:
            found.append(("", say("maps.early", self.lang, arrival=clock(view.arrival), start=clock(view.start))))
        if view.door_note:
            found.append((say("maps.door", self.lang), view.door_note))
        if view.bring:
            found.append((say("maps.bring", self.lang), ", ".join(view.bring)))
        if self.stop.aboard:
            found.append((say("driver.aboard", self.lang), ", ".join(self.stop.aboard)))
        return found + [("", text) for text in view.remarks]

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what people have typed about the stop, in whatever language."""
        return self.stop.view.notes if self.stop.view else ()

    @property
    def travel(self) -> str:
        """Return how far it is from the stop before, nothing where nobody drives."""
        stop = self.stop.stop
        if not stop.travel:
            return ""
        return say("maps.travel", self.lang, minutes=minutes(stop.travel), km=kilometres(stop.metres, self.lang))

    @property
    def phone(self) -> str:
        """Return the number as a telephone dials it."""
        return dialled(self.stop.view.phone) if self.stop.view else ""

    @property
    def way(self) -> DriverLink | None:
        """Return where the phone's navigator is to lead: to this one point, which is all it is told."""
        view = self.stop.view
        return driver_link(view.lat, view.lon) if view and view.kind in _DRIVEN_TO else None

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return what can be tapped; whoever is brought somewhere need not be at home there."""
        delivery = self.stop.stop.kind is StopKind.DELIVERY
        return ("arrived", "done") if delivery else ("arrived", "done", "not-home")

    @property
    def state(self) -> str:
        """Return how far the stop is."""
        return self.stop.progress.state.value

    @property
    def moments(self) -> list[tuple[str, str, str]]:
        """Return what was tapped and counts: kind, clock time and note."""
        return [
            (moment.kind.value, f"{moment.at.astimezone(ZONE):%H:%M}", moment.note)
            for moment in self.stop.progress.moments
        ]


def round_page(
    request: Request, link: Link, found: DriverRound | None, *, rendered: dt.datetime, phone: str, csrf: str = ""
) -> Response:
    """Return the page of a round as it was at `rendered`; one that says so where no published plan has it any more.

    `phone` is the coordinator's number, `csrf` the token of the session by which the page was opened; without one a
    link has opened it.
    """
    lang = language_of(request)
    upcoming, later, past = found.arranged() if found and found.stops else ((), (), ())
    return page(
        request,
        "driver/round.html",
        round=found,
        link=link,
        session_token=csrf,
        coordinator=phone,
        coordinator_dialled=dialled(phone),
        upcoming=_cards(upcoming, lang),
        later=_cards(later, lang),
        past=_cards(past, lang),
        colour=COLOURS.index(found.view.style.colour) if found and found.view else 0,
        page_id=uuid.uuid4(),
        words=_words(lang),
        rendered=rendered,
        clock=clock,
        headers={
            "Cache-Control": "private, no-cache",
            "X-Robots-Tag": "noindex, nofollow",
            "X-Valid-For": str(int((link.expires - rendered).total_seconds())),
        },
    )


def _cards(stops: Iterable[DriverStop], lang: str) -> list[StopCard]:
    return [StopCard(stop=stop, lang=lang) for stop in stops]


def _words(lang: str) -> Mapping[str, str]:
    """Return the words that the page's script needs."""
    taps = {kind.value.replace("_", "-"): say(f"driver.was-{kind.value.replace('_', '-')}", lang) for kind in _SHOWN}
    return taps | {name: say(f"driver.{name}", lang, n="{n}") for name in _SAID}


_SHOWN: Final = (TapKind.ARRIVED, TapKind.DONE, TapKind.NOT_HOME, TapKind.PROBLEM)
_SAID: Final = ("waiting", "offline", "sent", "link-over", "changed", "kept", "undone")
