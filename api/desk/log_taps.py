"""What drivers tapped, as what really happened to the entries of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from api.desk.progress import Progress, StopState, progress_by_stop
from api.desk.published import Published, day_now
from api.desk.taps import taps_of
from maps.local_time import ESTONIA
from routing.books.entry import Entry, EntryKind, Result
from routing.books.from_plan import entry_id, planned_entries
from routing.day.build import Day
from routing.day.subjects import Subject


def tapped_entries(session: Session, published: Published) -> tuple[Entry, ...]:
    """Return the entries of a published day of which drivers told something, with their actual times and results."""
    day = day_now(session, published.day)
    planned = {entry.id: entry for entry in planned_entries(day, published.plan)}
    found: dict[str, Entry] = {}
    for route in published.plan.routes:
        progress = progress_by_stop(taps_of(session, published.day, route.shift))
        for entry in _told(day, progress, planned):
            found.setdefault(entry.id, entry)
    return tuple(found.values())


def _told(day: Day, progress: Mapping[str, Progress], planned: Mapping[str, Entry]) -> Iterator[Entry]:
    for subject in day.subjects.values():
        entry = planned[entry_id(day.day, subject.request)]
        told = _ridden(entry, subject, progress) if entry.kind is EntryKind.RIDE else _visited(entry, subject, progress)
        if told is not None:
            yield told


def _visited(entry: Entry, subject: Subject, progress: Mapping[str, Progress]) -> Entry | None:
    found = progress.get(f"visit:{subject.request}")
    if found is None or not found.moments:
        return None
    results = {StopState.DONE: Result.DONE, StopState.NOT_HOME: Result.NOT_HOME}
    return replace(
        entry,
        actual_begin=seconds_of(entry.day, found.arrived_at),
        actual_end=seconds_of(entry.day, found.over_at) if found.state is StopState.DONE else None,
        result=results.get(found.state),
        reason=found.note if found.state is not StopState.DONE else "",
    )


def _ridden(entry: Entry, subject: Subject, progress: Mapping[str, Progress]) -> Entry | None:
    pickup = progress.get(f"pickup:{subject.request}", Progress())
    delivery = progress.get(f"delivery:{subject.request}", Progress())
    if not (pickup.moments or delivery.moments):
        return None
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
