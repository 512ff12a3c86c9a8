"""Numbers on the command line: 12.5 or 12,5, exact."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

import click

_MOST = 1_000_000


class NumberType(click.ParamType[Decimal]):
    """A number that is not negative, with a point or a comma."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:  # noqa: ANN401
        """Return the number; a usage error for anything else."""
        if isinstance(value, Decimal):
            return value
        try:
            found = Decimal(str(value).replace(",", "."))
        except InvalidOperation:
            return self.fail(f"{value!r} is not a number such as 12.5", param, ctx)
        if not (found.is_finite() and 0 <= found < _MOST):
            return self.fail(f"{value!r} must be at least 0 and below {_MOST}", param, ctx)
        return found


NUMBER = NumberType()
