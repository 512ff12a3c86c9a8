"""What a client has used of a list's allowances, quotas and caps, by day, and its sums over month, quarter and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, TypeAlias

Span: TypeAlias = Literal["month", "quarter", "year"]
"""The length of time over which something is counted; it begins on its first calendar day, nothing is carried over."""

RIDES: Final = "rides"
"""What every charge of a ride uses one of."""


@dataclass(frozen=True, kw_only=True)
class Use:
    """On `day` so many `units` of a `pool` were used; None where something unknown decides how many."""

    day: date
    pool: str
    units: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What one client has used of one service's pools."""

    uses: tuple[Use, ...] = ()

    def total(self, pool: str, span: Span, day: date) -> Decimal | None:
        """Return what was used of `pool` in the span that `day` lies in; None where some of it is not known."""
        total = Decimal(0)
        for use in self.uses:
            if use.pool == pool and start_of(span, use.day) == start_of(span, day):
                if use.units is None:
                    return None
                total += use.units
        return total

    def plus(self, day: date, units: Mapping[str, Decimal | None]) -> Ledger:
        """Return the ledger with what was used on `day` of each pool."""
        more = (Use(day=day, pool=pool, units=amount) for pool, amount in sorted(units.items()) if amount != 0)
        return Ledger(uses=(*self.uses, *more))


def start_of(span: Span, day: date) -> date:
    """Return the first day of the month, quarter or year that `day` lies in."""
    match span:
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        case "year":
            return date(day.year, 1, 1)
