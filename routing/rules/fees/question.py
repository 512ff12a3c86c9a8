"""What is asked about a fee: one ride, or one month of home care."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from routing.errors import UsageError
from routing.records.model import Aid, Service
from routing.rules.zones import Zone

AMOUNTS = ("weekly_hours", "visits_per_week", "hours", "visits", "income", "companions", "floors")
"""What a question may state besides the ride itself; income in euros a month, floors the rider is carried."""


@dataclass(frozen=True, kw_only=True)
class FareQuestion:
    """A ride on `day`, or a month of home care that `day` lies in; None is not known, and stays so.

    `zone` is that of the end that lies farthest from the municipality (`zones.widest`). `km` is from boarding to the
    destination, one way; `km_back` the way home where it differs; `km_beyond_border` the part of one way that lies
    outside the county. `wait` is how long the vehicle waits between the two ways, in seconds. `resident` tells whether
    the rider's registered home is in the municipality. `amounts` are further measures by the names of `AMOUNTS`.
    """

    municipality: str
    service: Service
    day: date
    zone: Zone | None = None
    km: Decimal | None = None
    km_back: Decimal | None = None
    km_beyond_border: Decimal | None = None
    returning: bool = False
    wait: int | None = None
    resident: bool | None = None
    aids: frozenset[Aid] = frozenset()
    amounts: Mapping[str, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if strange := self.amounts.keys() - set(AMOUNTS):
            raise UsageError(f"amounts {sorted(strange)} do not exist; there are {', '.join(AMOUNTS)}")
        lengths = (self.km, self.km_back, self.km_beyond_border, *self.amounts.values())
        known = [Decimal(value) for value in (*lengths, self.wait) if value is not None]
        if not all(value.is_finite() and 0 <= value < 1_000_000 for value in known):
            raise UsageError(f"lengths and amounts must be at least 0 and below 1000000: {self}")
