"""What care plans grant each client in one week, and what the dated visits of that week give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from routing.records.model import Records
from routing.weeks.demand import is_due, week_days


def granted(records: Records, monday: date) -> Mapping[str, int]:
    """Return the seconds of care that plans grant each client in the week of `monday`, pauses and all."""
    plans = {plan.id: plan for plan in records.care_plans}
    found: dict[str, int] = defaultdict(int)
    for slot in records.care_slots:
        plan = plans[slot.plan]
        ended = plan.valid_to is not None and plan.valid_to < monday
        if is_due(slot, plan, monday) and not ended:
            found[plan.client] += slot.times * slot.duration
    return found


def given(records: Records, monday: date) -> Mapping[str, int]:
    """Return the seconds of care that dated visits of care plans give each client in the week of `monday`."""
    days, found = frozenset(week_days(monday)), defaultdict[str, int](int)
    for visit in records.visits:
        if visit.day in days and visit.care_slot is not None:
            found[visit.client] += visit.duration
    return found
