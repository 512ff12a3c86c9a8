"""An amount by band of something measured: hours a week, income, distance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from routing.rules.fees.components.component import Price, When, stated
from routing.rules.fees.conventions import STRICT, Measured
from routing.rules.fees.line import Line
from routing.rules.fees.measures import MEASURES
from routing.rules.fees.readings import Situation, UnknownValue
from routing.rules.remark import Euros, Term


@dataclass(frozen=True, kw_only=True)
class Step:
    """One band, with each end either included (`at_least`, `up_to`) or not (`above`, `below`); no end is open.

    `ends = "unknown"` is a step that is published without saying where it begins and ends.
    """

    __pydantic_config__: ClassVar = STRICT

    amount: Price
    at_least: Measured | None = None
    above: Measured | None = None
    up_to: Measured | None = None
    below: Measured | None = None
    ends: Literal["unknown"] | None = None

    def holds(self, value: Decimal) -> bool:
        """Tell whether `value` lies in the band, or may."""
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.above is None or value > self.above)
            and (self.up_to is None or value <= self.up_to)
            and (self.below is None or value < self.below)
        )


@dataclass(frozen=True, kw_only=True)
class Band:
    """Charge the amount of the band that the measure `by` falls in, for each unit of `per`.

    A value that lies in no band, or in two with different amounts, has no price: the list does not say.
    """

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["band"]
    name: str
    by: str
    bands: tuple[Step, ...]
    per: str = "charge"
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:  # noqa: ARG002 - adds regardless
        """Return the amount of the band."""
        value = MEASURES[self.by](situation)
        price = self._price(value)
        quantity = MEASURES[self.per](situation)
        return Line(
            rule=self.name,
            sentence_key="rules.line-band",
            measure=self.per,
            quantity=quantity,
            unit_price=price,
            amount=quantity * price,
            values={"by": self._measure, "value": value},
        )

    def _price(self, value: Decimal) -> Decimal:
        prices = {stated(band.amount) for band in self.bands if band.holds(value)}
        if not prices:
            raise UnknownValue("rules.fee-no-band", by=self._measure, value=value)
        if len(prices) > 1:
            code = "rules.fee-steps-unknown" if any(band.ends for band in self.bands) else "rules.fee-two-bands"
            least, most = Euros(amount=min(prices)), Euros(amount=max(prices))
            raise UnknownValue(code, by=self._measure, value=value, least=least, most=most)
        return prices.pop()

    @property
    def _measure(self) -> Term:
        return Term(key=f"rules.measure-{self.by.replace('_', '-')}")
