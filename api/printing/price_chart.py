"""One ride under every price list as a picture: SVG or PNG, in words and numbers as well as in lengths."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from typing import Final, Literal

from api.printing.typeset import drawing
from routing.rules.fees.compare import Compared
from routing.wording import say
from routing.wording.format import euros

_TICKS: Final = 4


def price_chart(compared: Iterable[Compared], lang: str, *, title: str, kind: Literal["svg", "png"]) -> bytes:
    """Return a bar for each price, a span for each that lies between two, a word for each that has to be asked."""
    rows = tuple(compared)
    most = max((row.bounds[1] for row in rows if row.bounds is not None), default=Decimal(0))
    top = _round_up(most)
    data = {
        "title": title,
        "lang": lang,
        "note": say("cli.compare-note", lang),
        "rows": [_row(row, top, lang) for row in rows],
        "ticks": [{"at": step / _TICKS, "text": euros(top * step / _TICKS, lang)} for step in range(_TICKS + 1)],
    }
    return drawing("prices", data, kind=kind)


def _row(row: Compared, top: Decimal, lang: str) -> dict[str, object]:
    if row.bounds is None:
        return {"name": row.municipality, "from": 0, "to": 0, "sure": False, "text": say("cli.ask", lang)}
    least, most = row.bounds
    sure = row.quote.total is not None
    low, high = euros(least, lang), euros(most, lang)
    return {
        "name": row.municipality,
        "from": 0 if sure else float(least / top),
        "to": float(most / top),
        "sure": sure,
        "text": low if sure else say("cli.compare-between", lang, least=low, most=high),
    }


def _round_up(most: Decimal) -> Decimal:
    """Return a round number of euros that no price exceeds."""
    step = Decimal(4)
    while step * 5 < most:
        step *= 2
    return max((most / step).to_integral_value(rounding=ROUND_CEILING) * step, step)
