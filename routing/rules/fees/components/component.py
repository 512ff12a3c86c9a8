"""What every component of a price list is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal, Protocol, TypeAlias

from routing.rules.fees.conventions import Money
from routing.rules.fees.line import Line
from routing.rules.fees.readings import UNKNOWN, Situation, UnknownValue

When: TypeAlias = Mapping[str, tuple[str, ...]]
"""The facts a component applies to, with the readings it accepts: `{zone = ["county"], resident = ["no"]}`."""

Price: TypeAlias = Money | Literal["unknown"]
"""An amount in euros, or the word `unknown`."""


class Component(Protocol):
    """One small rule that adds a line to a charge, given the lines above it."""

    @property
    def kind(self) -> str:
        """Name the kind of component, as in the file."""

    @property
    def name(self) -> str:
        """Name the component itself; it shows in the quote."""

    @property
    def when(self) -> When:
        """Say what it applies to; everything where empty."""

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:
        """Return the line for one charge; raise OpenReading or UnknownValue where it depends on something unknown."""


def stated(price: Price) -> Decimal:
    """Return a price that the file states; raise UnknownValue where it says that it is unknown."""
    if price == UNKNOWN:
        raise UnknownValue("rules.fee-price-unknown")
    return Decimal(price)
