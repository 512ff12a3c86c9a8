"""Read amounts as people write them: digits of our own script, a point or a comma, perhaps a euro sign behind."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_PLAIN: Final = re.compile(r"[0-9]{1,9}([.,][0-9]{1,9})?")


def read_amount(text: str) -> Decimal | None:
    """Return the amount, exact and not negative; None where the text is none, as with digits of other scripts."""
    plain = text.strip().removesuffix("€").strip()
    return Decimal(plain.replace(",", ".")) if _PLAIN.fullmatch(plain) else None
