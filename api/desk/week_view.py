"""Show a week of the store as it stands: clients and workers by day, hours granted and planned, what is held."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.laid_out import Days
from api.desk.week_locks import WeekHeld, held_in
from api.desk.week_moves import is_held, records_of
from api.store.plans import Day, PlanVersion
from api.wording.spelling import spelling
from routing.day.shifts import shifts_of
from routing.plan import Plan, StopKind
from routing.problem import Shift
from routing.records.model import CareVisit, Client, Records, Worker
from routing.weeks.by_hand import HandFault, faults, working_seconds
from routing.weeks.demand import is_paused, week_days
from routing.weeks.granted import given, granted


@dataclass(frozen=True, kw_only=True)
class VisitShown:
    """One visit of the week.

    `workers` are those of the day's rounds where it has a place there, else those whom the week gave it to; `begin` is
    printed in rounds, else None. `unplaced` tells that the day has rounds and this is on none of them, `held` that a
    lock of the week or of the day's board keeps it where it is.
    """

    visit: CareVisit
    client: Client
    workers: tuple[str, ...]
    begin: int | None
    unplaced: bool
    held: bool
    faults: tuple[HandFault, ...]


@dataclass(frozen=True, kw_only=True)
class ClientRow:
    """A client's week: visits by day, days on which nobody is wanted, seconds granted and planned, who comes."""

    client: Client
    days: Mapping[dt.date, tuple[VisitShown, ...]]
    paused: frozenset[dt.date]
    granted: int
    given: int

    @property
    def workers(self) -> tuple[str, ...]:
        """Return everybody who comes."""
        found = {worker for visits in self.days.values() for shown in visits for worker in shown.workers}
        return tuple(sorted(found))


@dataclass(frozen=True, kw_only=True)
class WorkerDay:
    """A worker's day: visits, seconds of work (of the rounds, where there are any) and of shift.

    `locked` is a lock of the week, `held` that one or the day's board.
    """

    visits: tuple[VisitShown, ...]
    work: int
    room: int
    away: bool
    locked: bool
    held: bool

    @property
    def filled(self) -> int | None:
        """Return how full her shifts are, in per cent; None without a shift."""
        return round(100 * self.work / self.room) if self.room else None


@dataclass(frozen=True, kw_only=True)
class WorkerRow:
    """A worker's week; `index` gives letter and colour, the same every week."""

    worker: Worker
    index: int
    days: Mapping[dt.date, WorkerDay]

    @property
    def work(self) -> int:
        """Return the seconds of work of the week."""
        return sum(day.work for day in self.days.values())

    @property
    def filled(self) -> int | None:
        """Return how full the week is, in per cent; None without a shift."""
        room = sum(day.room for day in self.days.values())
        return round(100 * self.work / room) if room else None


@dataclass(frozen=True, kw_only=True)
class DayHead:
    """One day of the week: whether it has rounds, whether people were told, how many visits are on no round."""

    day: dt.date
    planned: bool
    published: bool
    unplaced: int
    visits: int


@dataclass(frozen=True, kw_only=True)
class WeekShown:
    """A whole week."""

    monday: dt.date
    heads: tuple[DayHead, ...]
    clients: tuple[ClientRow, ...]
    workers: tuple[WorkerRow, ...]

    @property
    def granted(self) -> int:
        """Return the seconds that plans grant."""
        return sum(row.granted for row in self.clients)

    @property
    def given(self) -> int:
        """Return the seconds that are planned, those beyond what is granted left out."""
        return sum(min(row.granted, row.given) for row in self.clients)

    @property
    def is_empty(self) -> bool:
        """Tell whether no visit is on a date yet."""
        return not any(head.visits for head in self.heads)


def show_week(days: Days, session: Session, monday: dt.date) -> WeekShown:
    """Return a week as it stands. RecordsError and RoadsError where the municipality cannot be planned for."""
    records = records_of(session, days.cache)
    span = week_days(monday)
    rows = session.scalars(select(Day).where(Day.day.in_(span))).all()
    versions = {row.day: session.get(PlanVersion, row.current) for row in rows if row.current}
    week = _Week(
        records=records,
        days=span,
        plans={day: days.plan_of(version) for day, version in versions.items() if version is not None},
        held=held_in(session, records, span),
    )
    return WeekShown(
        monday=monday,
        heads=tuple(week.heads()),
        clients=tuple(sorted(week.clients(monday), key=lambda row: spelling(row.client.name))),
        workers=tuple(week.workers()),
    )


@dataclass(frozen=True, kw_only=True)
class _Week:
    """The stored state of a week by what the view asks for."""

    records: Records
    days: tuple[dt.date, ...]
    plans: Mapping[dt.date, Plan]
    held: WeekHeld

    @cached_property
    def visits(self) -> tuple[VisitShown, ...]:
        """Return every visit of the week."""
        clients = {client.id: client for client in self.records.clients}
        own = [visit for visit in self.records.visits if visit.day in set(self.days)]
        broken: dict[str, list[HandFault]] = defaultdict(list)
        for fault in faults(self.records, {visit.id for visit in own}):
            broken[fault.visit].append(fault)
        return tuple(self._shown(visit, clients[visit.client], tuple(broken[visit.id])) for visit in own)

    def _shown(self, visit: CareVisit, client: Client, broken: tuple[HandFault, ...]) -> VisitShown:
        served = self._served.get((visit.day, visit.id))
        return VisitShown(
            visit=visit,
            client=client,
            workers=served[0] if served else tuple(sorted(visit.planned_for)),
            begin=served[1] if served else None,
            unplaced=visit.day in self.plans and served is None and not is_paused(self.records, client, visit.day),
            held=is_held(self.held, visit),
            faults=broken,
        )

    @cached_property
    def _served(self) -> Mapping[tuple[dt.date, str], tuple[tuple[str, ...], int]]:
        """Return by day and visit who makes it in the rounds, and when that begins."""
        worker_of = {shift.id: shift.worker for shift in self.records.shifts}
        found: dict[tuple[dt.date, str], tuple[tuple[str, ...], int]] = {}
        for day, plan in self.plans.items():
            for route in plan.routes:
                for stop in route.stops:
                    if stop.kind is StopKind.VISIT and stop.request and route.shift in worker_of:
                        before = found.get((day, stop.request), ((), stop.start))[0]
                        found[day, stop.request] = ((*before, worker_of[route.shift]), stop.start)
        return found

    def heads(self) -> Iterator[DayHead]:
        """Yield the days."""
        for day in self.days:
            own = [shown for shown in self.visits if shown.visit.day == day]
            yield DayHead(
                day=day,
                planned=day in self.plans,
                published=day in self.held.published,
                unplaced=sum(shown.unplaced for shown in own),
                visits=len(own),
            )

    def clients(self, monday: dt.date) -> Iterator[ClientRow]:
        """Yield who is granted anything this week, or visited."""
        asked, made = granted(self.records, monday), given(self.records, monday)
        visited = {shown.client.id for shown in self.visits}
        for client in self.records.clients:
            if client.id in visited or asked.get(client.id):
                own = [shown for shown in self.visits if shown.client.id == client.id]
                yield ClientRow(
                    client=client,
                    days={day: _in_order(shown for shown in own if shown.visit.day == day) for day in self.days},
                    paused=frozenset(day for day in self.days if is_paused(self.records, client, day)),
                    granted=asked.get(client.id, 0),
                    given=made.get(client.id, 0),
                )

    def workers(self) -> Iterator[WorkerRow]:
        """Yield the workers."""
        for index, worker in enumerate(self.records.workers):
            days = {day: self._worker_day(worker.id, day) for day in self.days}
            yield WorkerRow(worker=worker, index=index, days=days)

    def _worker_day(self, worker: str, day: dt.date) -> WorkerDay:
        own = _in_order(shown for shown in self.visits if shown.visit.day == day and worker in shown.workers)
        shifts = [shift for shift in self._duties[day] if shift.worker == worker]
        names = {shift.id for shift in shifts}
        plan = self.plans.get(day)
        driven = [route.work for route in plan.routes if route.shift in names] if plan else []
        door = self.records.municipality.door
        away = any(a.worker == worker and a.first <= day <= a.last for a in self.records.absences)
        return WorkerDay(
            visits=own,
            work=sum(driven) if driven else sum(shown.visit.duration + door for shown in own),
            room=sum(map(working_seconds, shifts)),
            away=away,
            locked=(worker, day) in self.held.carers,
            held=(worker, day) in self.held.all_carers,
        )

    @cached_property
    def _duties(self) -> Mapping[dt.date, tuple[Shift, ...]]:
        return {day: shifts_of(self.records, day)[0] for day in self.days}


def _in_order(visits: Iterator[VisitShown]) -> tuple[VisitShown, ...]:
    def when(shown: VisitShown) -> tuple[int, str]:
        first = min((window.earliest for window in shown.visit.windows), default=0)
        return (first if shown.begin is None else shown.begin, shown.visit.id)

    return tuple(sorted(visits, key=when))
