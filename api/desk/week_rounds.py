"""What a change of a week does to the rounds of its days: those that stand stay, what is new goes in where it fits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from api.desk.laid_out import Days, OpenDay
from api.desk.week_change import ChangedDay
from api.errors import BrokenRulesError
from routing.dispatch.adopt import adopt
from routing.dispatch.desk import Desk
from routing.dispatch.judge import Moved
from routing.dispatch.move import move
from routing.plan import Plan
from routing.problem import Visit
from routing.records.model import Records
from routing.solver.urgent import insert


def days_after(
    days: Days,
    session: Session,
    records: Records,
    dates: Collection[dt.date],
    *,
    offered: Mapping[dt.date, Plan] | None = None,
    again: bool = False,
) -> tuple[ChangedDay, ...]:
    """Return some days with other records and the rounds they then have; days without any rounds stay without.

    A day that nobody has planned gets the rounds `offered`; one that has a plan keeps it, and the visits that are new
    there go in where they fit. With `again` the rounds offered take the place of those that stand, since they were made
    of them.
    """
    found = []
    for date in sorted(dates):
        opened = days.open_in(session, date)
        rounds = (offered or {}).get(date)
        if opened.current is None and rounds is None:
            continue
        after = days.with_records(opened, records)
        fresh = rounds is not None and (again or opened.current is None)
        base = rounds if rounds is not None and fresh else after.plan
        known = frozenset[str]() if fresh else frozenset(opened.day.problem.request_by_id)
        found.append(ChangedDay(opened=after, plan=_filled(after, base, known)))
    return tuple(found)


def _filled(after: OpenDay, base: Plan, known: Collection[str]) -> Plan:
    """Return rounds for a day as it then is, with the visits in them that it did not have before."""
    with after.turn:
        plan = adopt(after.desk, base)
        for request in plan.unassigned:
            if request not in known and isinstance(after.day.problem.request_by_id[request], Visit):
                plan = insert(after.desk.problem, after.day.matrix, plan, request) or plan
    return plan


def put_on_round(day: ChangedDay, visit: str, workers: frozenset[str]) -> ChangedDay:
    """Return a day with a visit on the round of whoever it was given to; BrokenRulesError where that breaks a rule.

    A visit for several people stays where it was put: who makes it together is for the day's board.
    """
    opened, plan = day.opened, day.plan
    if plan is None or len(workers) != 1 or visit not in opened.day.problem.request_by_id:
        return day
    shifts = [shift.id for shift in opened.day.problem.shifts if shift.worker in workers]
    here = {shift for step, served in plan.stops_by_step.items() if step.request == visit for shift, _ in served}
    if not shifts or here & set(shifts):
        return day
    with opened.turn:
        tried = [_tried(opened.desk, plan, visit, shift) for shift in shifts]
    made = next((moved.plan for moved in tried if moved.plan is not None), None)
    if made is None:
        raise BrokenRulesError(tried[0].violations)
    return replace(day, plan=made)


def _tried(desk: Desk, plan: Plan, visit: str, shift: str) -> Moved:
    return move(desk, plan, visit, shift)
