"""Which stages of the method take part, so that the worth of each can be measured."""

from __future__ import annotations

from dataclasses import dataclass

from routing.errors import UsageError


@dataclass(frozen=True, kw_only=True)
class Stages:
    """The stages of engine `hybrid`, all on by default; `python -m benchmarks ablation` measures them one by one.

    `greedy` builds the first plan before the search (else the search begins with nobody served); `reduce` tries to do
    with fewer shifts first where each costs a lot; `searches` run side by side, and `exchange` their best now and then,
    or `share` a large day in parts; `recombine` chooses among all routes seen; `polish` goes over the plan by its true
    cost at the end.
    """

    greedy: bool = True
    reduce: bool = True
    searches: int = 2
    exchange: bool = True
    share: bool = True
    recombine: bool = True
    polish: bool = True

    def __post_init__(self) -> None:
        if self.searches < 1:
            raise UsageError(f"searches {self.searches} must be at least 1")
