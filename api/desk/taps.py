"""Take in what drivers tapped, each tap once, and say how far every round is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.links import LinkRow, links_of
from api.desk.progress import Progress, TapKind, progress_by_stop
from api.desk.published import plan_of, published_plan
from api.desk.stop_keys import stops_by_key
from api.store.history import doing, now
from api.store.links import Link, Tap
from api.store.plans import PlanVersion
from routing.plan import Stop

MOST: Final = 100
"""Taps sent at once."""

LONGEST_NOTE: Final = 500
_LATENCY: Final = dt.timedelta(seconds=30)
"""A difference of clocks below this may be the way the taps came, and is left alone."""

_NEXT: Final = dt.timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class Tapped:
    """One tap as a phone sends it: an id it has made, its own time, and the plan version that it showed."""

    id: str
    stop: str
    kind: TapKind
    at: dt.datetime
    note: str = ""
    version: str = ""


@dataclass(frozen=True, kw_only=True)
class Received:
    """What became of taps, by id: `kept` are safely written, now or before; `refused` will never be."""

    kept: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StopStatus:
    """A stop of a round as it is planned, None where the published plan has it no longer, and how far it is."""

    key: str
    planned: Stop | None
    progress: Progress


@dataclass(frozen=True, kw_only=True)
class RoundStatus:
    """How far a round is. `link` is the one that its driver has, None where none was made or the last was revoked."""

    shift: str
    link: LinkRow | None
    stops: tuple[StopStatus, ...]


def receive(session: Session, key: str, tapped: Iterable[Tapped], *, sent_at: dt.datetime | None = None) -> Received:
    """Write down the taps of a link that are new, in the order in which they were made.

    `sent_at` is the phone's time of sending: a wrong clock is put right by it. Whatever it says, nothing was tapped
    before the link was made or later than now, and taps sent together keep their order.
    """
    link = session.get_one(Link, key)
    wrong = _clock_error(now(session), sent_at)
    kept: list[str] = []
    refused: list[str] = []
    before: dt.datetime | None = None
    with doing(session, "link.tap"):
        for one in tapped:
            known = session.get(Tap, one.id)
            if known is None and _belongs(session, link, one):
                known = _written(session, link, one, at=one.at + wrong, before=before)
            elif known is not None and not _same_round(session, link, known):
                known = None
            (refused if known is None else kept).append(one.id)
            before = known.at_device if known else before
    return Received(kept=tuple(kept), refused=tuple(refused))


def taps_of(session: Session, day: dt.date, shift: str) -> Sequence[Tap]:
    """Return all taps on a round, by whichever link they came."""
    wanted = select(Tap).join(Link, Link.id == Tap.link).where(Link.day == day, Link.shift == shift)
    return session.scalars(wanted).all()


def status_of(session: Session, day: dt.date) -> tuple[RoundStatus, ...]:
    """Return how far each round of a published day is, with what was planned beside; nothing where no plan is."""
    published = published_plan(session, day)
    if published is None:
        return ()
    links = {row.shift: row for row in reversed(links_of(session, day)) if row.revoked is None}
    return tuple(
        RoundStatus(
            shift=route.shift,
            link=links.get(route.shift),
            stops=_stops(stops_by_key(route), progress_by_stop(taps_of(session, day, route.shift))),
        )
        for route in published.plan.routes
    )


def _stops(planned: Mapping[str, Stop], progress: Mapping[str, Progress]) -> tuple[StopStatus, ...]:
    """Return the stops that serve somebody, and behind them those that were tapped on and are planned no longer."""
    serving = [key for key, stop in planned.items() if stop.step]
    gone = [key for key in progress if key not in planned]
    return tuple(
        StopStatus(key=key, planned=planned.get(key), progress=progress.get(key, Progress()))
        for key in (*serving, *gone)
    )


def _written(session: Session, link: Link, one: Tapped, *, at: dt.datetime, before: dt.datetime | None) -> Tap:
    """Write one tap, at its time between the link's first moment and now, and behind the one before."""
    received = now(session)
    at = min(max(at, link.at), received)
    tap = Tap(
        id=one.id,
        link=link.id,
        stop=one.stop,
        kind=one.kind.value,
        at_device=at if before is None or before < at else before + _NEXT,
        at_received=received,
        note=one.note[:LONGEST_NOTE],
    )
    session.add(tap)
    if one.kind is TapKind.CONFIRMED and _number(session, one.stop) > _number(session, link.confirmed):
        link.confirmed = one.stop
    session.flush()
    return tap


def _clock_error(received: dt.datetime, sent: dt.datetime | None) -> dt.timedelta:
    """Return by how much a phone's clock is behind, nothing where that is little or not known."""
    error = received - sent if sent else dt.timedelta()
    return error if abs(error) > _LATENCY else dt.timedelta()


def _belongs(session: Session, link: Link, one: Tapped) -> bool:
    """Tell whether a tap is about something in this round, as it is published or as the phone showed it."""
    if one.kind is TapKind.CONFIRMED:
        return _is_of_day(session, one.stop, link.day)
    published = published_plan(session, link.day)
    plans = [published.plan] if published else []
    if _is_of_day(session, one.version, link.day):
        plans.append(plan_of(session, one.version))
    stops = (stops_by_key(plan.route_by_shift.get(link.shift)).get(one.stop) for plan in plans)
    return any(stop is not None and stop.step is not None for stop in stops)


def _is_of_day(session: Session, version: str, day: dt.date) -> bool:
    row = session.get(PlanVersion, version) if version else None
    return row is not None and row.day == day


def _same_round(session: Session, link: Link, tap: Tap) -> bool:
    """Tell whether a tap that is known came by a link to the same round: one that was made anew, perhaps."""
    other = session.get_one(Link, tap.link)
    return (other.day, other.shift) == (link.day, link.shift)


def _number(session: Session, version: str | None) -> int:
    row = session.get(PlanVersion, version) if version else None
    return row.number if row else 0
