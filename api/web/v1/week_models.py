"""What the API says of a week: its days, visits, clients and workers by their ids, and what a job offers for it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from api.desk.day_showing import show_job
from api.desk.day_view import JobShown
from api.desk.laid_out import Days
from api.desk.week_change import last_change
from api.desk.week_offer import WeekOffer, find_offer
from api.desk.week_version import week_version
from api.desk.week_view import ClientRow, VisitShown, WorkerRow, show_week
from api.jobs.week_asking import running_job
from api.store.base import subject_name
from api.web.openapi import ProblemFinding
from api.wording.findings import as_dict
from routing.records.model import CareVisit
from routing.weeks.differences import ChangeGroup, VisitChange

EXAMPLE: Final[dict[str, Any]] = {
    "monday": "2026-11-30",
    "version": 214,
    "days": [{"day": "2026-11-30", "planned": True, "published": False, "unplaced": 0, "visits": 1}],
    "visits": [
        {
            "id": "N-1",
            "client": "K01",
            "day": "2026-11-30",
            "care_slot": "V-K01",
            "duration": 2700,
            "windows": [{"earliest": 28800, "latest": 39600}],
            "workers": ["HT1"],
            "begin": 30600,
            "unplaced": False,
            "held": False,
            "faults": [],
        }
    ],
    "clients": [{"client": "K01", "granted": 5400, "given": 2700, "paused": ["2026-12-03"]}],
    "workers": [
        {
            "worker": "HT1",
            "days": [{"day": "2026-11-30", "work": 4200, "room": 28800, "away": False, "locked": False, "held": False}],
        }
    ],
    "can_undo": True,
    "offer": None,
    "job": None,
}


class WeekDay(BaseModel):
    """One day: whether it has rounds, whether people were told, its visits, and how many of them are on no round."""

    day: dt.date
    planned: bool
    published: bool
    unplaced: int
    visits: int


class WindowOut(BaseModel):
    """When a visit may begin, in seconds from local midnight."""

    earliest: int
    latest: int


class WeekFault(BaseModel):
    """One rule that a visit breaks where it is; people are told by their ids."""

    code: str
    visit: str
    client: str
    day: dt.date
    worker: str
    found: int
    expected: int
    sentence: str


class WeekVisit(BaseModel):
    """One visit: `begin` is printed in the day's rounds, else null; `unplaced` says that it is on none of them."""

    id: str
    client: str
    day: dt.date
    care_slot: str | None
    duration: int
    windows: list[WindowOut]
    workers: list[str]
    begin: int | None
    unplaced: bool
    held: bool
    faults: list[WeekFault]


class WeekClient(BaseModel):
    """A client's week: seconds granted and planned, and the days on which nobody is wanted."""

    client: str
    granted: int
    given: int
    paused: list[dt.date]


class WorkerDayOut(BaseModel):
    """A worker's day: seconds of work and of shift; `locked` is a lock of the week, `held` that or the day board's."""

    day: dt.date
    work: int
    room: int
    away: bool
    locked: bool
    held: bool


class WeekWorker(BaseModel):
    """A worker's week."""

    worker: str
    days: list[WorkerDayOut]


class WeekOut(BaseModel):
    """A week as it stands. `offer` is the job whose offer waits to be decided about, `job` the one under way."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    monday: dt.date
    version: int
    days: list[WeekDay]
    visits: list[WeekVisit]
    clients: list[WeekClient]
    workers: list[WeekWorker]
    can_undo: bool
    offer: str | None
    job: JobShown | None

    @property
    def persons(self) -> list[str]:
        """Return whose week it is, as the access log names them."""
        return [subject_name("record", "clients", row.client) for row in self.clients]


class WeekChanged(BaseModel):
    """A week after a change: its new version, and the whole week; null where a repeated request is answered again."""

    version: int
    week: WeekOut | None = None


class VisitThen(BaseModel):
    """Where a visit is: its day, and who makes it."""

    day: dt.date
    workers: list[str]


class VisitChanged(BaseModel):
    """What an offer does to one visit: it is added, dropped, moved to another day, or changed."""

    kind: str
    visit: str
    before: VisitThen | None
    after: VisitThen | None


class WeekGroup(BaseModel):
    """The changes of one recurring visit, which are accepted together."""

    id: str
    client: str
    changes: list[VisitChanged]


class WeekOfferOut(BaseModel):
    """What a job offers for a week, on the records as they are now.

    `kind` is week or absence; an absence is accepted wholly. `lost` counts rows that somebody has changed since.
    `missing` says what of the care plans is on no date, `repair` who could stand in on which day and which promises
    are not kept, `figures` what the offered week comes to.
    """

    job: str
    monday: dt.date
    version: int
    kind: str
    by: str
    at: dt.datetime
    groups: list[WeekGroup]
    lost: int
    missing: list[ProblemFinding]
    repair: dict[str, Any]
    figures: dict[str, Any]

    @property
    def persons(self) -> list[str]:
        """Return whose visits it is about, as the access log names them."""
        return [subject_name("record", "clients", group.client) for group in self.groups]


def week_out(days: Days, session: Session, monday: dt.date, lang: str) -> WeekOut:
    """Return a week of the store; RecordsError and RoadsError where the municipality cannot be planned for."""
    shown = show_week(days, session, monday)
    waiting, running = find_offer(session, monday), running_job(session, monday)
    visits = [visit for row in shown.clients for own in row.days.values() for visit in own]
    return WeekOut(
        monday=monday,
        version=week_version(session, monday),
        days=[WeekDay.model_validate(head, from_attributes=True) for head in shown.heads],
        visits=[_visit(visit, lang) for visit in visits],
        clients=[_client(row) for row in shown.clients],
        workers=[_worker(row) for row in shown.workers],
        can_undo=last_change(session, monday) is not None,
        offer=waiting.id if waiting else None,
        job=show_job(running) if running else None,
    )


def offer_out(offer: WeekOffer, version: int, lang: str) -> WeekOfferOut:
    """Return an offer as the API shows it."""
    return WeekOfferOut(
        job=offer.job,
        monday=offer.monday,
        version=version,
        kind=offer.kind.value,
        by=offer.by,
        at=offer.at,
        groups=[_group(group) for group in offer.groups],
        lost=offer.lost,
        missing=[ProblemFinding.model_validate(as_dict(finding, lang)) for finding in offer.draft.missing],
        repair=dict(offer.draft.repair),
        figures=dict(offer.draft.figures),
    )


def _visit(shown: VisitShown, lang: str) -> WeekVisit:
    visit = shown.visit
    return WeekVisit(
        id=visit.id,
        client=visit.client,
        day=visit.day,
        care_slot=visit.care_slot,
        duration=visit.duration,
        windows=[WindowOut(earliest=window.earliest, latest=window.latest) for window in visit.windows],
        workers=list(shown.workers),
        begin=shown.begin,
        unplaced=shown.unplaced,
        held=shown.held,
        faults=[WeekFault.model_validate(fault.as_dict(lang)) for fault in shown.faults],
    )


def _client(row: ClientRow) -> WeekClient:
    return WeekClient(client=row.client.id, granted=row.granted, given=row.given, paused=sorted(row.paused))


def _worker(row: WorkerRow) -> WeekWorker:
    days = [
        WorkerDayOut(day=day, work=own.work, room=own.room, away=own.away, locked=own.locked, held=own.held)
        for day, own in row.days.items()
    ]
    return WeekWorker(worker=row.worker.id, days=days)


def _group(group: ChangeGroup) -> WeekGroup:
    return WeekGroup(id=group.id, client=group.client, changes=[_changed(change) for change in group.changes])


def _changed(change: VisitChange) -> VisitChanged:
    return VisitChanged(
        kind=change.kind.value, visit=change.visit.id, before=_then(change.before), after=_then(change.after)
    )


def _then(visit: CareVisit | None) -> VisitThen | None:
    return None if visit is None else VisitThen(day=visit.day, workers=sorted(visit.planned_for))
