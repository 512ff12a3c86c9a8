"""What happened on a ride that its price list says nothing about: asked, never taken for free or for the full price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from routing.findings import Severity
from routing.rules.fees.components.band import Band
from routing.rules.fees.components.cancelled import Cancelled
from routing.rules.fees.components.expenses import Expenses, expense_words
from routing.rules.fees.components.no_show import NoShow
from routing.rules.fees.components.quota import Quota
from routing.rules.fees.components.shared import Shared
from routing.rules.fees.line import Line
from routing.rules.fees.question import FareQuestion
from routing.rules.fees.schedule import Schedule
from routing.rules.remark import Remark

_OF_THE_CAR: Final = frozenset({"km", "wait_hours", "hours", "extra_hours", "cost"})
"""Measures of what is driven, whoever is aboard."""


def unlisted(schedule: Schedule, question: FareQuestion, lines: Sequence[Line]) -> Iterator[Remark]:
    """Yield a remark for each thing about the ride that the list has no line for; `lines` are those it has.

    A flat price is each rider's own, whoever is aboard. Kilometres and hours are the car's as well, so a list that
    counts them has to say who of several pays for which.
    """
    kinds = {type(component) for component in schedule.components}
    if question.result == "cancelled" and Cancelled not in kinds:
        yield _remark("rules.fee-cancelled-unlisted")
    if question.result == "no_show" and NoShow not in kinds:
        yield _remark("rules.fee-no-show-unlisted")
    driven = any(line.measure in _OF_THE_CAR and line.quantity for line in lines)
    if question.is_shared and driven and Shared not in kinds:
        yield _remark("rules.fee-shared-unlisted")
    passed = {name for component in schedule.components if isinstance(component, Expenses) for name in component.of}
    names = sorted(name for name, amount in (question.expenses or {}).items() if amount and name not in passed)
    if names:
        yield Remark(
            code="rules.fee-expenses-unlisted", severity=Severity.WARNING, values={"names": expense_words(names)}
        )


def counts_rides(schedule: Schedule) -> bool:
    """Tell whether the price of a ride depends on how many there were before it."""
    return any(
        isinstance(component, Quota) or (isinstance(component, Band) and component.by.startswith("rides_in_"))
        for component in schedule.components
    )


def _remark(code: str) -> Remark:
    return Remark(code=code, severity=Severity.WARNING)
