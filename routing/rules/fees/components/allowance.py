"""A price per unit beyond what is free in a month, quarter or year: 500 kilometres a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from routing.rules.fees.components.component import Price, When, stated
from routing.rules.fees.conventions import STRICT, Measured
from routing.rules.fees.line import Line
from routing.rules.fees.measures import MEASURES
from routing.rules.fees.readings import Situation
from routing.rules.fees.uses import Span


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """Charge `price` for each unit of `per` beyond the first `free` of the `span`.

    Lines with the same `pool` share what is free, such as a price for rides there and another for rides there and back.
    """

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["allowance"]
    name: str
    price: Price
    per: str
    free: Measured
    span: Span
    pool: str
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:  # noqa: ARG002 - adds regardless
        """Return the units that are no longer free."""
        measured = MEASURES[self.per](situation)
        left = max(self.free - situation.used(self.pool, self.span), Decimal(0))
        quantity = max(measured - left, Decimal(0))
        price = stated(self.price) if quantity else Decimal(0)
        return Line(
            rule=self.name,
            sentence_key="rules.line-allowance",
            measure=self.per,
            quantity=quantity,
            unit_price=price,
            amount=quantity * price,
            values={"free": self.free, "left": left},
            uses=((self.pool, measured),),
        )
