"""How a price list counts: conventions stated in its file, or left unknown there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field

STRICT = {"extra": "forbid"}
"""Pydantic's configuration for everything read from a schedule file: a misspelt field is found, not ignored."""

Money: TypeAlias = Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=4)]
"""An amount in euros; parts of a cent as in a price per kilometre."""

Measured: TypeAlias = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=4)]
"""A number of whatever the component measures."""

Factor: TypeAlias = Annotated[Decimal, Field(ge=0, le=10, decimal_places=4)]
"""What a sum may be multiplied by."""

_ROUNDING = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "up": ROUND_UP, "down": ROUND_DOWN}


@dataclass(frozen=True, kw_only=True)
class Conventions:
    """How rides and kilometres are counted; what a schedule does not state is unknown.

    `charged_per`: each direction of a return ride is charged by itself, or the trip at once. `km_counted`: of a trip
    charged at once, the way there only or both ways. `km_from`: from boarding, or from the county's border where the
    ride leaves it. `km_rounding`: to whole kilometres, or not. `wait_rounding`: each started quarter, half or full
    hour counts, or the exact time.
    """

    __pydantic_config__: ClassVar = STRICT

    charged_per: Literal["trip", "direction", "unknown"] = "unknown"
    km_counted: Literal["one_way", "total", "unknown"] = "unknown"
    km_from: Literal["boarding", "county_border", "unknown"] = "unknown"
    km_rounding: Literal["exact", "up", "nearest", "down", "unknown"] = "unknown"
    wait_rounding: Literal["exact", "quarter", "half", "hour", "unknown"] = "unknown"


@dataclass(frozen=True, kw_only=True)
class Rounding:
    """How every line is rounded: to a multiple of `step` euros, in `mode`. So the lines always sum to the total."""

    __pydantic_config__: ClassVar = STRICT

    step: Annotated[Decimal, Field(gt=0, le=100, decimal_places=2)]
    mode: Literal["half_up", "half_even", "up", "down"]

    def round(self, amount: Decimal) -> Decimal:
        """Return `amount` as a multiple of the step, with two decimals."""
        with localcontext(prec=60):  # room for the largest amounts and factors that a file may hold
            steps = (amount / self.step).to_integral_value(rounding=_ROUNDING[self.mode])
            return (steps * self.step).quantize(Decimal("0.01"))
