"""A flat amount for each charge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from routing.rules.fees.components.component import Price, When, stated
from routing.rules.fees.conventions import STRICT
from routing.rules.fees.line import Line
from routing.rules.fees.readings import Situation


@dataclass(frozen=True, kw_only=True)
class Flat:
    """Charge `amount` once; with `zone` in `when` it is a price by zone."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["flat"]
    name: str
    amount: Price
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:  # noqa: ARG002 - adds regardless
        """Return the flat amount."""
        amount = stated(self.amount)
        by_zone = f"-{situation.reading('zone')}" if "zone" in self.when else ""
        return Line(
            rule=self.name,
            sentence_key=f"rules.line-flat{by_zone}",
            measure="charge",
            quantity=Decimal(1),
            unit_price=amount,
            amount=amount,
        )
