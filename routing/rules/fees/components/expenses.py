"""Money laid out on the way and passed on as it is: parking, ferry tickets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Final, Literal

from routing.rules.fees.components.component import When
from routing.rules.fees.conventions import STRICT
from routing.rules.fees.line import Line
from routing.rules.fees.readings import Situation, UnknownValue, Way
from routing.rules.remark import Listed, Term

_KNOWN: Final = ("parking", "ferry")
"""Expenses that have a word in every language; others are said as the list names them."""


def expense_words(names: Iterable[str]) -> Listed:
    """Return the names of expenses, to be said in any language."""
    return Listed(words=tuple(Term(key=f"rules.expense-{name}") if name in _KNOWN else name for name in names))


@dataclass(frozen=True, kw_only=True)
class Expenses:
    """Add what was laid out for the ride, of the names in `of`; a trip charged in two directions pays it once."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["expenses"]
    name: str
    of: tuple[str, ...]
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:  # noqa: ARG002 - adds regardless
        """Return the sum; ask where it is not known."""
        expenses = situation.question.expenses
        if expenses is None:
            raise UnknownValue("rules.missing-expenses", names=expense_words(self.of))
        passed = {} if situation.way is Way.BACK else {name: expenses[name] for name in self.of if name in expenses}
        return Line(
            rule=self.name,
            sentence_key="rules.line-expenses",
            measure="charge",
            quantity=Decimal(bool(passed)),
            amount=sum(passed.values(), Decimal(0)),
            values={"names": expense_words(passed)},
        )
