"""How a price list counts: conventions stated in its file, or left unknown there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field

from routing.rules.fees.plain import PLAIN_NUMBER

STRICT = {"extra": "forbid"}
"""Pydantic's configuration for everything read from a schedule file: a misspelt field is found, not ignored."""

Money: TypeAlias = Annotated[Decimal, PLAIN_NUMBER, Field(ge=0, le=100_000, decimal_places=4)]
"""An amount in euros; parts of a cent as in a price per kilometre."""

Measured: TypeAlias = Annotated[Decimal, PLAIN_NUMBER, Field(ge=0, le=1_000_000, decimal_places=4)]
"""A number of whatever the component measures."""

Factor: TypeAlias = Annotated[Decimal, PLAIN_NUMBER, Field(ge=0, le=10, decimal_places=4)]
"""What a sum may be multiplied by."""

Part: TypeAlias = (
    Annotated[Decimal, PLAIN_NUMBER, Field(ge=0, le=1, decimal_places=4)]
    | Annotated[str, Field(pattern=r"^[0-9]{1,4}/[1-9][0-9]{0,3}$")]
)
"""A part of a whole: `0.25`, or `"1/3"` where a decimal would not be exact."""

KmFrom: TypeAlias = Literal["boarding", "county_border", "municipality_border"]

DayType: TypeAlias = Literal["workday", "weekend", "holiday"]

_ROUNDING = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "up": ROUND_UP, "down": ROUND_DOWN}


@dataclass(frozen=True, kw_only=True)
class WorkHours:
    """The hours that a list calls working hours: `begins` included, `ends` not, on days of the types in `days`."""

    __pydantic_config__: ClassVar = STRICT

    begins: time
    ends: time
    days: tuple[DayType, ...] = ("workday",)


@dataclass(frozen=True, kw_only=True)
class Conventions:
    """How rides and kilometres are counted; what a schedule does not state is unknown.

    `charged_per`: each direction of a return ride is charged by itself, or the trip at once. `km_counted`: of a trip
    charged at once, the way there only or both ways. `km_from`: from boarding, or from the county's or the
    municipality's border where the ride leaves it; several of them where the list may mean each. `km_rounding`: to
    whole kilometres, or not. `wait_rounding`: each started quarter, half or full hour counts, or the exact time;
    `hours_rounding`: the same for hours of help or of a ride.

    `empty_return`: whether the vehicle's way back counts where the client does not ride it. Lists that say nothing
    price the ride alone, so this one convention is not asked about unless the list says that it is unknown.

    `cancelled_counts`: whether a ride that did not take place uses up a quota. `limit_on`: whether a limit in a list
    that shares the cost is on what the client pays or on what the municipality does. `shared_by`: a shared ride is
    XX

    `work_hours`, `child_under` (years) and `low_income_below` (times the subsistence limit) say what a list means by
    working hours, a child and a low income.
    """

    __pydantic_config__: ClassVar = STRICT

    charged_per: Literal["trip", "direction", "unknown"] = "unknown"
    km_counted: Literal["one_way", "total", "unknown"] = "unknown"
    km_from: KmFrom | tuple[KmFrom, ...] | Literal["unknown"] = "unknown"
    km_rounding: Literal["exact", "up", "nearest", "down", "unknown"] = "unknown"
    wait_rounding: Literal["exact", "quarter", "half", "hour", "unknown"] = "unknown"
    hours_rounding: Literal["exact", "quarter", "half", "hour", "unknown"] = "unknown"
    empty_return: Literal["free", "charged", "unknown"] = "free"
    cancelled_counts: Literal["yes", "no", "unknown"] = "unknown"
    limit_on: Literal["client", "municipality", "unknown"] = "unknown"
    shared_by: Literal["equal", "half", "km", "full", "unknown"] = "unknown"
    of_two: Literal["first", "second", "unknown"] = "unknown"
    work_hours: WorkHours | Literal["unknown"] = "unknown"
    child_under: Measured | Literal["unknown"] = "unknown"
    low_income_below: Factor | Literal["unknown"] = "unknown"


def part_of(part: Part, amount: Decimal) -> Decimal:
    """Return so much of an amount, as exactly as decimals can be."""
    if isinstance(part, Decimal):
        return amount * part
    above, _, below = part.partition("/")
    with localcontext(prec=60):
        return amount * int(above) / int(below)


@dataclass(frozen=True, kw_only=True)
class Rounding:
    """How every line is rounded: to a multiple of `step` euros, in `mode`. So the lines always sum to the total."""

    __pydantic_config__: ClassVar = STRICT

    step: Annotated[Decimal, PLAIN_NUMBER, Field(gt=0, le=100, decimal_places=2)]
    mode: Literal["half_up", "half_even", "up", "down"]

    def round(self, amount: Decimal) -> Decimal:
        """Return `amount` as a multiple of the step, with two decimals."""
        with localcontext(prec=60):  # room for the largest amounts and factors that a file may hold
            steps = (amount / self.step).to_integral_value(rounding=_ROUNDING[self.mode])
            return (steps * self.step).quantize(Decimal("0.01"))
