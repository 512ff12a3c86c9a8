"""A day of the store laid out to be worked on: built from the records once, with its plan, locks and promises."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock, RLock
from typing import Any, Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.municipality import open_municipality
from api.desk.plan_versions import NOTHING, read_plan
from api.desk.published import day_now
from api.desk.records import TOPICS
from api.loading import Folder, open_day
from api.store.cache import stand_of
from api.store.opening import Store
from api.store.plans import Day as DayRow
from api.store.plans import Lock as LockRow
from api.store.plans import PlanVersion
from routing.day.build import Day
from routing.dispatch.adopt import adopt
from routing.dispatch.desk import Desk
from routing.dispatch.locks import BoardLock, LockKind, locked
from routing.plan import Plan
from routing.problem import Problem, Promise
from routing.records.model import Records

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class LaidOut:
    """A day as the records have it. `mark` names it by content: two days of the same mark have the same plans."""

    folder: Folder
    day: Day
    mark: str


@dataclass(frozen=True, kw_only=True, eq=False)
class OpenDay:
    """A day with its plan on the desk.

    `version` is that of the day's row, `current` and `published` the versions it points at; `told` is the one whose
    times people know. `made` is the plan as it was made, `plan` one of the day
    as the records have it now: where it was made for other records, it is what can be kept of it, and `outdated` says
    so. `desk` is for one thread at a time: hold `turn` while using it.
    """

    date: dt.date
    version: int
    current: PlanVersion | None
    published: PlanVersion | None
    told: PlanVersion | None
    laid: LaidOut
    locks: tuple[LockRow, ...]
    desk: Desk
    made: Plan
    plan: Plan
    outdated: bool
    turn: RLock
    key: tuple[Hashable, ...]
    """Names the plan and everything it is judged by: what was worked out under a key holds for it."""

    @property
    def day(self) -> Day:
        """Return the day as it was built from the records."""
        return self.laid.day

    @property
    def problem(self) -> Problem:
        """Return the problem without the board's locks, promises in it: what planning starts from."""
        return replace(self.desk.problem, locks=self.laid.day.problem.locks)

    @property
    def board_locks(self) -> tuple[BoardLock, ...]:
        """Return what the board holds."""
        return tuple(board_lock(lock) for lock in self.locks)

    def is_locked(self, kind: LockKind, subject: str) -> bool:
        """Tell whether the board holds something."""
        return BoardLock(kind=kind, subject=subject) in self.board_locks


class _Kept(Generic[T]):
    """One value, or the place where it will be."""

    def __init__(self) -> None:
        self.turn = RLock()
        self.value: T | None = None
        self.made = False


class Recent(Generic[T]):
    """The last few values by key; whoever asks for one that another thread is making waits for hers alone."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, _Kept[T]] = OrderedDict()
        self._turn = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of a key, made where it is not there."""
        with self._turn:
            kept = self._kept.setdefault(key, _Kept())
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        with kept.turn:
            if not kept.made:
                kept.value, kept.made = make(), True
        return kept.value  # type: ignore[return-value]  # made just now or before

    def find(self, key: Hashable) -> T | None:
        """Return the value of a key, None where it is not there yet."""
        with self._turn:
            kept = self._kept.get(key)
        return kept.value if kept and kept.made else None


@dataclass(frozen=True, kw_only=True, eq=False)
class Days:
    """Opens days and remembers what was worked out of the last few. Threads share it."""

    store: Store
    cache: Path | None = None
    _laid: Recent[LaidOut] = field(default_factory=lambda: Recent(12))
    _plans: Recent[Plan] = field(default_factory=lambda: Recent(60))
    _desks: Recent[tuple[Desk, RLock]] = field(default_factory=lambda: Recent(12))
    _adopted: Recent[tuple[Desk, Plan]] = field(default_factory=lambda: Recent(24))
    notes: Recent[Any] = field(default_factory=lambda: Recent(400))
    """What else was worked out, such as explanations, by whoever keeps it."""

    def open(self, date: dt.date) -> OpenDay:
        """Return a day as it stands in the store now. RecordsError and RoadsError where it cannot be planned."""
        with self.store.session() as session:
            return self.open_in(session, date)

    def open_in(self, session: Session, date: dt.date, *, at: str | None = None) -> OpenDay:
        """Return a day as one session sees it; `at` is the version it stands at instead of its present one."""
        row = session.get(DayRow, date)
        current = _pointed(session, at or (row.current if row else None))
        published = _pointed(session, row.published if row else None)
        locks = tuple(
            session.scalars(
                select(LockRow)
                .where(LockRow.day == date, LockRow.kind.in_([kind.value for kind in LockKind]))
                .order_by(LockRow.kind, LockRow.subject)
            )
        )
        laid = self.laid_out(session, date)
        told = published or (_pointed(session, current.figures.get("told") or current.id) if current else None)
        kept = self._fresh(laid) if current is None else self.plan_of(current)
        key, (desk, turn) = self._desk(laid, kept, locks, told, published)
        outdated = current is not None and current.figures.get("mark") != laid.mark
        return OpenDay(
            date=date,
            version=row.version if row else NOTHING,
            current=current,
            published=published,
            told=told,
            laid=laid,
            locks=locks,
            desk=desk,
            made=kept,
            plan=self.adopted(desk, turn, kept, current) if outdated and current else kept,
            outdated=outdated,
            turn=turn,
            key=(*key, current.id if current else ""),
        )

    def with_records(self, opened: OpenDay, records: Records) -> OpenDay:
        """Return an open day as it would be with other records, its plan taken over into them."""
        folder = replace(opened.laid.folder, records=records)
        day = open_day(folder, opened.date)
        laid = LaidOut(folder=folder, day=day, mark=_mark(day))
        _, (desk, turn) = self._desk(laid, opened.plan, opened.locks, opened.told, opened.published)
        with turn:
            plan = adopt(desk, opened.plan)
        return replace(opened, laid=laid, desk=desk, turn=turn, plan=plan, outdated=True, key=(*opened.key, laid.mark))

    def with_locks(self, opened: OpenDay, locks: tuple[LockRow, ...]) -> OpenDay:
        """Return an open day with other locks on the board."""
        key, (desk, turn) = self._desk(opened.laid, opened.plan, locks, opened.told, opened.published)
        return replace(opened, locks=locks, desk=desk, turn=turn, key=(*key, opened.key[-1]))

    def laid_out(self, session: Session, date: dt.date) -> LaidOut:
        """Return a day as the records of a session have it."""

        def make() -> LaidOut:
            folder = open_municipality(session, self.cache)
            day = day_now(session, date, self.cache)
            return LaidOut(folder=folder, day=day, mark=_mark(day))

        return self._laid.get((date, stand_of(session, *TOPICS)), make)

    def plan_of(self, version: PlanVersion) -> Plan:
        """Return the plan of a version, read once."""
        return self._plans.get(version.id, lambda: read_plan(version))

    def _fresh(self, laid: LaidOut) -> Plan:
        """Return the plan of a day that nobody has planned yet: everything is unassigned."""
        unassigned = tuple(request.id for request in laid.day.problem.requests)
        return self._plans.get(("fresh", laid.mark), lambda: Plan(routes=(), unassigned=unassigned))

    def keep_plan(self, version: PlanVersion, plan: Plan) -> None:
        """Remember the plan of a version that was just written."""
        self._plans.get(version.id, lambda: plan)

    def adopted(self, desk: Desk, turn: RLock, plan: Plan, version: PlanVersion) -> Plan:
        """Return what the day as it is can keep of a version's plan."""

        def make() -> tuple[Desk, Plan]:
            with turn:
                return desk, adopt(desk, plan)

        return self._adopted.get((version.id, id(desk)), make)[1]  # kept with its desk, whose id is then nobody else's

    def _desk(
        self,
        laid: LaidOut,
        plan: Plan,
        locks: tuple[LockRow, ...],
        told: PlanVersion | None,
        published: PlanVersion | None,
    ) -> tuple[tuple[Hashable, ...], tuple[Desk, RLock]]:
        promised = promises(laid.day.problem, self.plan_of(published)) if published else ()
        problem = replace(laid.day.problem, promises=promised)
        kept = locked(problem, plan, [board_lock(lock) for lock in locks])

        def make() -> tuple[Desk, RLock]:
            return Desk(problem=kept, matrix=laid.day.matrix, told=self.plan_of(told) if told else None), RLock()

        key = (laid.day.day, laid.mark, kept.locks, told.id if told else "", published.id if published else "")
        return key, self._desks.get(key, make)


def board_lock(lock: LockRow) -> BoardLock:
    """Return a lock of the store as the dispatcher knows it."""
    return BoardLock(kind=LockKind(lock.kind), subject=lock.subject)


def promises(problem: Problem, plan: Plan) -> tuple[Promise, ...]:
    """Return what people were told by a published plan, of those requests that the problem still has."""
    workers = {shift.id: shift.worker for shift in problem.shifts}
    found: dict[str, Promise] = {}
    for step, served in plan.stops_by_step.items():
        shift, stop = served[0]
        if step.request in problem.request_by_id and step.request not in found and shift in workers:
            found[step.request] = Promise(request=step.request, worker=workers[shift], start=stop.start)
    return tuple(found[request.id] for request in problem.requests if request.id in found)


def _pointed(session: Session, key: str | None) -> PlanVersion | None:
    return session.get(PlanVersion, key) if key else None


def _mark(day: Day) -> str:
    """Return a SHA-256 of what is to be planned and on which roads."""
    asked = json.dumps(dataclasses.asdict(day.problem), sort_keys=True, default=_sorted)
    return hashlib.sha256(f"{day.network.content_id}\n{asked}".encode()).hexdigest()


def _sorted(value: object) -> list[object]:
    if isinstance(value, frozenset):
        return sorted((_sorted(item) if isinstance(item, frozenset) else item for item in value), key=str)
    raise TypeError(f"{value!r} is no plain value")
