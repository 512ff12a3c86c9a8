"""The runs of a week: plan what nothing holds, or repair the planned days while somebody is away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.absence import repair_dict
from api.desk.laid_out import Days
from api.desk.municipality import open_municipality
from api.desk.record_set import RecordSet
from api.desk.records import record_set
from api.desk.visit_rows import repair_changes, visit_changes
from api.desk.week_locks import WeekHeld, held_in
from api.desk.week_offer import WeekDraft, renamed
from api.jobs.telling import Telling
from api.loading import Folder
from api.store.jobs import Job
from api.store.opening import Store
from api.store.plans import Day
from api.weeks import figures_dict
from routing.plan import Plan
from routing.records.model import CareVisit, Records
from routing.solver.budget import Budget
from routing.weeks.demand import WEEK, monday_of, week_days
from routing.weeks.differences import settled
from routing.weeks.figures import figures_of
from routing.weeks.held import loosened
from routing.weeks.made import Weeks
from routing.weeks.repair import repair
from routing.weeks.standing import Standing
from routing.weeks.thinking import Thinking, Told
from routing.weeks.whole import left_out_of, plan_weeks

_SEARCHES: Final = 3
"""Searches that a day may need where somebody would be lost."""
_STAGES: Final = {"choose": (0.05, 0.0), "week": (0.1, 0.6), "days": (0.7, 0.3)}
"""Where in the whole each stage of planning begins, and which part of it that is."""


@dataclass(kw_only=True)
class WeekRun(Telling):
    """Plan a week from `first` on around what is held."""

    folder: Folder
    rows: RecordSet
    held: WeekHeld
    first: dt.date
    rounds: dict[dt.date, Plan]

    @classmethod
    def of(cls, store: Store, job: Job, cache: Path | None) -> WeekRun:
        """Return the run of a job."""
        first = dt.date.fromisoformat(job.asked["first"])
        days = Days(store=store, cache=cache)
        with store.session() as session:
            folder = open_municipality(session, cache)
            held = held_in(session, folder.records, week_days(first))
            rounds = {day: days.open_in(session, day).plan for day in _planned(session, first, first)}
            return cls(job=job, folder=folder, rows=record_set(session), held=held, first=first, rounds=rounds)

    def solve(self) -> None:
        """Plan the week and offer what it does otherwise."""
        records, asked = self.folder.records, self.job.asked
        base = loosened(
            records,
            self.first,
            visits=self.held.all_visits,
            worker_days=self.held.all_carers,
            days=self.held.published,
        )
        thinking = Thinking(
            seconds=asked["seconds"],
            iterations=asked.get("iterations"),
            work=asked.get("work"),
            seed=asked.get("seed", 0),
        )
        kept = {visit.id for visit in base.visits}
        made = plan_weeks(
            base,
            self.folder.network,
            self.first,
            thinking=thinking,
            standing=Standing(
                visits=tuple(visit for visit in records.visits if visit.id not in kept), rounds=self.rounds
            ),
            on_told=self._listen,
            stop=self.stop.is_set,
        )
        if _care(made.records) >= _care(records):
            self.keep(offered(self._draft_of(base.visits, made)))

    def _listen(self, told: Told) -> None:
        begins, part = _STAGES.get(told.stage, (0.0, 0.0))
        self.tell(told.stage, begins + part * told.share)

    def _draft_of(self, kept: tuple[CareVisit, ...], made: Weeks) -> WeekDraft:
        """Return what planned weeks offer: visits that stood on the same day keep their names."""
        records, held = self.folder.records, {visit.id for visit in kept}
        stood = [visit for visit in records.visits if visit.id not in held]
        planned, names = settled(stood, (visit for visit in made.records.visits if visit.id not in held))
        published = self.held.published
        return WeekDraft(
            rows=visit_changes(self.rows, stood, planned),
            rounds={day.day.day: renamed(day.plan, names) for day in made.days if day.day.day not in published},
            missing=tuple(missing.finding for missing in made.missing if not missing.expected)
            + tuple(left_out_of(made)),
            figures=figures_dict(figures_of(made)),
        )


@dataclass(kw_only=True)
class AbsenceRun(Telling):
    """Repair the planned days while a worker is away."""

    folder: Folder
    rows: RecordSet
    plans: dict[dt.date, Plan]

    @classmethod
    def of(cls, store: Store, job: Job, cache: Path | None) -> AbsenceRun:
        """Return the run of a job: every planned day of the absence, and those behind it in the same week."""
        days = Days(store=store, cache=cache)
        first, last = (dt.date.fromisoformat(job.asked[name]) for name in ("first", "last"))
        with store.session() as session:
            folder = open_municipality(session, cache)
            plans = {day: days.open_in(session, day).plan for day in _planned(session, first, last)}
            return cls(job=job, folder=folder, rows=record_set(session), plans=plans)

    def solve(self) -> None:
        """Find the repair that breaks the fewest promises, and offer it."""
        asked, records = self.job.asked, self.folder.records
        first, last = (dt.date.fromisoformat(asked[name]) for name in ("first", "last"))
        within = [day for day in self.plans if first <= day <= last]
        seconds = max(0.2, asked["seconds"] / max(1, len(within)) / _SEARCHES)

        def on_day(day: dt.date) -> None:
            self.tell("repair", within.index(day) / len(within))

        made = repair(
            records,
            self.folder.network,
            self.plans,
            worker=asked["worker"],
            first=first,
            last=last,
            rescue=Budget(seconds=seconds, iterations=asked.get("iterations")),
            on_day=on_day,
            stop=self.stop.is_set,
        )
        draft = WeekDraft(
            rows=repair_changes(self.rows, records, made.records),
            rounds={day.day.day: day.plan for day in made.days},
            repair=repair_dict(made),
        )
        self.keep(offered(draft))


def offered(draft: WeekDraft) -> str | None:
    """Return what is offered, None where it changes nothing."""
    return draft.text() if draft.rows else None


def _care(records: Records) -> int:
    """Return the seconds of care plans that records have on dates: a week stopped too early has less than it had."""
    return sum(visit.duration for visit in records.visits if visit.care_slot is not None)


def _planned(session: Session, first: dt.date, last: dt.date) -> list[dt.date]:
    sunday = monday_of(last) + dt.timedelta(days=WEEK - 1)
    wanted = select(Day.day).where(Day.day >= first, Day.day <= sunday, Day.current.is_not(None))
    return list(session.scalars(wanted.order_by(Day.day)))
