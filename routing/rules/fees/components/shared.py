"""A ride with others: split equally, half for each, or by kilometres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from routing.rules.fees.components.component import When
from routing.rules.fees.conventions import STRICT
from routing.rules.fees.line import Line, subtotal
from routing.rules.fees.measures import MEASURES
from routing.rules.fees.readings import Situation, UnknownValue


@dataclass(frozen=True, kw_only=True)
class Shared:
    """Leave each of several riders a part of what the lines above come to, by the convention `shared_by`."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["shared"]
    name: str
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:
        """Return what the others pay, as an amount taken off; nothing for who rides alone."""
        riders = situation.question.riders
        how = "alone" if riders == 1 else situation.reading("shared_by")
        so_far = subtotal(above)
        own = None if so_far is None else self._own(so_far, how, situation)
        return Line(
            rule=self.name,
            sentence_key="rules.line-shared",
            measure="charge",
            quantity=Decimal(riders > 1),
            amount=None if so_far is None or own is None else own - so_far,
            values={"riders": riders},
        )

    def _own(self, price: Decimal, how: str, situation: Situation) -> Decimal:
        match how:
            case "alone":
                return price
            case "equal":
                return price / situation.question.riders
            case "half":
                return price / 2
        total, own = situation.question.riders_km, MEASURES["km"](situation)
        if not total or total < own:
            raise UnknownValue("rules.missing-riders-km")
        return price * own / total
