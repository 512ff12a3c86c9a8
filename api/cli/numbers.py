"""Numbers on the command line: 12.5 or 12,5, exact; whole numbers and seconds within limits."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

import click

from api.cli.click_words import words

_MOST: Final = 1_000_000
_PLAIN: Final = re.compile(r"\d{1,6}([.,]\d{1,6})?", re.ASCII)


class NumberType(click.ParamType[Decimal]):
    """A number that is not negative, with a point or a comma."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:  # noqa: ANN401
        """Return the number; a usage error for anything else."""
        if isinstance(value, Decimal):
            return value
        if not _PLAIN.fullmatch(str(value)):
            return self.fail(words("usage.not-decimal", value=value, most=_MOST), param, ctx)
        return Decimal(str(value).replace(",", "."))


class SecondsType(click.FloatRange):
    """Seconds between two limits; what is no number at all lies between none."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401
        """Return the seconds; a usage error for anything else."""
        if str(value).strip().lower().lstrip("+-") == "nan":
            return self.fail(words("usage.not-number", value=value), param, ctx)
        return float(super().convert(value, param, ctx))


NUMBER = NumberType()
MINUTES = click.IntRange(0, 24 * 60)
"""Minutes of a day."""

ITERATIONS = click.IntRange(1, 10**9)
"""How many solutions to try."""
