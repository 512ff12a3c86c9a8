"""Make one question of a month's uses of a service that is paid by the month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import TypeAlias

from routing.findings import Severity
from routing.rules.charges.event import Event
from routing.rules.fees.question import FareQuestion
from routing.rules.fees.schedule import Schedule
from routing.rules.remark import Remark, Term, Value

SUMMED = frozenset({"hours", "extra_hours", "visits", "floors", "helps_inside", "cost"})
"""The amounts that add up over a month; the others, such as the weekly hours granted, are the same all month."""

Found: TypeAlias = Schedule | Remark
Asked: TypeAlias = tuple[tuple[str, ...], FareQuestion, Found]
"""The keys of the events that are priced together, what is asked, and the list that prices it or why there is none."""


def whole_months(listed: Sequence[tuple[Event, Found]]) -> Iterator[Asked]:
    """Yield one question for each month of each service, by the day of its first event; events are in order.

    Where the list changes within the month, or what sets the price does, a remark stands in the place of the list.
    """
    by_month = sorted(listed, key=lambda entry: (entry[0].ask.municipality, entry[0].ask.service, entry[0].day))
    for _, group in groupby(by_month, key=lambda entry: (*_owner(entry[0]), entry[0].day.replace(day=1))):
        entries = tuple(group)
        events = tuple(event for event, _ in entries)
        keys = tuple(event.key for event in events)
        lists = [found for _, found in entries]
        ask, differing = _summed(events)
        if any(found != lists[0] for found in lists):
            yield keys, ask, _remark("rules.fee-month-split")
        elif differing:
            what = Term(key=f"rules.measure-{differing[0].replace('_', '-')}")
            yield keys, ask, _remark("rules.fee-month-differs", what=what)
        else:
            yield keys, ask, lists[0]


def _summed(events: Sequence[Event]) -> tuple[FareQuestion, tuple[str, ...]]:
    """Return the first event's question with the month's amounts, and the names of those that differ."""
    asks = [event.ask for event in events]
    names = dict.fromkeys(name for ask in asks for name in sorted(ask.amounts))
    amounts, differing = {}, []
    for name in names:
        values = [ask.amounts[name] for ask in asks if name in ask.amounts]
        if name in SUMMED:
            amounts[name] = sum(values, Decimal(0))
        elif len(set(values)) == 1:
            amounts[name] = values[0]
        else:
            differing.append(name)
    expenses: dict[str, Decimal] = {}
    for ask in asks:
        for name, amount in (ask.expenses or {}).items():
            expenses[name] = expenses.get(name, Decimal(0)) + amount
    return replace(asks[0], amounts=amounts, expenses=expenses), tuple(differing)


def _owner(event: Event) -> tuple[str, str]:
    return event.ask.municipality, event.ask.service.value


def _remark(code: str, **values: Value) -> Remark:
    return Remark(code=code, severity=Severity.WARNING, values=values)
