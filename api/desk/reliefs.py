"""Reliefs of single clients: what each has let her off so far, and what is used up of allowances, quotas and caps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from api.desk.log_entries import entries_between
from api.desk.municipality import open_municipality, open_municipality_fees
from api.desk.records import record_set
from routing.books.charging import Pricing
from routing.records.model import ReliefRecord
from routing.rules.charges.charge import Charge, Charges
from routing.rules.fees.uses import Ledger, Span, start_of

SPANS: Final[tuple[Span, ...]] = ("month", "quarter", "year")
_RULE: Final = "relief"


class ReliefState(StrEnum):
    """Whether a relief holds on a day."""

    COMING = "coming"
    HOLDS = "holds"
    OVER = "over"


@dataclass(frozen=True, kw_only=True)
class Used:
    """What a client has used of a pool that a list counts: units by span, None where some of it is not known."""

    service: str
    pool: str
    units: Mapping[Span, Decimal | None]


@dataclass(frozen=True, kw_only=True)
class ReliefShown:
    """A relief: its record by `key`, whether it holds, what it took off so far, and what its client has used up."""

    key: str
    record: ReliefRecord
    state: ReliefState
    saved: Mapping[Span, Decimal]
    used: tuple[Used, ...]


def list_reliefs(session: Session, today: dt.date) -> tuple[ReliefShown, ...]:
    """Return every relief by client, counted in the month, the quarter and the year that `today` lies in."""
    records = open_municipality(session).records
    keys = [row.key for row in record_set(session).rows.get("reliefs", ())]
    pricing = Pricing(records=records, book=open_municipality_fees(session)[0])
    made = pricing.charged(entries_between(session, dt.date(today.year, 1, 1), dt.date(today.year, 12, 31)))
    shown = (
        ReliefShown(
            key=keys[(record.origin.row or 2) - 2],
            record=record,
            state=_state(record, today),
            saved={span: _saved(record, made.charges, span, today) for span in SPANS},
            used=tuple(_used(record, made, today)),
        )
        for record in records.reliefs
    )
    return tuple(sorted(shown, key=lambda one: (one.record.client, one.record.first, one.record.act)))


def _state(record: ReliefRecord, today: dt.date) -> ReliefState:
    if today < record.first:
        return ReliefState.COMING
    return ReliefState.OVER if record.last is not None and record.last < today else ReliefState.HOLDS


def _saved(record: ReliefRecord, charges: Iterable[Charge], span: Span, today: dt.date) -> Decimal:
    """Return what the relief took off in a span; one that shares a line with another counts all of it."""
    total = Decimal("0.00")
    for charge in charges:
        if charge.client == record.client and start_of(span, charge.day) == start_of(span, today):
            lines = (line for line in charge.lines if line.rule == _RULE and record.act in str(line.values.get("act")))
            total -= sum((line.amount for line in lines if line.amount is not None), Decimal(0))
    return total


def _used(record: ReliefRecord, made: Charges, today: dt.date) -> Iterator[Used]:
    for (client, _, service), ledger in sorted(made.ledgers.items(), key=lambda item: item[0]):
        if client == record.client and record.service in {None, service}:
            for pool in dict.fromkeys(use.pool for use in ledger.uses):
                yield Used(service=service.value, pool=pool, units=_units(ledger, pool, today))


def _units(ledger: Ledger, pool: str, today: dt.date) -> Mapping[Span, Decimal | None]:
    return {span: ledger.total(pool, span, today) for span in SPANS}
