"""The subsistence limit (toimetulekupiir) by day: dated data in `subsistence.toml`, unknown where it says nothing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, kw_only=True)
class SubsistenceLimit:
    """From `valid_from` to `valid_to`, both included, the limit is `amount` euros a month."""

    valid_from: date
    valid_to: date
    amount: Decimal
    source: str


def subsistence_limit(day: date) -> Decimal | None:
    """Return the limit in euros a month that holds on `day`; None where no year of it is known."""
    return next((limit.amount for limit in _limits() if limit.valid_from <= day <= limit.valid_to), None)


@cache
def _limits() -> tuple[SubsistenceLimit, ...]:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"), parse_float=Decimal)
    return tuple(SubsistenceLimit(**{**entry, "amount": Decimal(entry["amount"])}) for entry in data["limits"])
