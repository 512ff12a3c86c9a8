"""A dated price list of one municipality for one service."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from routing.records.model import Service
from routing.rules.fees.components import AnyComponent
from routing.rules.fees.conventions import STRICT, Conventions, Rounding
from routing.rules.fees.plain import FirstDate, PlainDate


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """One price list.

    Holds from `valid_from` to `valid_to`, both included, and without `valid_to` until another list of the service
    begins. Where the first day is unknown, `seen_on` is a day on which the list is known to have held; what held
    before it is then unknown. `period` is what a quote is for: a ride, a visit, or a month of home care. `legal_basis`
    is the act that sets the prices, `source` where they were read.
    """

    __pydantic_config__: ClassVar = STRICT

    id: str
    municipality: str
    service: Service
    valid_from: FirstDate | Literal["unknown"]
    legal_basis: str
    source: str
    rounding: Rounding
    components: Annotated[tuple[AnyComponent, ...], Field(max_length=30)]
    valid_to: PlainDate | None = None
    seen_on: FirstDate | None = None
    period: Literal["ride", "visit", "month"] = "ride"
    conventions: Conventions = field(default_factory=Conventions)
    note: str = ""

    @property
    def first_day(self) -> date:
        """Return the first day on which the list is known to hold; `date.max` where no day is known."""
        if isinstance(self.valid_from, date):
            return self.valid_from
        return self.seen_on or date.max

    def surely_holds(self, day: date) -> bool:
        """Tell whether the list itself says that it held on `day`, whatever other lists there are."""
        last_known = max(self.valid_to or date.min, self.seen_on or date.min)
        return self.first_day <= day <= last_known

    def ended(self, day: date) -> bool:
        """Tell whether the list no longer held on `day`."""
        return self.valid_to is not None and self.valid_to < day
