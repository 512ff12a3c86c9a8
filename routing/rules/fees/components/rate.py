"""A price per unit of something measured: kilometres, hours of waiting, people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from routing.rules.fees.components.component import Price, When, stated
from routing.rules.fees.conventions import STRICT, Measured
from routing.rules.fees.line import Line
from routing.rules.fees.measures import MEASURES
from routing.rules.fees.readings import UNKNOWN, Situation
from routing.rules.remark import Value


@dataclass(frozen=True, kw_only=True)
class Rate:
    """Charge `price` for each unit of `per` between `above` and `up_to`.

    So an allowance is `above`, and the tiers of a tiered price are several rates that follow each other. Of whatever
    there is any, at least `least` units count.
    """

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["rate"]
    name: str
    price: Price
    per: str
    above: Measured | None = None
    up_to: Measured | None = None
    least: Measured | None = None
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:  # noqa: ARG002 - adds regardless
        """Return the price of the units within the tier."""
        measured = MEASURES[self.per](situation)
        if measured and self.least is not None:
            measured = max(measured, self.least)
        within = measured if self.up_to is None else min(measured, self.up_to)
        quantity = max(within - (self.above or Decimal(0)), Decimal(0))
        price = stated(self.price) if quantity or self.price != UNKNOWN else Decimal(0)
        values: dict[str, Value] = {} if self.above is None else {"above": self.above}
        return Line(
            rule=self.name,
            sentence_key="rules.line-rate" if self.above is None else "rules.line-rate-above",
            measure=self.per,
            quantity=quantity,
            unit_price=price,
            amount=quantity * price,
            values=values,
        )
