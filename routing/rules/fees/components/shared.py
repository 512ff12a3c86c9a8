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
from routing.rules.fees.readings import Situation, UnknownValue, Way


@dataclass(frozen=True, kw_only=True)
class Shared:
    """Leave each of several riders a part of what the lines above come to, by the convention `shared_by`."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["shared"]
    name: str
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:
        """Return what the others pay, as an amount taken off; nothing for who rides alone."""
        riders = _riders(situation)
        how = "alone" if riders == 1 else situation.reading("shared_by")
        so_far = subtotal(above)
        own = None if so_far is None else self._own(so_far, how, riders, situation)
        return Line(
            rule=self.name,
            sentence_key="rules.line-shared",
            measure="charge",
            quantity=Decimal(riders > 1),
            amount=None if so_far is None or own is None else own - so_far,
            values={"riders": riders},
        )

    def _own(self, price: Decimal, how: str, riders: int, situation: Situation) -> Decimal:
        match how:
            case "alone" | "full":
                return price
            case "equal":
                return price / riders
            case "half":
                return price / 2
        total, own = _riders_km(situation), MEASURES["km"](situation)
        if not total or total < own:
            raise UnknownValue("rules.missing-riders-km")
        return price * own / total


def _riders(situation: Situation) -> int:
    """Return how many shared what is charged at once; two ways with different company cannot be split in one."""
    question = situation.question
    back = question.riders if question.riders_back is None else question.riders_back
    if situation.way is Way.BACK:
        return back
    if situation.way is Way.TRIP and question.returning and back != question.riders:
        raise UnknownValue("rules.missing-riders")
    return question.riders


def _riders_km(situation: Situation) -> Decimal | None:
    """Return the kilometres of all riders on what is charged at once, counted as the rider's own are."""
    question = situation.question
    if question.riders_km_back is None or situation.way is Way.OUT:
        return question.riders_km
    if situation.way is Way.BACK:
        return question.riders_km_back
    if question.riders_km is None or situation.reading("km_counted") != "total":
        return question.riders_km
    return question.riders_km + question.riders_km_back
