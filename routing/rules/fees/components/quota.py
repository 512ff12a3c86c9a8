"""A number of rides in a month, quarter or year: more of them are warned about and charged, never refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from routing.findings import Severity
from routing.rules.fees.components.component import Price, When, stated
from routing.rules.fees.conventions import STRICT, Measured
from routing.rules.fees.line import Line
from routing.rules.fees.readings import UNKNOWN, Situation, UnknownValue
from routing.rules.fees.uses import RIDES, Span
from routing.rules.remark import Remark, Term, Value


@dataclass(frozen=True, kw_only=True)
class Quota:
    """Add `beyond` to each ride after the first `rides` of the `span`, and say so."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["quota"]
    name: str
    rides: Measured | Literal["unknown"]
    span: Span
    beyond: Price
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:  # noqa: ARG002 - adds regardless
        """Return what a ride beyond the quota costs more; nothing within it."""
        if self.rides == UNKNOWN:
            raise UnknownValue("rules.fee-quota-unknown", span=Term(key=f"rules.span-{self.span}"))
        limit, before = Decimal(self.rides), situation.used(RIDES, self.span)
        passed = before >= limit
        price = stated(self.beyond) if passed else Decimal(0)
        values: dict[str, Value] = {"limit": limit, "span": Term(key=f"rules.span-{self.span}")}
        remark = Remark(code="rules.quota-passed", severity=Severity.WARNING, values=values)
        return Line(
            rule=self.name,
            sentence_key="rules.line-quota",
            measure="charge",
            quantity=Decimal(passed),
            unit_price=price,
            amount=price,
            values=values,
            warning=remark if passed else None,
        )
