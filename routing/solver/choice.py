"""What a choice among routes seen is about: who is to be served, and what each route weighs."""

from __future__ import annotations

from dataclasses import dataclass

from routing.solver.instance import Instance
from routing.solver.kernel.data import USED, Data
from routing.solver.pool import Key, Pool


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A choice among the routes of a pool. `now` are the routes of the best solution so far.

    Whoever is served now stays served, and with `fewest`, where a shift costs more than what is done on it, no more are
    used than now: with these said as rules the linear relaxation is tight, which penalties would drown.
    """

    instance: Instance
    data: Data
    pool: Pool
    now: frozenset[Key]
    fewest: bool

    def requests(self, key: Key) -> frozenset[int]:
        """Return the requests that a route serves."""
        return frozenset(self.instance.nodes[node].request for node in key[1])

    def points(self, key: Key) -> float:
        """Return what a route weighs; using its shift is left out of account where no more are used than now."""
        return self.pool.columns[key].points - (float(self.data.weight[USED]) if self.fewest else 0.0)

    def out(self) -> list[int]:
        """Return the units that nobody serves now."""
        served = {int(self.data.unit[request]) for key in self.now for request in self.requests(key)}
        return [unit for unit in range(len(self.data.worth)) if unit not in served]
