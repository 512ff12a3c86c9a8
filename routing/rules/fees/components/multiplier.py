"""A factor on what the lines above come to: a non-resident's double price, a discount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from routing.rules.fees.components.component import When
from routing.rules.fees.conventions import STRICT, Factor
from routing.rules.fees.line import Line, subtotal
from routing.rules.fees.readings import UNKNOWN, Situation, UnknownValue


@dataclass(frozen=True, kw_only=True)
class Multiplier:
    """Multiply the sum of the lines above by `factor`; the line shows the difference."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["multiplier"]
    name: str
    factor: Factor | Literal["unknown"]
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:  # noqa: ARG002 - the lines decide
        """Return the difference; no amount where a line above has none."""
        if self.factor == UNKNOWN:
            raise UnknownValue("rules.fee-price-unknown")
        factor, so_far = Decimal(self.factor), subtotal(above)
        by_residence = "-resident" if "resident" in self.when else ""
        return Line(
            rule=self.name,
            sentence_key=f"rules.line-multiplier{by_residence}",
            measure="charge",
            quantity=Decimal(1),
            amount=None if so_far is None else so_far * (factor - 1),
            values={"factor": factor},
        )
