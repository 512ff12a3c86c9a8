"""The kinds of components a price list may be made of. A new kind is one more module and one more name here."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from routing.rules.fees.components.band import Band
from routing.rules.fees.components.flat import Flat
from routing.rules.fees.components.minimum import Minimum
from routing.rules.fees.components.multiplier import Multiplier
from routing.rules.fees.components.rate import Rate

AnyComponent: TypeAlias = Annotated[Flat | Rate | Band | Minimum | Multiplier, Field(discriminator="kind")]
