"""A part of the cost, the rest being paid by the municipality up to a limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from routing.findings import Severity
from routing.rules.fees.components.component import Price, When, stated
from routing.rules.fees.conventions import STRICT, Part, part_of
from routing.rules.fees.line import Line, subtotal
from routing.rules.fees.readings import UNKNOWN, Situation, UnknownValue
from routing.rules.fees.uses import Span
from routing.rules.remark import Euros, Remark, Term, Value


@dataclass(frozen=True, kw_only=True)
class Share:
    """Leave the client `part` of what the lines above come to; the municipality pays the rest.

    A `limit` over a `span` is, by the convention `limit_on`, on what the client pays, who then pays no more, or on what
    the municipality does, which then pays no more. Nobody is refused a ride for it.
    """

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["share"]
    name: str
    part: Part | Literal["unknown"]
    limit: Price | None = None
    span: Span = "month"
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:
        """Return what the municipality pays, as an amount taken off."""
        cost = subtotal(above)
        if self.part == UNKNOWN:
            raise UnknownValue("rules.fee-price-unknown")
        own = None if cost is None else part_of(self.part, cost)
        if cost is None or own is None or self.limit is None:
            return self._line(cost, own)
        limit, payer = stated(self.limit), situation.reading("limit_on")
        left = max(limit - situation.used(self.name, self.span), Decimal(0))
        paid, held = (own, min(own, left)) if payer == "client" else (cost - own, min(cost - own, left))
        values: dict[str, Value] = {"limit": Euros(amount=limit), "span": Term(key=f"rules.span-{self.span}")}
        remark = Remark(code=f"rules.limit-{payer}", severity=Severity.WARNING, values=values)
        client = held if payer == "client" else cost - held
        return self._line(cost, client, used=held, warning=remark if held < paid else None)

    def _line(
        self, cost: Decimal | None, own: Decimal | None, *, used: Decimal | None = None, warning: Remark | None = None
    ) -> Line:
        return Line(
            rule=self.name,
            sentence_key="rules.line-share",
            measure="charge",
            quantity=Decimal(1),
            amount=None if cost is None or own is None else own - cost,
            values={} if cost is None else {"cost": Euros(amount=cost)},
            warning=warning,
            uses=() if self.limit is None else ((self.name, used),),
        )
