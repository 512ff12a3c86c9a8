"""A time in which everybody pays less: a fee waived for a while by the council."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from routing.rules.fees.components.component import When
from routing.rules.fees.conventions import STRICT, Part, part_of
from routing.rules.fees.line import Line, subtotal
from routing.rules.fees.readings import Situation


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """From `first` to `last`, both included, leave `pays` of what the lines above come to, by the act `basis`."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["waiver"]
    name: str
    first: date
    last: date
    pays: Part
    basis: str
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:
        """Return what is waived; nothing on other days."""
        holds, so_far = self.first <= situation.question.day <= self.last, subtotal(above)
        due = so_far if so_far is None or not holds else part_of(self.pays, so_far)
        return Line(
            rule=self.name,
            sentence_key="rules.line-waiver",
            measure="charge",
            quantity=Decimal(holds),
            amount=None if so_far is None or due is None else due - so_far,
            values={"basis": self.basis, "last": self.last},
        )
