"""A table of fares between named places, and a price per kilometre for all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Literal

from routing.rules.fees.components.component import Price, When, stated
from routing.rules.fees.conventions import STRICT
from routing.rules.fees.line import Line
from routing.rules.fees.measures import MEASURES
from routing.rules.fees.readings import Situation, UnknownValue


@dataclass(frozen=True, kw_only=True)
class Fare:
    """A fare `between` two places, in either direction."""

    __pydantic_config__: ClassVar = STRICT

    between: tuple[str, str]
    amount: Price


@dataclass(frozen=True, kw_only=True)
class Table:
    """Charge the fare of the table where it has one for the two ends, else `otherwise` for each kilometre."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["table"]
    name: str
    fares: tuple[Fare, ...]
    otherwise: Price
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:  # noqa: ARG002 - adds regardless
        """Return the fare between the two ends, or the kilometres."""
        origin, destination = situation.question.origin, situation.question.destination
        if origin is None or destination is None:
            raise UnknownValue("rules.missing-ends")
        ends = {_plain(origin), _plain(destination)}
        fare = next((fare for fare in self.fares if {_plain(end) for end in fare.between} == ends), None)
        if fare is None:
            return self._by_length(situation)
        amount = stated(fare.amount)
        return Line(
            rule=self.name,
            sentence_key="rules.line-table",
            measure="charge",
            quantity=Decimal(1),
            unit_price=amount,
            amount=amount,
            values={"one": fare.between[0], "other": fare.between[1]},
        )

    def _by_length(self, situation: Situation) -> Line:
        quantity, price = MEASURES["km"](situation), stated(self.otherwise)
        return Line(
            rule=self.name,
            sentence_key="rules.line-rate",
            measure="km",
            quantity=quantity,
            unit_price=price,
            amount=quantity * price,
        )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
