"""The kinds of components a price list may be made of. A new kind is one more module and one more name here."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from routing.rules.fees.components.allowance import Allowance
from routing.rules.fees.components.band import Band
from routing.rules.fees.components.cancelled import Cancelled
from routing.rules.fees.components.cap import Cap
from routing.rules.fees.components.conflict import Conflict
from routing.rules.fees.components.expenses import Expenses
from routing.rules.fees.components.flat import Flat
from routing.rules.fees.components.minimum import Minimum
from routing.rules.fees.components.multiplier import Multiplier
from routing.rules.fees.components.no_show import NoShow
from routing.rules.fees.components.quota import Quota
from routing.rules.fees.components.rate import Rate
from routing.rules.fees.components.share import Share
from routing.rules.fees.components.shared import Shared
from routing.rules.fees.components.surcharge import Surcharge
from routing.rules.fees.components.table import Table
from routing.rules.fees.components.waiver import Waiver

AnyComponent: TypeAlias = Annotated[
    Flat
    | Rate
    | Band
    | Table
    | Allowance
    | Quota
    | Minimum
    | Cap
    | Multiplier
    | Surcharge
    | Share
    | Shared
    | Cancelled
    | NoShow
    | Expenses
    | Waiver
    | Conflict,
    Field(discriminator="kind"),
]
