"""What a worked case expects and what it comes to, in words."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from api.wording import say
from routing.rules.fees.cases import Case, Tried
from routing.wording.format import euros


def expected_price(case: Case, lang: str) -> str:
    """Say what somebody expects who reads the list."""
    if case.total is not None:
        return _money(case.total, lang)
    return _asked(case.candidates, lang)


def tried_price(tried: Tried, lang: str) -> str:
    """Say what a list comes to."""
    if tried.total is not None:
        return _money(tried.total, lang)
    return _asked(tried.candidates, lang)


def _asked(candidates: tuple[str, ...], lang: str) -> str:
    known = [total for total in dict.fromkeys(candidates) if total != "unknown"]
    if not known:
        return say("fees.ask", lang)
    return say("fees.ask-among", lang, prices=" / ".join(_money(total, lang) for total in known))


def _money(total: str, lang: str) -> str:
    """Say an amount; what is no number was typed so in the case and is shown so."""
    try:
        return euros(Decimal(total), lang)
    except InvalidOperation:
        return total
