"""What is asked about a fee: one ride, or one month of home care."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from routing.errors import UsageError
from routing.records.model import Aid, Service
from routing.rules.fees.relief import Relief
from routing.rules.fees.uses import Ledger
from routing.rules.zones import Zone

AMOUNTS = (
    *("weekly_hours", "visits_per_week", "hours", "extra_hours", "visits", "income", "companions", "floors"),
    *("helps_inside", "cost", "age"),
)
"""What a question may state besides the ride itself.

Income is in euros a month; `extra_hours` are those beyond what was granted; `floors` the rider is carried;
`helps_inside` is how often help inside a building was given; `cost` what the ride cost the municipality, in euros;
`age` is in whole years.
"""

Result: TypeAlias = Literal["done", "cancelled", "no_show"]
"""What became of a ride."""


@dataclass(frozen=True, kw_only=True)
class FareQuestion:
    """A ride on `day`, or a month of home care that `day` lies in; None is not known, and stays so.

    `zone` is that of the end that lies farthest from the municipality (`zones.widest`). `km` is from boarding to the
    destination, one way; `km_back` the way home where it differs; `km_beyond_border` the part of one way that lies
    outside the county, `km_beyond_municipality` outside the municipality. `wait` is how long the
    vehicle waits between the two ways, in seconds. `resident` tells whether the rider's registered home is in the
    municipality, `taxi` whether a taxi drives.
    `amounts` are further measures by the names of `AMOUNTS`.

    `at` is when the ride begins, in seconds from midnight. `origin` and `destination` are names as fare tables know
    them. A ride cancelled `notice` seconds before it would have begun is still asked about as it was ordered.
    `riders` share the ride, this one included, and `riders_km` is the sum of all their kilometres; `riders_back` and
    `riders_km_back` are those of the way home where they differ. `expenses` are what
    was laid out and is passed on, in euros by name; empty is none. `before` is what the client has used of allowances
    and quotas up to this ride. `reliefs` are the decisions about the client.
    """

    municipality: str
    service: Service
    day: date
    zone: Zone | None = None
    km: Decimal | None = None
    km_back: Decimal | None = None
    km_beyond_border: Decimal | None = None
    km_beyond_municipality: Decimal | None = None
    returning: bool = False
    wait: int | None = None
    resident: bool | None = None
    aids: frozenset[Aid] = frozenset()
    taxi: bool | None = None
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    at: int | None = None
    origin: str | None = None
    destination: str | None = None
    result: Result = "done"
    notice: int | None = None
    riders: int = 1
    riders_km: Decimal | None = None
    riders_back: int | None = None
    riders_km_back: Decimal | None = None
    expenses: Mapping[str, Decimal] | None = None
    before: Ledger | None = None
    reliefs: tuple[Relief, ...] = ()

    def __post_init__(self) -> None:
        if strange := self.amounts.keys() - set(AMOUNTS):
            raise UsageError(f"amounts {sorted(strange)} do not exist; there are {', '.join(AMOUNTS)}")
        lengths = (self.km, self.km_back, self.km_beyond_border, self.km_beyond_municipality)
        shared = (self.riders_km, self.riders_km_back)
        times = (self.wait, self.at, self.notice)
        known = [
            Decimal(value)
            for value in (*lengths, *shared, *times, *self.amounts.values(), *(self.expenses or {}).values())
            if value is not None
        ]
        if not all(value.is_finite() and 0 <= value < 1_000_000 for value in known):
            raise UsageError(f"lengths and amounts must be at least 0 and below 1000000: {self}")
        if min(self.riders, 1 if self.riders_back is None else self.riders_back) < 1:
            raise UsageError(f"a ride has at least one rider, not {self.riders} and {self.riders_back}")

    @property
    def is_shared(self) -> bool:
        """Tell whether somebody rode along on any way."""
        return max(self.riders, self.riders_back or 1) > 1
