"""Offer a plan beside the current one, and accept all or some of what it does otherwise.

Where the day has changed since, what is offered is taken over into the day as it is now, and only what the offer itself
had changed is offered still: what others did meanwhile stays unless it stands in the way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.desk.day_writing import begin_write, keep_plan
from api.desk.laid_out import Days, OpenDay
from api.desk.plan_versions import add_version, get_version, touch
from api.errors import BrokenRulesError, ConflictError, MissingError
from api.store.base import new_id, subject_name
from api.store.history import doing, now
from api.store.plans import Day, PlanVersion, Scenario, ScenarioState, Why
from routing.dispatch.accept import accept
from routing.dispatch.groups import Group, changes
from routing.dispatch.judge import Moved
from routing.findings import Finding
from routing.plan import Plan
from routing.planfile import PlanDocument


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a scenario still offers on the day as it is now.

    `rebased` tells that the day has changed since it was made; `lost` are requests that it had planned and the day as
    it is now cannot have so.
    """

    id: str
    state: ScenarioState
    opened: OpenDay
    offered: Plan
    groups: tuple[Group, ...]
    rebased: bool
    lost: tuple[str, ...]


def offer(
    session: Session, day: dt.date, base: str | None, document: PlanDocument, figures: Mapping[str, Any], by: str
) -> Scenario:
    """Offer a plan; an older offer that is still open is dropped for it."""
    row = session.get(Day, day)
    if row is None:
        raise MissingError(subject_name("day", day))
    for older in _open_ones(session, day):
        with doing(session, "scenario.replace"):
            older.state = ScenarioState.DROPPED.value
    version = add_version(session, row, document, Why.PLAN, figures, current=False)
    made = Scenario(
        id=new_id(),
        day=day,
        base=base,
        offered=version.id,
        state=ScenarioState.OPEN.value,
        by=by,
        at=now(session),
    )
    session.add(made)
    session.flush()
    return made


def day_of(session: Session, scenario: str) -> dt.date:
    """Return which day a scenario is about."""
    return _get(session, scenario).day


def open_offer(days: Days, scenario: str) -> Offer:
    """Return what a scenario offers now; MissingError where there is none."""
    with days.store.session() as session:
        found = _get(session, scenario)
        opened = days.open_in(session, found.day)
        offered = get_version(session, found.offered)
        base = session.get(PlanVersion, found.base) if found.base else None
    plan, before = _plans(days, opened, offered, base)
    with opened.turn:
        rebased = base is not None and opened.current is not None and base.id != opened.current.id
        groups = changes(opened.desk, opened.plan, plan)
        own = {c.request for group in changes(opened.desk, before, plan) for c in group.changes} if rebased else None
    wanted = days.plan_of(offered)
    lost = {step.request for step in wanted.stops_by_step} - {step.request for step in plan.stops_by_step}
    return Offer(
        id=found.id,
        state=ScenarioState(found.state),
        opened=opened,
        offered=plan,
        groups=tuple(group for group in groups if own is None or _is_of(group, own)),
        rebased=rebased or offered.figures.get("mark") != opened.laid.mark,
        lost=tuple(sorted(lost)),
    )


def try_offer(offered: Offer, chosen: Collection[str] | None) -> Moved:
    """Return what accepting the groups named (None: all) comes to.

    BrokenRulesError, which says what else would have to be accepted, where they do not stand; UsageError for a group
    that is not there; ConflictError where the scenario is closed.
    """
    if offered.state is not ScenarioState.OPEN:
        raise ConflictError([Finding(code="plans.scenario-closed")])
    opened = offered.opened
    names = [group.id for group in offered.groups] if chosen is None else list(chosen)
    with opened.turn:
        accepted = accept(opened.desk, opened.plan, offered.offered, names)
    if accepted.plan is None:
        raise BrokenRulesError(accepted.moved.violations, needs=accepted.needs)
    return accepted.moved


def keep_offer(days: Days, session: Session, offered: Offer, seen: int, plan: Plan, chosen: Collection[str]) -> Day:
    """Let the day stand at what was accepted of a scenario, which is then closed."""
    found = _still_open(session, offered.id)
    row = begin_write(session, offered.opened, seen)
    keep_plan(days, session, offered.opened, row, plan, Why.ACCEPT)
    with doing(session, "scenario.accept"):
        found.state = ScenarioState.ACCEPTED.value
    touch(session, row, seen, "plan.accept", scenario=found.id, groups=list(chosen))
    return row


def drop_offer(session: Session, scenario: str, opened: OpenDay, seen: int) -> Day:
    """Throw a scenario away."""
    found = _still_open(session, scenario)
    row = begin_write(session, opened, seen)
    with doing(session, "scenario.drop"):
        found.state = ScenarioState.DROPPED.value
    session.flush()
    return row


def _plans(days: Days, opened: OpenDay, offered: PlanVersion, base: PlanVersion | None) -> tuple[Plan, Plan]:
    """Return the offered plan and the one it was made from as plans of the day as it is now."""

    def as_it_is(version: PlanVersion) -> Plan:
        plan = days.plan_of(version)
        if version.figures.get("mark") == opened.laid.mark:
            return plan
        return days.adopted(opened.desk, opened.turn, plan, version)

    return as_it_is(offered), opened.plan if base is None else as_it_is(base)


def _is_of(group: Group, own: Collection[str]) -> bool:
    return any(change.request in own for change in group.changes)


def _get(session: Session, scenario: str) -> Scenario:
    found = session.get(Scenario, scenario)
    if found is None:
        raise MissingError(subject_name("scenario", scenario))
    return found


def _still_open(session: Session, scenario: str) -> Scenario:
    found = _get(session, scenario)
    if found.state != ScenarioState.OPEN.value:
        raise ConflictError([Finding(code="plans.scenario-closed")])
    return found


def _open_ones(session: Session, day: dt.date) -> list[Scenario]:
    wanted = select(Scenario).where(Scenario.day == day, Scenario.state == ScenarioState.OPEN.value)
    return list(session.scalars(wanted))
