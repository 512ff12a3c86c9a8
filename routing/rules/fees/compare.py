"""One ride under the price lists of many municipalities, side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from routing.rules.fees.book import FeeBook
from routing.rules.fees.pricing import quote
from routing.rules.fees.question import FareQuestion
from routing.rules.fees.quote import Quote


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What the ride would cost in one municipality, were it asked there."""

    municipality: str
    quote: Quote

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """Return the lowest and the highest price that can be told; None where there is none without asking."""
        total = self.quote.total
        return self.quote.bounds if total is None else (total, total)

    @property
    def rank(self) -> tuple[bool, bool, Decimal, Decimal, str]:
        """Return what it is sorted by: no list and what has to be asked last, then the prices, then the name."""
        least, most = self.bounds or (Decimal(0), Decimal(0))
        return not self.is_listed, self.bounds is None, least, most, self.municipality

    @property
    def is_listed(self) -> bool:
        """Tell whether the municipality has a list for the service on the day."""
        return self.quote.schedule is not None


def compare(book: FeeBook, question: FareQuestion) -> tuple[Compared, ...]:
    """Price `question` in every municipality that has any list, the cheapest first.

    Prices that lie between two bounds stand by their lower one, those that have to be asked behind them. Municipalities
    without a list for the service on the day come last: their quotes say so.
    """
    names = sorted({s.municipality for s in book.schedules})
    asked = (Compared(municipality=name, quote=quote(book, replace(question, municipality=name))) for name in names)
    return tuple(sorted(asked, key=lambda one: one.rank))
