"""Say how far from the best possible plan a plan is at most, or why nobody knows."""

from __future__ import annotations

import math

from babel.numbers import format_percent

from api.planned import PlannedDay
from routing.solver.bound.lower_bound import MOST_REQUESTS, is_provable
from routing.solver.proven import excess
from routing.wording import say


def bound_text(planned: PlannedDay, lang: str) -> str:
    """Return one sentence about the bound of a planned day; the part is rounded up, so that it holds."""
    if planned.bound is None and not is_provable(planned.day.problem):
        return say("cli.bound-too-large", lang, most=MOST_REQUESTS)
    part = None if planned.bound is None else excess(planned.cost, planned.bound)
    if part is None:
        return say("cli.bound-unknown", lang)
    if planned.bound == planned.cost.total:
        return say("cli.bound-best", lang)
    percent = format_percent(math.ceil(part * 1000) / 1000, format="0.0 %", locale=lang)
    return say("cli.bound-within", lang, percent=percent)
