"""What a ride costs that was cancelled, by how long before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from routing.rules.fees.components.band import Step
from routing.rules.fees.components.component import When, stated
from routing.rules.fees.conventions import STRICT
from routing.rules.fees.line import Line, subtotal
from routing.rules.fees.measures import MEASURES
from routing.rules.fees.readings import Situation, UnknownValue
from routing.rules.remark import Term


@dataclass(frozen=True, kw_only=True)
class Cancelled:
    """Leave of a cancelled ride a part of the lines above that `of` names (all where it is empty), by hours of notice.

    The `amount` of each band is that part: 0.25 is a quarter, 0 nothing. It never exceeds the price of the ride made.
    """

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["cancelled"]
    name: str
    bands: tuple[Step, ...]
    of: tuple[str, ...] = ()
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:
        """Return what is taken off because the ride was cancelled; nothing from one that was not."""
        counted = [line for line in above if not self.of or line.rule in self.of]
        hours, so_far, base = Decimal(0), subtotal(above), subtotal(counted)
        due = so_far
        if situation.question.result == "cancelled":
            hours = MEASURES["notice_hours"](situation)
            part = self._part(hours)
            due = None if base is None or so_far is None else min(base * part, so_far)
        return Line(
            rule=self.name,
            sentence_key="rules.line-cancelled",
            measure="charge",
            quantity=Decimal(situation.question.result == "cancelled"),
            amount=None if so_far is None or due is None else due - so_far,
            values={"hours": hours},
        )

    def _part(self, hours: Decimal) -> Decimal:
        parts = {stated(band.amount) for band in self.bands if band.holds(hours)}
        if len(parts) != 1:
            raise UnknownValue("rules.fee-no-band", by=Term(key="rules.measure-notice-hours"), value=hours)
        return parts.pop()
