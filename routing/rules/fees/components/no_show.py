"""What a ride costs whose rider was not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from routing.rules.fees.components.component import When
from routing.rules.fees.conventions import STRICT, Part, part_of
from routing.rules.fees.line import Line, subtotal
from routing.rules.fees.readings import UNKNOWN, Situation, UnknownValue


@dataclass(frozen=True, kw_only=True)
class NoShow:
    """Leave `part` of the lines above where the rider did not come: 1 is the full price."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["no_show"]
    name: str
    part: Part | Literal["unknown"]
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:
        """Return what is taken off; nothing where the rider came."""
        missed, so_far = situation.question.result == "no_show", subtotal(above)
        if missed and self.part == UNKNOWN:
            raise UnknownValue("rules.fee-price-unknown")
        due = so_far if so_far is None or not missed else part_of(self.part, so_far)
        return Line(
            rule=self.name,
            sentence_key="rules.line-no-show",
            measure="charge",
            quantity=Decimal(missed),
            amount=None if so_far is None or due is None else due - so_far,
        )
