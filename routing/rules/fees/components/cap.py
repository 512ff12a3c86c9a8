"""The most that a ride, or all of a month, quarter or year, costs the client."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from routing.findings import Severity
from routing.rules.fees.components.component import Price, When, stated
from routing.rules.fees.conventions import STRICT
from routing.rules.fees.line import Line, subtotal
from routing.rules.fees.readings import Situation
from routing.rules.fees.uses import Span
from routing.rules.remark import Euros, Remark, Term, Value


@dataclass(frozen=True, kw_only=True)
class Cap:
    """Take off what the lines above come to beyond `amount`, over a `span`; `charge` is this ride alone."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["cap"]
    name: str
    amount: Price
    span: Span | Literal["charge"]
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:
        """Return what is taken off; no amount where a line above has none."""
        most, so_far = stated(self.amount), subtotal(above)
        before = Decimal(0) if self.span == "charge" else situation.used(self.name, self.span)
        over = None if so_far is None else max(so_far - max(most - before, Decimal(0)), Decimal(0))
        due = None if so_far is None or over is None else so_far - over
        values: dict[str, Value] = {"most": Euros(amount=most), "span": Term(key=f"rules.span-{self.span}")}
        remark = Remark(code="rules.cap-reached", severity=Severity.NOTE, values=values)
        return Line(
            rule=self.name,
            sentence_key="rules.line-cap",
            measure="charge",
            quantity=None if over is None else Decimal(over > 0),
            amount=None if over is None else -over,
            values=values,
            warning=remark if over else None,
            uses=() if self.span == "charge" else ((self.name, due),),
        )
