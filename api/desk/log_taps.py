"""What drivers tapped, as what really happened to the entries of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.progress import Progress, StopState, TapKind, progress_by_stop
from api.desk.published import Published, day_now
from api.desk.taps import taps_of
from api.store.links import Link, Tap
from maps.local_time import ESTONIA
from routing.books.entry import Entry, EntryKind, Result
from routing.books.from_plan import entry_id, planned_entries
from routing.day.build import Day
from routing.day.subjects import Subject


@dataclass(frozen=True, kw_only=True)
class Told:
    """What drivers told of one entry; `is_taken_back` where one of their taps undid another."""

    entry: Entry
    is_taken_back: bool


def tapped_entries(session: Session, published: Published) -> tuple[Told, ...]:
    """Return the entries of a published day on which drivers tapped, with actual times and results.

    A round that is published no longer has told of what was done on it all the same. Where two rounds tell of one
    entry, a result counts before none, then the round that has it in the plan.
    """
    day = day_now(session, published.day)
    planned = {entry.id: entry for entry in planned_entries(day, published.plan)}
    found: dict[str, Told] = {}
    for shift in _tapped_shifts(session, published.day):
        taps = taps_of(session, published.day, shift)
        undone = {tap.stop for tap in taps if tap.kind == TapKind.UNDONE}
        progress = {tap.stop: Progress() for tap in taps} | dict(progress_by_stop(taps))
        for told in _told(day, progress, planned, undone):
            own = replace(told, entry=_by(told.entry, day, shift))
            known = found.get(own.entry.id)
            if known is None or _weight(own, planned) > _weight(known, planned):
                found[own.entry.id] = own
    return tuple(found.values())


def _tapped_shifts(session: Session, day: dt.date) -> Sequence[str]:
    wanted = select(Link.shift).join(Tap, Tap.link == Link.id).where(Link.day == day).distinct()
    return sorted(session.scalars(wanted))


def _weight(told: Told, planned: Mapping[str, Entry]) -> tuple[bool, bool, bool]:
    """Return what decides between two rounds that tell of one entry."""
    entry = told.entry
    return not entry.is_open, entry.actual_begin is not None, entry.shift == planned[entry.id].shift


def _by(entry: Entry, day: Day, shift: str) -> Entry:
    """Return an entry as done on the round that told of it, unless its worker was planned to be there."""
    made = day.problem.shift_by_id.get(shift)
    if made is None or made.worker in entry.workers or (entry.is_open and entry.actual_begin is None):
        return entry
    return replace(entry, worker=made.worker, others=frozenset(), vehicle=made.vehicle, shift=shift)


def _told(
    day: Day, progress: Mapping[str, Progress], planned: Mapping[str, Entry], undone: Collection[str]
) -> Iterator[Told]:
    for subject in day.subjects.values():
        entry = planned[entry_id(day.day, subject.request)]
        ride = entry.kind is EntryKind.RIDE
        stops = {f"{kind}:{subject.request}" for kind in (("pickup", "delivery") if ride else ("visit",))}
        if stops & progress.keys():
            told = _ridden(entry, subject, progress) if ride else _visited(entry, subject, progress)
            yield Told(entry=told, is_taken_back=not stops.isdisjoint(undone))


def _visited(entry: Entry, subject: Subject, progress: Mapping[str, Progress]) -> Entry:
    found = progress.get(f"visit:{subject.request}", Progress())
    if not found.moments:
        return entry
    results = {StopState.DONE: Result.DONE, StopState.NOT_HOME: Result.NOT_HOME}
    return replace(
        entry,
        actual_begin=seconds_of(entry.day, found.arrived_at),
        actual_end=seconds_of(entry.day, found.over_at) if found.state is StopState.DONE else None,
        result=results.get(found.state),
        reason=found.note if found.state is not StopState.DONE else "",
    )


def _ridden(entry: Entry, subject: Subject, progress: Mapping[str, Progress]) -> Entry:
    pickup = progress.get(f"pickup:{subject.request}", Progress())
    delivery = progress.get(f"delivery:{subject.request}", Progress())
    if not (pickup.moments or delivery.moments):
        return entry
    result = None
    if StopState.NOT_HOME in (pickup.state, delivery.state):
        result = Result.NO_SHOW
    elif delivery.state is StopState.DONE:
        result = Result.DONE
    return replace(
        entry,
        actual_begin=seconds_of(entry.day, pickup.arrived_at or pickup.over_at),
        actual_end=seconds_of(entry.day, delivery.over_at) if result is Result.DONE else None,
        result=result,
        reason=(pickup.note or delivery.note) if result is not Result.DONE else "",
    )


def seconds_of(day: dt.date, at: dt.datetime | None) -> int | None:
    """Return a moment as seconds from local midnight by the clock on the wall; None where it is on no such day."""
    if at is None:
        return None
    local = at.astimezone(ESTONIA).replace(tzinfo=None)
    seconds = int((local - dt.datetime.combine(day, dt.time())).total_seconds())
    return seconds if 0 <= seconds < 2 * 86_400 else None
