"""What a driver sees of her round: its stops as they are published, said in words of the records as they are now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from api.aboard import aboard_at
from api.desk.progress import Progress, progress_by_stop
from api.desk.published import Published, day_now, plan_of, published_plan
from api.desk.round_changes import RoundChange, round_changes
from api.desk.stop_keys import stops_by_key
from api.desk.taps import taps_of
from api.drawing import view_of_day
from api.labels import short_name
from api.store.links import Link
from maps.day_view import RoundView, StopView
from routing.day.build import Day
from routing.plan import Plan, Route, Stop, StopKind


@dataclass(frozen=True, kw_only=True)
class DriverStop:
    """One stop, at its `position` in the round.

    `view` is what the round's page on paper says of it, None where the records know it no longer.
    """

    position: int
    key: str
    stop: Stop
    view: StopView | None
    name: str
    aboard: tuple[str, ...]
    progress: Progress

    @property
    def serves(self) -> bool:
        """Tell whether somebody is served here, so that there is something to tap."""
        return self.stop.step is not None


@dataclass(frozen=True, kw_only=True)
class ToldChange:
    """One change since the plan that the driver has confirmed, and whom it is about."""

    change: RoundChange
    name: str


@dataclass(frozen=True, kw_only=True)
class DriverRound:
    """A round for its driver. `view` names worker and vehicle, None where the records know the shift no longer."""

    day: dt.date
    municipality: str
    version: str
    view: RoundView | None
    stops: tuple[DriverStop, ...]
    changes: tuple[ToldChange, ...]
    persons: frozenset[str]

    @property
    def served(self) -> int:
        """Return how many stops serve somebody."""
        return sum(stop.serves for stop in self.stops)

    @property
    def over(self) -> int:
        """Return how many of them are over."""
        return sum(stop.progress.state.is_over for stop in self.stops if stop.serves)

    def arranged(self) -> tuple[Sequence[DriverStop], Sequence[DriverStop], Sequence[DriverStop]]:
        """Return what is next, what follows, and what is over.

        Next is the first stop that is not over, behind a break or a boat that comes before it; when all are over, the
        way home.
        """
        ahead = [index for index, stop in enumerate(self.stops) if stop.serves and not stop.progress.state.is_over]
        turn = ahead[0] if ahead else len(self.stops) - 1
        first = turn
        while first > 0 and not self.stops[first - 1].serves:
            first -= 1
        upcoming, later = self.stops[first : turn + 1], self.stops[turn + 1 :]
        past = [stop for stop in later if stop.progress.state.is_over]
        return upcoming, [stop for stop in later if stop not in past], [*self.stops[:first], *past]


def driver_round(session: Session, link: Link, lang: str) -> DriverRound | None:
    """Return the round of a link in `lang`; None where the day is published no longer. RecordsError, RoadsError."""
    published = published_plan(session, link.day)
    if published is None:
        return None
    day = day_now(session, link.day)
    route = published.plan.route_by_shift.get(link.shift)
    view = _view(day, published.plan, link.shift, lang)
    stops = tuple(_stops(session, link, day, route, view)) if route else ()
    changes = tuple(_told(day, change) for change in _changes(session, link, published, route))
    requests = {str(stop.request) for stop in (*(s.stop for s in stops), *(told.change.stop for told in changes))}
    return DriverRound(
        day=link.day,
        municipality=day.records.municipality.name,
        version=published.version,
        view=view,
        stops=stops,
        changes=changes,
        persons=frozenset(
            f"record:clients/{day.subjects[name].client.id}" for name in requests if name in day.subjects
        ),
    )


def _view(day: Day, plan: Plan, shift: str, lang: str) -> RoundView | None:
    """Return the view of a round as maps draws it, of what the records still know of the plan."""
    known = tuple(
        replace(route, stops=tuple(stop for stop in route.stops if _is_known(day, stop)))
        for route in plan.routes
        if route.shift in day.problem.shift_by_id
    )
    view = view_of_day(day, Plan(routes=known), (), lang, roads=False)
    return next((found for found in view.rounds if found.shift == shift), None)


def _is_known(day: Day, stop: Stop) -> bool:
    return stop.place in day.problem.place_by_id and (stop.request is None or stop.request in day.problem.request_by_id)


def _stops(session: Session, link: Link, day: Day, route: Route, view: RoundView | None) -> Iterator[DriverStop]:
    progress = progress_by_stop(taps_of(session, link.day, link.shift))
    views = _views(day, route, view)
    keyed = zip(stops_by_key(route).items(), aboard_at(route.stops), strict=True)
    for position, ((key, stop), aboard) in enumerate(keyed):
        yield DriverStop(
            position=position,
            key=key,
            stop=stop,
            view=views.get(key),
            name=_name(day, stop),
            aboard=tuple(filter(None, (_client(day, request) for request in aboard))),
            progress=progress.get(key, Progress()),
        )


def _views(day: Day, route: Route, view: RoundView | None) -> Mapping[str, StopView]:
    known = [key for key, stop in stops_by_key(route).items() if _is_known(day, stop)]
    return dict(zip(known, view.stops, strict=True)) if view else {}


def _changes(session: Session, link: Link, published: Published, route: Route | None) -> tuple[RoundChange, ...]:
    """Return what changed since the plan that the driver has confirmed; nothing where she has seen none yet."""
    if link.confirmed is None or link.confirmed == published.version:
        return ()
    return round_changes(plan_of(session, link.confirmed).route_by_shift.get(link.shift), route)


def _told(day: Day, change: RoundChange) -> ToldChange:
    return ToldChange(change=change, name=_name(day, change.stop))


def _name(day: Day, stop: Stop) -> str:
    """Return whom a stop serves, or which place it is; nothing where the records do not know."""
    if stop.request:
        return _client(day, stop.request)
    if stop.kind is StopKind.BREAK:
        return ""
    return next((place.name for place in day.records.places if place.id == stop.place), "")


def _client(day: Day, request: str) -> str:
    return short_name(day.subjects[request].client.name) if request in day.subjects else ""
