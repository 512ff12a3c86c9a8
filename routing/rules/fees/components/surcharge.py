"""A part of the lines above on top of them, for each unit of something: half the price for a companion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from routing.rules.fees.components.component import When
from routing.rules.fees.conventions import STRICT, Part, part_of
from routing.rules.fees.line import Line, subtotal
from routing.rules.fees.measures import MEASURES
from routing.rules.fees.readings import UNKNOWN, Situation, UnknownValue


@dataclass(frozen=True, kw_only=True)
class Surcharge:
    """Add `part` of what the lines above come to, for each unit of `per`."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["surcharge"]
    name: str
    part: Part | Literal["unknown"]
    per: str
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:
        """Return what is added; no amount where a line above has none."""
        quantity, so_far = MEASURES[self.per](situation), subtotal(above)
        if quantity and self.part == UNKNOWN:
            raise UnknownValue("rules.fee-price-unknown")
        price = None if so_far is None else part_of(self.part, so_far) if quantity else Decimal(0)
        return Line(
            rule=self.name,
            sentence_key="rules.line-surcharge",
            measure=self.per,
            quantity=quantity,
            unit_price=price,
            amount=None if price is None else quantity * price,
        )
