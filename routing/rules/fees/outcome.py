"""What a ride comes to under assumed readings, and which of the readings decide it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import combinations_with_replacement, product
from typing import TypeAlias

from routing.rules.fees.line import Line, known_part, subtotal

Worth: TypeAlias = tuple[Decimal | None, Decimal]
_Point: TypeAlias = tuple[str, Worth]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The lines under one complete set of assumed readings; what nothing asked for is not assumed.

    `uses` says how much of which pools is used up, None where that is not known.
    """

    assumed: Mapping[str, str]
    lines: tuple[Line, ...]
    uses: Mapping[str, Decimal | None] = field(default_factory=dict)

    @cached_property
    def total(self) -> Decimal | None:
        """Return the sum of the lines, or None where one has no amount."""
        return subtotal(self.lines)

    @cached_property
    def worth(self) -> Worth:
        """Return the total and, for where there is none, what is known of it."""
        return self.total, known_part(self.lines)


def agreed_uses(outcomes: Sequence[Outcome]) -> Mapping[str, Decimal | None]:
    """Return what is used of each pool; None where the outcomes differ in it."""
    pools = dict.fromkeys(pool for outcome in outcomes for pool in outcome.uses)
    found = {pool: {outcome.uses.get(pool, Decimal(0)) for outcome in outcomes} for pool in pools}
    return {pool: units.pop() if len(units) == 1 else None for pool, units in found.items()}


def deciding(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """Return the names of the readings that matter, in the order in which they were asked for.

    A reading matters if two outcomes that may differ in nothing else are worth different sums.
    """
    if len({outcome.worth for outcome in outcomes}) == 1:
        return ()
    names = dict.fromkeys(name for outcome in outcomes for name in outcome.assumed)
    return tuple(name for name in names if _decides(name, outcomes))


def _decides(name: str, outcomes: Sequence[Outcome]) -> bool:
    """Tell whether `name` matters, by comparing outcomes that agree in everything else that both of them assume."""
    alike: dict[frozenset[str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if name in outcome.assumed:
            alike[frozenset(outcome.assumed)].append(outcome)
    for one, other in combinations_with_replacement(alike, 2):
        shared = sorted((one & other) - {name})
        ours, theirs = _worths(name, alike[one], shared), _worths(name, alike[other], shared)
        for rest in ours.keys() & theirs.keys():
            pairs = product(ours[rest], theirs[rest])
            if any(reading != reading2 and worth != worth2 for (reading, worth), (reading2, worth2) in pairs):
                return True
    return False


def _worths(name: str, outcomes: Iterable[Outcome], shared: Iterable[str]) -> dict[tuple[str, ...], set[_Point]]:
    """Return the readings of `name` with their worths, by what is assumed of `shared`."""
    worths: dict[tuple[str, ...], set[_Point]] = defaultdict(set)
    for outcome in outcomes:
        rest = tuple(outcome.assumed[key] for key in shared)
        worths[rest].add((outcome.assumed[name], outcome.worth))
    return worths
