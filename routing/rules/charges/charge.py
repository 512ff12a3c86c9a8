"""Charge a client's uses of the services over months and years.

Events are charged in the order of their days, so that what is free first is free for whoever rode first; the order they
are given in does not matter. Counters of allowances, quotas and caps begin anew with each month, quarter and year. A
service that is paid by the month is charged once for all its events of a month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TypeAlias

from routing.records.model import Service
from routing.rules.charges.event import Event, in_order
from routing.rules.charges.month import Asked, whole_months
from routing.rules.fees.book import FeeBook
from routing.rules.fees.line import Line
from routing.rules.fees.pricing import price
from routing.rules.fees.question import FareQuestion
from routing.rules.fees.quote import Quote
from routing.rules.fees.schedule import Schedule
from routing.rules.fees.uses import Ledger
from routing.rules.remark import Remark

Ledgers: TypeAlias = Mapping[tuple[str, str, Service], Ledger]
"""What has been used of allowances, by client, municipality and service."""


@dataclass(frozen=True, kw_only=True)
class Charge:
    """What some events of a client cost together: one ride or visit, or all of a month where the list says so."""

    client: str
    events: tuple[str, ...]
    day: date
    service: Service
    quote: Quote

    @property
    def amount(self) -> Decimal | None:
        """Return the price in euros; None where something unknown decides it."""
        return self.quote.total

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the lines that make the price, or those that are known whatever the unknown turns out to be."""
        return self.quote.lines


@dataclass(frozen=True, kw_only=True)
class Charges:
    """Charges in order, and the ledgers as they stand after them."""

    charges: tuple[Charge, ...] = ()
    ledgers: Ledgers = field(default_factory=dict)

    @property
    def total(self) -> Decimal | None:
        """Return the sum of all charges in euros, which is that of their lines; None where one is not known."""
        amounts = [charge.amount for charge in self.charges]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Decimal("0.00")) if len(known) == len(amounts) else None

    @property
    def known_part(self) -> Decimal:
        """Return the sum of the charges that are known."""
        return sum((c.amount for c in self.charges if c.amount is not None), Decimal("0.00"))

    @property
    def to_ask(self) -> tuple[Charge, ...]:
        """Return the charges whose price has to be asked."""
        return tuple(charge for charge in self.charges if charge.amount is None)


def charge(book: FeeBook, events: Iterable[Event], *, before: Ledgers | None = None) -> Charges:
    """Charge `events` by the lists that hold on their days; `before` are the ledgers of all earlier events.

    Events may be of several clients. Charging month after month, each time with the ledgers of the month before, comes
    to what charging everything at once does.
    """
    ledgers = dict(before or {})
    charges: list[Charge] = []
    for client, own in groupby(in_order(events), key=lambda event: event.client):
        for keys, ask, schedule in sorted(_asked(book, tuple(own)), key=lambda asked: asked[1].day):
            owner = (client, ask.municipality, ask.service)
            ledger = ledgers.get(owner, Ledger())
            quote = _quote(schedule, replace(ask, before=ledger))
            ledgers[owner] = ledger.plus(ask.day, quote.uses)
            charges.append(Charge(client=client, events=keys, day=ask.day, service=ask.service, quote=quote))
    return Charges(charges=tuple(charges), ledgers=ledgers)


def _asked(book: FeeBook, events: tuple[Event, ...]) -> Iterator[Asked]:
    """Yield what is priced together, with its list or why there is none: single events first, then whole months."""
    listed = [(event, book.on(event.ask.municipality, event.ask.service, event.day)) for event in events]
    monthly = {(e.ask.municipality, e.ask.service, e.day.replace(day=1)) for e, found in listed if _is_monthly(found)}
    whole = []
    for event, found in listed:
        if (event.ask.municipality, event.ask.service, event.day.replace(day=1)) in monthly:
            whole.append((event, found))
        else:
            yield (event.key,), event.ask, found
    yield from whole_months(whole)


def _is_monthly(found: Schedule | Remark) -> bool:
    return isinstance(found, Schedule) and found.period == "month"


def _quote(schedule: Schedule | Remark, ask: FareQuestion) -> Quote:
    return Quote(question=ask, unknowns=(schedule,)) if isinstance(schedule, Remark) else price(schedule, ask)
