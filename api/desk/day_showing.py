"""Show a day of the store: one view for the board, the API and whoever else asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.day_view import (
    DayFigures,
    DayShown,
    GateShown,
    JobShown,
    LockShown,
    OfferShown,
    PublishShown,
    UnassignedShown,
    VersionShown,
)
from api.desk.explaining import known_remedies, reason_of
from api.desk.laid_out import Days, OpenDay
from api.desk.plan_versions import undone
from api.desk.round_view import per_cent, rounds_shown
from api.desk.undriven import undriven_rounds
from api.drawing import view_of_day
from api.labels import labels_of, short_name
from api.store.jobs import Job, JobKind, JobState
from api.store.plans import PlanVersion, Scenario, ScenarioState
from api.wording import say
from routing.day.subjects import Subject
from routing.dispatch.locks import LockKind
from routing.dispatch.publishing import GateReason, may_publish, reasons_not_to_publish
from routing.problem import Request, TimeWindow, Visit
from routing.review.labels import Labels
from routing.review.metrics import PlanFigures, figures

OPEN_JOBS = (JobState.QUEUED.value, JobState.RUNNING.value)
_SUMS = ("visits", "rides", "metres", "paid", "driving", "service", "waiting", "overtime", "late", "lateness")


def show_day(days: Days, opened: OpenDay, session: Session, lang: str, *, lines: bool = False) -> DayShown:
    """Return what the board shows of an open day in `lang`; with `lines` the ways along the roads too."""
    drawn = view_of_day(opened.day, opened.plan, (), lang, roads=lines)
    sums: PlanFigures = days.notes.get(
        ("figures", *opened.key), lambda: figures(opened.day.problem, opened.day.matrix, opened.plan)
    )
    shown = figures_shown(opened, sums)
    labels = labels_of(opened.day, lang)
    return DayShown(
        date=opened.date,
        version=opened.version,
        title=drawn.title,
        lang=lang,
        plan=_version(opened.current),
        published=_version(opened.published),
        is_published=_is_same(opened.current, opened.published) and not opened.outdated,
        outdated=opened.outdated,
        can_undo=opened.current is not None and opened.current.parent is not None,
        can_redo=undone(session, opened.date, opened.current) is not None,
        rounds=list(rounds_shown(opened, drawn, sums.shifts)),
        unassigned=list(_unassigned(days, opened, labels, lang)),
        figures=shown,
        change=_change(shown, opened.published),
        locks=[LockShown(kind=lock.kind, subject=lock.subject, at=lock.at) for lock in opened.locks],
        scenario=_offer(session, opened),
        job=_job(session, opened),
        publish=publish_shown(days.notes.get(("gate", *opened.key), lambda: gate(opened)), labels, lang),
        findings=len(opened.day.findings),
    )


def figures_shown(opened: OpenDay, sums: PlanFigures) -> DayFigures:
    """Return the key figures of the day as the board shows them."""
    with opened.turn:
        points = opened.desk.cost(opened.plan).total
    return DayFigures(
        **{name: getattr(sums, name) for name in _SUMS},
        unassigned=len(opened.plan.unassigned),
        unfamiliar=sums.unfamiliar,
        filled=per_cent(sums.filled),
        points=points,
    )


def gate(opened: OpenDay) -> tuple[GateReason, ...]:
    """Return what stands in the way of publishing the plan as it is."""
    made_from = opened.current.figures.get("mark") if opened.current else None
    with opened.turn:
        return reasons_not_to_publish(
            opened.desk,
            opened.plan,
            made_from=made_from,
            records=opened.laid.mark,
            undriven=undriven_rounds(opened.laid, opened.made),
        )


def publish_shown(found: tuple[GateReason, ...], labels: Labels, lang: str) -> PublishShown:
    """Return the reasons not to publish in words."""
    return PublishShown(
        may=may_publish(found),
        reasons=[
            GateShown(
                code=f"check.{reason.violation.code}" if reason.violation else f"dispatch.gate-{reason.code.value}",
                blocks=reason.blocks,
                request=reason.request,
                shift=reason.shift,
                sentence=reason.sentence(lang, labels),
                action=reason.action(lang, labels),
            )
            for reason in found
        ],
    )


def show_job(job: Job) -> JobShown:
    """Return a job as it is told about."""
    told: Mapping[str, Any] = job.progress or {}
    return JobShown(
        id=job.id,
        day=job.day,
        state=job.state,
        stage=str(told.get("stage", "")),
        points=told.get("points"),
        unassigned=told.get("unassigned"),
        seconds=told.get("seconds"),
        share=told.get("share"),
        budget_seconds=float(job.asked.get("seconds", 0)),
        wished_stop=job.wished_stop,
        scenario=job.scenario,
        fault=job.fault or "",
        at=job.at,
    )


def _version(version: PlanVersion | None) -> VersionShown | None:
    if version is None:
        return None
    return VersionShown(id=version.id, number=version.number, why=version.why, at=version.at)


def _is_same(one: PlanVersion | None, other: PlanVersion | None) -> bool:
    return one is not None and other is not None and one.id == other.id


def _offer(session: Session, opened: OpenDay) -> OfferShown | None:
    wanted = select(Scenario).where(Scenario.day == opened.date, Scenario.state == ScenarioState.OPEN.value)
    found = session.scalars(wanted.order_by(Scenario.at.desc())).first()
    return None if found is None else OfferShown(id=found.id, at=found.at)


def _job(session: Session, opened: OpenDay) -> JobShown | None:
    wanted = select(Job).where(Job.day == opened.date, Job.kind == JobKind.PLAN.value, Job.state.in_(OPEN_JOBS))
    found = session.scalars(wanted.order_by(Job.at.desc())).first()
    return None if found is None else show_job(found)


def _change(shown: DayFigures, published: PlanVersion | None) -> dict[str, int | float] | None:
    """Return what the figures have more than those kept with the published plan."""
    kept: Mapping[str, Any] | None = published.figures.get("sums") if published else None
    if kept is None:
        return None
    now = shown.model_dump()
    return {
        name: round(now[name] - kept[name], 1) for name in now if now[name] is not None and kept.get(name) is not None
    }


def _unassigned(days: Days, opened: OpenDay, labels: Labels, lang: str) -> Iterator[UnassignedShown]:
    for name in opened.plan.unassigned:
        request, subject = opened.day.problem.request_by_id[name], opened.day.subjects[name]
        place = opened.day.problem.place_by_id[request.place if isinstance(request, Visit) else request.pickup.place]
        yield UnassignedShown(
            request=name,
            kind=_kind(request, subject),
            client=subject.client.id,
            label=short_name(subject.client.name),
            settlement=subject.client.settlement,
            lat=place.lat,
            lon=place.lon,
            priority=request.priority.value,
            seconds=request.duration if isinstance(request, Visit) else request.pickup.duration,
            windows=[(window.earliest, window.latest) for window in _windows(request)],
            locked=opened.is_locked(LockKind.REQUEST, name),
            reason=_reason(days, opened, name, labels, lang),
            remedies=known_remedies(days, opened, name, labels, lang),
        )


def _kind(request: Request, subject: Subject) -> str:
    if isinstance(request, Visit):
        return "visit"
    return "return" if subject.is_return else "ride"


def _windows(request: Request) -> tuple[TimeWindow, ...]:
    return request.windows if isinstance(request, Visit) else request.pickup.windows


def _reason(days: Days, opened: OpenDay, request: str, labels: Labels, lang: str) -> str:
    if not opened.plan.routes:
        return say("plans.not-planned-yet", lang)
    return reason_of(days, opened, request).reason(lang, labels)
