"""A minimum for what the lines above come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from routing.rules.fees.components.component import Price, When, stated
from routing.rules.fees.conventions import STRICT
from routing.rules.fees.line import Line, subtotal
from routing.rules.fees.readings import Situation
from routing.rules.remark import Euros


@dataclass(frozen=True, kw_only=True)
class Minimum:
    """Add what the lines above lack of `amount`."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["minimum"]
    name: str
    amount: Price
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:  # noqa: ARG002 - the lines decide
        """Return what is lacking; zero where nothing is, no amount where a line above has none."""
        least, so_far = stated(self.amount), subtotal(above)
        return Line(
            rule=self.name,
            sentence_key="rules.line-minimum",
            measure="charge",
            quantity=None if so_far is None else Decimal(so_far < least),
            amount=None if so_far is None else max(Decimal(0), least - so_far),
            values={"minimum": Euros(amount=least)},
        )
