"""One route as the bound sees it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, kw_only=True)
class Column:
    """A route of one class of shifts: its points, the requests it serves in order (one may come twice), and when.

    `times` are (stop, second at which service begins), where they are known.
    """

    kind: int
    points: float
    requests: tuple[int, ...]
    times: tuple[tuple[int, int], ...] = ()

    @cached_property
    def counts(self) -> dict[int, int]:
        """Return how often each request is served."""
        return dict(Counter(self.requests))
