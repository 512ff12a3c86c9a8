"""What the care plans ask of one week: how often each recurring visit is still due, and on which days it may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from routing.records.model import CarePlan, CareSlot, CareVisit, Client, ClientState, Records
from routing.records.spacing import room_for

WEEK = 7


class Lack(StrEnum):
    """Why visits of a care plan are not made in a week."""

    PAUSE = "pause"
    VALIDITY = "validity"
    DAYS = "days"
    AWAY = "away"
    MONTH = "month"
    SKILL = "skill"
    FORBIDDEN = "forbidden"
    OFF_DUTY = "off-duty"
    ABSENT = "absent"
    WINDOW = "window"
    UNREACHABLE = "unreachable"
    CREW = "crew"
    FULL = "full"


@dataclass(frozen=True, kw_only=True)
class Demand:
    """One recurring visit in one week.

    `due` visits are still to be placed on `days`; `given` are those that the records have on a date of this week
    already. `closed` visits cannot be made on any day, for the reason `why`. `near` are the dates around the week on
    which the records have a visit, for the distance to them.
    """

    slot: CareSlot
    plan: CarePlan
    client: Client
    due: int
    days: tuple[date, ...]
    given: int = 0
    closed: int = 0
    why: Lack | None = None
    near: tuple[date, ...] = ()


def monday_of(day: date) -> date:
    """Return the Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def demands_of(records: Records, first: date) -> tuple[Demand, ...]:
    """Return what is asked of the week of `first`, from that day to Sunday."""
    plans = {plan.id: plan for plan in records.care_plans}
    clients = {client.id: client for client in records.clients}
    found = []
    for slot in records.care_slots:
        plan = plans[slot.plan]
        if is_due(slot, plan, first):
            found.append(_demand(records, slot, plan, clients[plan.client], first))
    return tuple(demand for demand in found if demand is not None)


def is_due(slot: CareSlot, plan: CarePlan, day: date) -> bool:
    """Tell whether a recurring visit is due in the week of `day`, counted from the plan's first week."""
    weeks = (monday_of(day) - monday_of(plan.valid_from)).days // WEEK
    return weeks >= 0 and weeks % slot.every_weeks == 0


def week_days(first: date) -> tuple[date, ...]:
    """Return the days from `first` to the end of its week."""
    return tuple(first + timedelta(days=ahead) for ahead in range(WEEK - first.weekday()))


def _demand(records: Records, slot: CareSlot, plan: CarePlan, client: Client, first: date) -> Demand | None:
    allowed = [day for day in week_days(monday_of(first)) if not slot.weekdays or day.isoweekday() in slot.weekdays]
    valid = [day for day in allowed if plan.valid_from <= day and (plan.valid_to is None or day <= plan.valid_to)]
    near = tuple(sorted({visit.day for visit in _dated(records, slot) if abs((visit.day - first).days) <= 2 * WEEK}))
    given = sum(monday_of(visit.day) == monday_of(first) for visit in _dated(records, slot))
    asked = slot.times - given
    if not valid or asked <= 0:
        return None
    open_days = [day for day in valid if day >= first and not is_paused(records, client, day)]
    days = tuple(day for day in open_days if all(abs((day - other).days) >= slot.days_apart for other in near))
    due = min(asked, slot.per_day * room_for([day.toordinal() for day in days], slot.days_apart))
    why = _why_closed(records, slot, client, valid, first) if due < asked else None
    return Demand(
        slot=slot,
        plan=plan,
        client=client,
        due=due,
        days=days,
        given=given,
        closed=asked - due,
        why=why,
        near=near,
    )


def _dated(records: Records, slot: CareSlot) -> Iterator[CareVisit]:
    return (visit for visit in records.visits if visit.care_slot == slot.id)


def is_paused(records: Records, client: Client, day: date) -> bool:
    """Tell whether a client needs nobody on `day`."""
    if client.state is not ClientState.ACTIVE:
        return True
    return any(pause.client == client.id and pause.first <= day <= pause.last for pause in records.pauses)


def _why_closed(records: Records, slot: CareSlot, client: Client, valid: Iterable[date], first: date) -> Lack:
    """Return the reason why fewer days are open than the recurring visit needs."""
    days = list(valid)
    if client.state is not ClientState.ACTIVE:
        return Lack.AWAY
    if any(is_paused(records, client, day) for day in days if day >= first):
        return Lack.PAUSE
    whole = {day.isoweekday() for day in days}
    return Lack.VALIDITY if slot.weekdays - whole or (not slot.weekdays and len(whole) < WEEK) else Lack.DAYS
