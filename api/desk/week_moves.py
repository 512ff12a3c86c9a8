"""Move a visit to another day or to others by hand, and take the last change of a week back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from api.desk.laid_out import Days
from api.desk.municipality import open_municipality
from api.desk.records import TOPICS, record_set
from api.desk.visit_rows import visit_changes
from api.desk.week_change import UNDO, ChangedDay, WeekChange, last_change, records_after, rows_of
from api.desk.week_locks import WeekHeld, held_in
from api.desk.week_rounds import days_after, put_on_round
from api.errors import ConflictError, MissingError
from api.store.base import subject_name
from api.store.cache import stand_of
from api.store.plans import Day
from routing.errors import HooleringError
from routing.findings import Finding
from routing.records.model import CareVisit, Records
from routing.weeks.by_hand import HandFault, moved, new_faults, tied, touched_by
from routing.weeks.demand import monday_of

MOVE: Final = "week.move"


class WeekRulesError(HooleringError, ValueError):
    """What was to be done to a week by hand breaks rules of care plans or of people's hours; carries every one."""

    def __init__(self, faults: tuple[HandFault, ...]) -> None:
        self.faults = faults
        super().__init__("; ".join(fault.rule.value for fault in faults))


@dataclass(frozen=True, kw_only=True)
class WeekWish:
    """Put `visit` on `day`, made by `workers`; `seen` is how it was when the wish was made: its day."""

    visit: str
    day: dt.date
    workers: frozenset[str]
    seen: dt.date


def records_of(session: Session, cache: Path | None = None) -> Records:
    """Return the records of the store with their areas. RecordsError, RoadsError where they cannot be planned with."""
    return open_municipality(session, cache).records


def visit_of(records: Records, key: str) -> CareVisit:
    """Return a dated visit; MissingError where there is none."""
    found = next((visit for visit in records.visits if visit.id == key), None)
    if found is None:
        raise MissingError(subject_name("record", "visits", key))
    return found


def try_week_move(days: Days, wish: WeekWish) -> WeekChange:
    """Return what a wish comes to.

    WeekRulesError where it breaks a rule of the week, BrokenRulesError one of the day's rounds; ConflictError where
    the visit is held, was moved meanwhile, or would leave its week.
    """
    with days.store.session() as session:
        records = records_of(session, days.cache)
        visit = visit_of(records, wish.visit)
        _refuse(session, records, visit, wish)
        after = moved(records, wish.visit, wish.day, wish.workers)
        together = touched_by(records, wish.visit) | tied(after, visit_of(after, wish.visit))
        if broken := new_faults(records, after, together):
            raise WeekRulesError(broken)
        rows = visit_changes(record_set(session), records.visits, after.visits)
        read = records_after(session, rows, records)
        changed = days_after(days, session, read, {visit.day, wish.day})
        stand = stand_of(session, *TOPICS)
    return WeekChange(
        monday=monday_of(visit.day),
        action=MOVE,
        stand=stand,
        rows=rows,
        records=read,
        days=tuple(
            put_on_round(day, wish.visit, wish.workers) if day.opened.date == wish.day else day for day in changed
        ),
        details={"visit": wish.visit},
    )


def _refuse(session: Session, records: Records, visit: CareVisit, wish: WeekWish) -> None:
    """Raise ConflictError for what no rule of the week is about."""
    unknown = wish.workers - {worker.id for worker in records.workers}
    if unknown:
        raise MissingError(subject_name("record", "workers", min(unknown)))
    if visit.day != wish.seen:
        raise _conflict("weeks.moved-meanwhile", visit)
    if monday_of(wish.day) != monday_of(visit.day):
        raise _conflict("weeks.other-week", visit)
    held = held_in(session, records, {visit.day, wish.day})
    together = tied(records, visit) if wish.day != visit.day else {visit.id}
    if any(is_held(held, other) for other in records.visits if other.id in together):
        raise _conflict("weeks.locked", visit)


def is_held(held: WeekHeld, visit: CareVisit) -> bool:
    """Tell whether a lock of the week or of the day's board keeps a visit where it is."""
    hers = any((worker, visit.day) in held.all_carers for worker in visit.planned_for)
    return visit.id in held.all_visits or hers


def _conflict(code: str, visit: CareVisit) -> ConflictError:
    return ConflictError([Finding(code=code, field="visit", found=visit.id)])


def try_undo(days: Days, monday: dt.date) -> WeekChange:
    """Return what takes the last change of a week back; ConflictError where there is none or its rows have changed."""
    with days.store.session() as session:
        kept = last_change(session, monday)
        if kept is None:
            raise ConflictError([Finding(code="weeks.nothing-to-undo")])
        rows = tuple(row.turned() for row in reversed(rows_of(kept)))
        read = records_after(session, rows, records_of(session, days.cache))
        stood: Mapping[str, str] = (kept.after or {}).get("days", {})
        changed = [
            _undone(days, session, read, dt.date.fromisoformat(date), version) for date, version in stood.items()
        ]
        stand = stand_of(session, *TOPICS)
    return WeekChange(
        monday=monday,
        action=UNDO,
        stand=stand,
        rows=rows,
        records=read,
        days=tuple(day for found in changed for day in found),
        undoes=kept.id,
    )


def _undone(days: Days, session: Session, records: Records, date: dt.date, version: str) -> tuple[ChangedDay, ...]:
    """Return a day whose plan is taken back; where it has another one by now, that one on the records as they were."""
    row = session.get(Day, date)
    changed = days_after(days, session, records, {date})
    if row is not None and row.current == version:
        return tuple(replace(day, plan=None) for day in changed)
    return changed
