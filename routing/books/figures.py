"""A figure of a report with the rows behind it, and what figures are counted from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from statistics import fmean
from typing import Final

from routing.books.care_volume import CareVolume, care_volumes
from routing.books.carers import Carers, carers_by_four_weeks
from routing.books.entry import Entry, Trip
from routing.records.model import Client, Records


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure: `value` in `unit` (count, hours, km, minutes, days, share, euros), None where it is not known.

    `name` is a key of the catalogue below `ledger.figure-`. `group` is what it is about: a service, a settlement, a
    worker or a reason, empty for all. `rows` are the keys of the log entries, trips or decisions it was counted from.
    """

    name: str
    value: Decimal | None
    unit: str
    rows: tuple[str, ...]
    group: str = ""

    @property
    def key(self) -> str:
        """Return what names the figure within its report."""
        return f"{self.name}.{self.group}" if self.group else self.name


UNSAID: Final = "–"
"""The group of what nobody has written down: a reason, a settlement."""


@dataclass(frozen=True, kw_only=True)
class Rates:
    """What an hour of work and a kilometre cost the municipality, in euros; None is not known."""

    per_hour: Decimal | None = None
    per_km: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Scope:
    """All that a report is counted from, cut to its days."""

    records: Records
    entries: tuple[Entry, ...]
    trips: tuple[Trip, ...]
    first: date
    last: date
    rates: Rates

    @cached_property
    def clients(self) -> Mapping[str, Client]:
        """Return the clients by id."""
        return {client.id: client for client in self.records.clients}

    @cached_property
    def done(self) -> tuple[Entry, ...]:
        """Return the entries that took place."""
        return tuple(entry for entry in self.entries if entry.is_done)

    @cached_property
    def entry_by_id(self) -> Mapping[str, Entry]:
        """Return the entries by their keys."""
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def volumes(self) -> tuple[CareVolume, ...]:
        """Return what care plans ask for and what became of it, by client and month."""
        return care_volumes(self.records, self.entries, self.first, self.last)

    @cached_property
    def carers(self) -> tuple[Carers, ...]:
        """Return who came to each client in every four weeks."""
        return carers_by_four_weeks(self.records, self.entries, self.first, self.last)

    def settlement(self, entry: Entry) -> str:
        """Return where the client of an entry lives."""
        client = self.clients.get(entry.client)
        return (client.settlement if client else "") or UNSAID


def rows_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the keys of entries, in their order."""
    return tuple(entry.id for entry in entries)


def counted(name: str, value: int, rows: tuple[str, ...], group: str = "") -> Figure:
    """Return a figure that counts."""
    return Figure(name=name, value=Decimal(value), unit="count", rows=rows, group=group)


def shared(name: str, part: Sequence[Entry], whole: Sequence[Entry]) -> Figure:
    """Return the figure of which share of entries a part is."""
    value = decimal(len(part) / len(whole)) if whole else None
    return Figure(name=name, value=value, unit="share", rows=rows_of(whole))


def mean_of(name: str, values: Sequence[int], unit: str, entries: Iterable[Entry], group: str = "") -> Figure:
    """Return the figure of a mean, None where there is nothing to take it of."""
    value = decimal(fmean(values)) if values else None
    return Figure(name=name, value=value, unit=unit, rows=rows_of(entries), group=group)


def decimal(value: float) -> Decimal:
    """Return a number with four decimals."""
    return Decimal(f"{value:.4f}")


def cents(value: Decimal | None) -> Decimal | None:
    """Return an amount to the cent."""
    return None if value is None else value.quantize(Decimal("0.01"))
