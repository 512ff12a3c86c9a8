"""What a contractor drove, at the price agreed, held against what he asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from routing.books.entry import Entry, EntryKind

_CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What was agreed with a contractor for the rides of his `vehicles`: euros a ride, a kilometre and an hour."""

    vehicles: frozenset[str]
    per_ride: Decimal = Decimal(0)
    per_km: Decimal = Decimal(0)
    per_hour: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class ControlLine:
    """One ride of a contractor: kilometres by road and as driven, the agreed price, and what he asks for.

    `agreed` is None where the kilometres that it depends on are not known; `asked` where his invoice has no such ride.
    A ride on his invoice that the log does not know as done has no `day`.
    """

    entry: str
    day: date | None
    vehicle: str
    planned_metres: int | None
    actual_metres: int | None
    agreed: Decimal | None
    asked: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Return what he asks for above the agreed price; None where one of the two is missing."""
        return None if self.asked is None or self.agreed is None else self.asked - self.agreed

    @property
    def is_doubtful(self) -> bool:
        """Tell whether somebody has to look at it."""
        return self.day is None or self.agreed is None or (self.asked is not None and self.asked != self.agreed)


@dataclass(frozen=True, kw_only=True)
class ControlSum:
    """What a contractor's rides come to, in euros as far as they are known; `doubtful` lines want a look."""

    rides: int
    agreed: Decimal
    asked: Decimal | None
    doubtful: int


def control_sum(lines: Iterable[ControlLine]) -> ControlSum:
    """Return what lines come to; `asked` is None where there is no invoice."""
    known = tuple(lines)
    asked = [line.asked for line in known if line.asked is not None]
    return ControlSum(
        rides=sum(line.day is not None for line in known),
        agreed=sum((line.agreed for line in known if line.agreed is not None), Decimal("0.00")),
        asked=sum(asked, Decimal("0.00")) if asked else None,
        doubtful=sum(line.is_doubtful for line in known),
    )


def control_list(
    entries: Iterable[Entry], agreement: Agreement, first: date, last: date, asked: Mapping[str, Decimal] | None = None
) -> tuple[ControlLine, ...]:
    """Return every ride of the contractor's vehicles from `first` to `last`, and what is on his invoice besides.

    `asked` are the amounts of his invoice by log entry, where there is one.
    """
    invoice = dict(asked or {})
    done = sorted((entry for entry in entries if _is_his(entry, agreement, first, last)), key=_order)
    lines = [_line(entry, agreement, invoice.pop(entry.id, None)) for entry in done]
    return (*lines, *(_stranger(name, amount) for name, amount in sorted(invoice.items())))


def _is_his(entry: Entry, agreement: Agreement, first: date, last: date) -> bool:
    is_ride = entry.kind is EntryKind.RIDE and entry.is_done
    return is_ride and entry.vehicle in agreement.vehicles and first <= entry.day <= last


def _order(entry: Entry) -> tuple[date, int, str]:
    return entry.day, entry.planned_begin or 0, entry.id


def _line(entry: Entry, agreement: Agreement, asked: Decimal | None) -> ControlLine:
    return ControlLine(
        entry=entry.id,
        day=entry.day,
        vehicle=entry.vehicle,
        planned_metres=entry.planned_metres,
        actual_metres=entry.actual_metres,
        agreed=_agreed(entry, agreement),
        asked=asked,
    )


def _agreed(entry: Entry, agreement: Agreement) -> Decimal | None:
    if agreement.per_km and entry.metres is None:
        return None
    km, hours = Decimal(entry.metres or 0) / 1000, Decimal(entry.seconds) / 3600
    price = agreement.per_ride + agreement.per_km * km + agreement.per_hour * hours
    return price.quantize(_CENT, ROUND_HALF_UP)


def _stranger(name: str, asked: Decimal) -> ControlLine:
    return ControlLine(
        entry=name, day=None, vehicle="", planned_metres=None, actual_metres=None, agreed=None, asked=asked
    )
