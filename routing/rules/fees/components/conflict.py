"""A price that a list states twice, and not the same: reported and asked, never chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field

from routing.rules.fees.components.band import Band
from routing.rules.fees.components.component import When
from routing.rules.fees.components.flat import Flat
from routing.rules.fees.components.rate import Rate
from routing.rules.fees.conventions import STRICT
from routing.rules.fees.line import Line
from routing.rules.fees.readings import Situation

Statement: TypeAlias = Annotated[Flat | Rate | Band, Field(discriminator="kind")]


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Charge by the `first` or by the `second` of two statements; the convention `of_two` says which one holds."""

    __pydantic_config__: ClassVar = STRICT

    kind: Literal["conflict"]
    name: str
    first: Statement
    second: Statement
    when: When = field(default_factory=dict)

    def line(self, situation: Situation, above: Sequence[Line]) -> Line:
        """Return the line of the statement that holds."""
        chosen = self.first if situation.reading("of_two") == "first" else self.second
        return chosen.line(situation, above)
