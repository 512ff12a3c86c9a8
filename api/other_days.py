"""The days to which a visit that may be moved within the week could go instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from routing.day.build import Day, build_day
from routing.plan import Plan
from routing.records.model import Records
from routing.review.remedies import OtherDay, OtherDays
from routing.rules.calendar import working_days_after
from routing.solver.budget import Budget
from routing.solver.solve import solve

DAYS = 5
"""How many working days ahead are looked at."""
_BUDGET = Budget(seconds=5, iterations=1)


def other_days(day: Day) -> OtherDays:
    """Return a look at the next working days; each is planned at most once, and only when a visit asks for it.

    The other day's plan is a first one, without long search: it shows that there is room, not where it is best.
    """

    @cache
    def plan_without(when: date) -> Plan:
        own = build_day(day.records, day.network, when)
        return solve(own.problem, own.matrix, budget=_BUDGET).plan

    def days(visit: str) -> Iterator[OtherDay]:
        for ahead in range(1, DAYS + 1):
            when = working_days_after(day.day, ahead)
            moved = build_day(_moved(day.records, visit, when), day.network, when)
            plan = plan_without(when)
            plan = replace(plan, unassigned=(*plan.unassigned, visit))
            yield OtherDay(date=when, problem=moved.problem, matrix=moved.matrix, plan=plan)

    return days


def _moved(records: Records, visit: str, when: date) -> Records:
    moved = (replace(record, day=when) if record.id == visit else record for record in records.visits)
    return replace(records, visits=tuple(moved))
