"""What the rules have to say about a day: they warn, and never refuse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from routing.day.build import Day
from routing.day.shifts import shifts_of
from routing.findings import Finding, Severity
from routing.plan import Plan, Route, StopKind
from routing.problem import Shift
from routing.records.model import Origin, RideRequest
from routing.rules.background_check import judge_background_check
from routing.rules.entitlement import judge_entitlement
from routing.rules.notice import judge_notice, rule_of
from routing.rules.remark import Remark
from routing.rules.working_time import Interval, judge_breaks, judge_daily_rest, judge_shift_length, judge_working_day

DAY = 86_400
"""Seconds from one midnight to the next, by the clock on the wall."""


def remarks_before(day: Day) -> tuple[Finding, ...]:
    """Return the warnings that stand whatever the plan: decisions, notice, background checks."""
    return tuple(
        f for f in (*_decisions(day), *_notices(day), *_checks(day), *_rests(day)) if f.severity is not Severity.NOTE
    )


def remarks_after(day: Day, plan: Plan) -> tuple[Finding, ...]:
    """Return the warnings about a plan's working times."""
    return tuple(finding for route in plan.routes for finding in _working_times(day, route))


def _decisions(day: Day) -> Iterator[Finding]:
    for subject in day.subjects.values():
        if not subject.is_return:
            verdict = judge_entitlement(day.records.decisions, subject.client.id, subject.service, day.day)
            yield _at(verdict.remark, subject.record.origin, subject.request)


def _notices(day: Day) -> Iterator[Finding]:
    rule = rule_of(day.records.municipality)
    for subject in day.subjects.values():
        record = subject.record
        if isinstance(record, RideRequest) and not subject.is_return and record.requested_on is not None:
            verdict = judge_notice(day.day, record.requested_on, rule)
            yield _at(verdict.remark, record.origin, subject.request)


def _checks(day: Day) -> Iterator[Finding]:
    interval = day.records.municipality.background_check_days
    working = {shift.worker for shift in day.problem.shifts}
    for worker in day.records.workers:
        if worker.id in working:
            verdict = judge_background_check(worker.id, worker.background_check, day.day, interval)
            yield _at(verdict.remark, worker.origin, worker.id)


def _rests(day: Day) -> Iterator[Finding]:
    """Yield what is to be said of the rest between today's hours and those of the days beside it."""
    hours: dict[str, list[Interval]] = {}
    for offset in (-1, 0, 1):
        beside: dict[str, list[Shift]] = {}
        for shift in shifts_of(day.records, day.day + timedelta(days=offset))[0]:
            beside.setdefault(shift.worker, []).append(shift)
        for worker, own in beside.items():  # two shifts of one day are one working day with a pause
            start, end = min(shift.earliest for shift in own), max(shift.latest for shift in own)
            hours.setdefault(worker, []).append(Interval(start=start + offset * DAY, end=end + offset * DAY))
    for worker in sorted({shift.worker for shift in day.problem.shifts}):
        for remark in judge_daily_rest(hours[worker], worker=worker):
            yield remark.finding(file="shifts", field=worker)


def _working_times(day: Day, route: Route) -> Iterator[Finding]:
    worker = day.problem.shift_by_id[route.shift].worker
    whole = Interval(start=route.stops[0].departure, end=route.stops[-1].arrival)
    pauses = [Interval(start=s.start, end=s.departure) for s in route.stops if s.kind is StopKind.BREAK]
    found = [
        *judge_breaks(whole, pauses, worker=worker),
        *judge_shift_length(whole, worker=worker),
        *judge_working_day(route.work, day.day, worker=worker),
    ]
    for remark in found:
        yield remark.finding(file="shifts", field=route.shift)


def _at(remark: Remark, origin: Origin, name: str) -> Finding:
    """Return a remark about a whole row, which goes by its id."""
    return remark.finding(file=origin.file, row=origin.row, field=name)
