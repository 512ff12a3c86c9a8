"""What a job has worked out for a week: kept with the job until it is accepted, wholly or in part, or thrown away."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.laid_out import Days
from api.desk.record_set import RecordSet
from api.desk.records import TOPICS, record_set
from api.desk.week_change import RowChange, WeekChange, records_after
from api.desk.week_locks import held_in
from api.desk.week_moves import WeekRulesError, records_of, refuse_held
from api.desk.week_rounds import days_after
from api.errors import ConflictError, MissingError, RefusedError
from api.store.base import subject_name
from api.store.cache import stand_of
from api.store.history import write
from api.store.jobs import Job, JobKind, JobState
from api.store.plans import Lock
from routing.findings import Finding, Severity
from routing.plan import Plan
from routing.records.model import Records
from routing.records.sheets import VISITS
from routing.weeks.by_hand import new_faults
from routing.weeks.differences import ChangeGroup, differences

SETTLED: Final = "settled"
"""What the progress of a job says once somebody has decided about its offer."""
_OVER: Final = (JobState.DONE.value, JobState.STOPPED.value)


@dataclass(frozen=True, kw_only=True)
class WeekDraft:
    """What a job offers: rows to change, rounds of the days, and what else is to be shown, as plain data."""

    rows: tuple[RowChange, ...]
    rounds: Mapping[dt.date, Plan]
    missing: tuple[Finding, ...] = ()
    repair: Mapping[str, Any] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """Return the draft as text for the store."""
        plain = {
            "rows": [asdict(row) for row in self.rows],
            "rounds": {day.isoformat(): _plans().dump_python(plan, mode="json") for day, plan in self.rounds.items()},
            "missing": [{"code": f.code, "found": f.found, "details": dict(f.details)} for f in self.missing],
            "repair": self.repair,
            "figures": self.figures,
        }
        return json.dumps(plain, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> WeekDraft:
        """Return the draft that a text holds."""
        plain = json.loads(text)
        return cls(
            rows=tuple(RowChange(**row) for row in plain["rows"]),
            rounds={
                dt.date.fromisoformat(day): _plans().validate_python(plan) for day, plan in plain["rounds"].items()
            },
            missing=tuple(Finding(severity=Severity.WARNING, **found) for found in plain["missing"]),
            repair=plain["repair"],
            figures=plain["figures"],
        )


@cache
def _plans() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)


@dataclass(frozen=True, kw_only=True)
class WeekOffer:
    """A draft as it still holds: `groups` of changes that go together, `lost` rows that somebody has changed since."""

    job: str
    kind: JobKind
    monday: dt.date
    draft: WeekDraft
    rows: tuple[RowChange, ...]
    groups: tuple[ChangeGroup, ...]
    lost: int
    by: str
    at: dt.datetime


def find_offer(session: Session, monday: dt.date) -> Job | None:
    """Return the job of a week whose offer waits to be decided about, None where none does."""
    kinds = (JobKind.WEEK.value, JobKind.ABSENCE.value)
    wanted = select(Job).where(Job.day == monday, Job.kind.in_(kinds), Job.state.in_(_OVER), Job.best.is_not(None))
    offers = session.scalars(wanted.order_by(Job.at.desc()))
    return next((job for job in offers if SETTLED not in job.progress), None)


def read_offer(session: Session, records: Records, job: Job) -> WeekOffer:
    """Return what a job offers on the records as they are now; nothing of it where they refuse it by now."""
    draft = WeekDraft.read(job.best or "")
    rows, lost = _standing(record_set(session), draft.rows)
    try:
        after = records_after(session, rows, records)
    except RefusedError:
        rows, lost, after = (), len(draft.rows), records
    return WeekOffer(
        job=job.id,
        kind=JobKind(job.kind),
        monday=job.day,
        draft=draft,
        rows=rows,
        groups=differences(records.visits, after.visits),
        lost=lost,
        by=job.by,
        at=job.at,
    )


def _standing(kept: RecordSet, rows: Iterable[RowChange]) -> tuple[tuple[RowChange, ...], int]:
    """Return the rows that are as they were, and how many others there are; what goes together falls together."""
    rows = tuple(rows)
    now = {(sheet, row.key): dict(row.cells) for sheet, own in kept.rows.items() for row in own}

    def stands(row: RowChange) -> bool:
        return now.get((row.sheet, row.key)) == (None if row.before is None else dict(row.before))

    broken = {_group(row) for row in rows if not stands(row)}
    left = tuple(row for row in rows if _group(row) not in broken)
    return left, len(rows) - len(left)


def _group(row: RowChange) -> str:
    cells = row.after or row.before or {}
    return cells.get("care_slot", row.key) if row.sheet == VISITS.name else f"{row.sheet}:{row.key}"


def open_offer(session: Session, records: Records, key: str) -> WeekOffer:
    """Return an offer; MissingError where there is none, ConflictError where it was decided about."""
    return read_offer(session, records, _open_job(session, key))


def _open_job(session: Session, key: str) -> Job:
    job = session.get(Job, key)
    if job is None or job.kind not in {JobKind.WEEK.value, JobKind.ABSENCE.value} or not job.best:
        raise MissingError(subject_name("job", key))
    if SETTLED in job.progress or job.state not in _OVER:
        raise ConflictError([Finding(code="weeks.offer-closed")])
    return job


def try_week_offer(days: Days, key: str, chosen: Collection[str] | None) -> WeekChange:
    """Return what accepting the groups named (None: all) comes to.

    WeekRulesError where a part does not stand without the rest; ConflictError where the offer is closed, where nothing
    is chosen, where what it moves was locked or told to people since, or where a repair does not hold any more.
    """
    with days.store.session() as session:
        records = records_of(session, days.cache)
        offer = open_offer(session, records, key)
        is_repair = offer.kind is JobKind.ABSENCE
        rows = _chosen(offer, None if is_repair else chosen)
        after = records_after(session, rows, records)
        touched = {row.key for row in rows if row.sheet == VISITS.name}
        broken = () if is_repair else new_faults(records, after, touched)
        if broken:
            raise WeekRulesError(broken)
        if not is_repair:
            _refuse_held(session, records, touched)
        dates = frozenset(day for group in differences(records.visits, after.visits) for day in group.days)
        anew = dates | set(offer.draft.rounds) if is_repair else frozenset[dt.date]()
        if len(rows) == len(offer.draft.rows) and not is_repair:
            anew = _free(session, records, dates)
        rounds = offer.draft.rounds
        changed = (
            *days_after(days, session, after, anew, offered=rounds, again=True),
            *days_after(days, session, after, dates - anew, offered=rounds),
        )
        stand = stand_of(session, *TOPICS)
    return WeekChange(
        monday=offer.monday,
        action="week.absence" if is_repair else "week.accept",
        stand=stand,
        rows=rows,
        records=after,
        days=tuple(sorted(changed, key=lambda day: day.opened.date)),
        details={"job": key},
    )


def _refuse_held(session: Session, records: Records, touched: Collection[str]) -> None:
    """Raise ConflictError for visits that were locked, or told to people, since the week was planned around those."""
    refuse_held(session, records, touched)
    published = held_in(session, records, {visit.day for visit in records.visits if visit.id in touched}).published
    if any(visit.day in published for visit in records.visits if visit.id in touched):
        raise ConflictError([Finding(code="weeks.changed-meanwhile")])


def _chosen(offer: WeekOffer, groups: Collection[str] | None) -> tuple[RowChange, ...]:
    """Return the rows of some groups, of all where None are named; ConflictError where that is nothing."""
    if offer.kind is JobKind.ABSENCE and offer.lost:
        raise ConflictError([Finding(code="weeks.changed-meanwhile")])
    rows = tuple(row for row in offer.rows if groups is None or _group(row) in groups)
    if not rows:
        raise ConflictError([Finding(code="weeks.nothing-chosen")])
    return rows


def _free(session: Session, records: Records, dates: Collection[dt.date]) -> frozenset[dt.date]:
    """Return the days whose rounds may be made anew: nobody was told them, and the board holds nothing there."""
    held = set(session.scalars(select(Lock.day).where(Lock.day.in_(dates))))
    return frozenset(dates) - held - held_in(session, records, dates).published


def refuse_other_week(session: Session, monday: dt.date, key: str) -> None:
    """Raise MissingError for a job that is not one of this week."""
    job = session.get(Job, key)
    if job is None or job.day != monday:
        raise MissingError(subject_name("job", key))


def settle(session: Session, key: str, how: str) -> None:
    """Close the offer of a week's job; MissingError, ConflictError as for opening it."""
    job = _open_job(session, key)
    job.progress = {**job.progress, SETTLED: how}
    job.best = None if how == "dropped" else job.best
    session.flush()
    write(session, f"week.offer-{how}", subject_name("job", key), after={"week": job.day.isoformat()})


def renamed(plan: Plan, names: Mapping[str, str]) -> Plan:
    """Return a plan whose requests have other names."""
    routes = tuple(
        replace(
            route,
            stops=tuple(
                replace(stop, request=names.get(stop.request, stop.request)) if stop.request else stop
                for stop in route.stops
            ),
        )
        for route in plan.routes
    )
    return Plan(routes=routes, unassigned=tuple(names.get(name, name) for name in plan.unassigned))
