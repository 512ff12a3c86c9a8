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
    def rank(self) -> tuple[bool, Decimal, Decimal, str]:
        """Return what it is sorted by: what has to be asked last, then the prices, then the name."""
        least, most = self.bounds or (Decimal(0), Decimal(0))
        return self.bounds is None, least, most, self.municipality


def compare(book: FeeBook, question: FareQuestion) -> tuple[Compared, ...]:
    """Price `question` in every municipality that has a list for its service on its day, the cheapest first.

    Prices that lie between two bounds stand by their lower one, those that have to be asked at the end.
    """
    names = sorted({s.municipality for s in book.schedules if s.service is question.service})
    asked = (Compared(municipality=name, quote=quote(book, replace(question, municipality=name))) for name in names)
    return tuple(sorted((one for one in asked if one.quote.schedule is not None), key=lambda one: one.rank))
