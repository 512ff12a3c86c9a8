"""Rules between care plans, their recurring visits and the visits of single days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Final

from routing.findings import Finding
from routing.records.model import CarePlan, CareSlot, CareVisit
from routing.records.reporting import doubt

_WEEKS_OF_A_MONTH: Final = Fraction(31, 7)
"""The longest month in weeks: a volume by the month should hold what such a month asks for."""


def volume_doubts(plans: Sequence[CarePlan], slots: Sequence[CareSlot]) -> Iterator[Finding]:
    """Doubt plans whose visits make up another volume than is granted, and versions that hold on the same day."""
    for plan in plans:
        own = [slot for slot in slots if slot.plan == plan.id]
        asked = weekly_seconds(own)
        if not own:
            yield doubt(plan, "records.plan-without-visits", "id", plan.id)
        elif plan.weekly is not None and asked != plan.weekly:
            yield doubt(plan, "records.plan-volume-differs", "weekly", _minutes(plan.weekly), visits=_minutes(asked))
        elif plan.monthly is not None and asked * _WEEKS_OF_A_MONTH > plan.monthly:
            month = asked * _WEEKS_OF_A_MONTH
            yield doubt(plan, "records.plan-month-too-small", "monthly", _minutes(plan.monthly), visits=_minutes(month))
    for one, other in combinations(plans, 2):
        if (one.client, one.service) == (other.client, other.service) and _overlap(one, other):
            yield doubt(other, "records.plans-overlap", "valid_from", other.id, other=one.id)


def slot_doubts(visits: Sequence[CareVisit], slots: Sequence[CareSlot], plans: Sequence[CarePlan]) -> Iterator[Finding]:
    """Doubt visits that stand for a recurring visit of somebody else."""
    clients = {plan.id: plan.client for plan in plans}
    owners = {slot.id: clients[slot.plan] for slot in slots}
    for visit in visits:
        if visit.care_slot is not None and owners[visit.care_slot] != visit.client:
            yield doubt(visit, "records.slot-elsewhere", "care_slot", visit.care_slot)


def weekly_seconds(slots: Sequence[CareSlot]) -> Fraction:
    """Return the seconds of care that recurring visits make up in a week, on average."""
    return sum((Fraction(slot.times * slot.duration, slot.every_weeks) for slot in slots), Fraction(0))


def _overlap(one: CarePlan, other: CarePlan) -> bool:
    starts_before_end = other.valid_to is None or one.valid_from <= other.valid_to
    return starts_before_end and (one.valid_to is None or other.valid_from <= one.valid_to)


def _minutes(seconds: int | Fraction) -> str:
    return f"{float(seconds) / 60:g}"
