"""Column generation: routes are priced in turn with weighing them, until none is missing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from routing.solver.bound.column import Column
from routing.solver.bound.master import Duals, Master
from routing.solver.bound.memory import keeps, lengthen
from routing.solver.bound.pricer import Priced, Pricer
from routing.solver.bound.pricing.data import Floats
from routing.solver.budget import StopSignal
from routing.solver.instance import Instance

_MOST_KNOWN = 20
"""How many requests may be remembered at a request."""

_CLOSE = 2e-4
"""Part of the value by which bound and programme may differ for a programme to count as solved."""

_SMOOTH = 0.5
"""Weight of the best duals so far in those that are priced (Wentges 1997)."""

_CROWD = 4
"""How many labels at one stop in one stretch of time are enough, while routes are found like that."""

_GUESSES = 12
"""After how many rounds the first bound is worked out."""

_CAP = 3.0
"""How many times what serving a request costs at the centre its dual may be at first."""


@dataclass(kw_only=True)
class Generation:
    """One run. `best` is the highest Lagrangian bound met, `center` its duals."""

    instance: Instance
    pricers: list[Pricer]
    counts: tuple[int, ...]
    center: Duals
    enough: float
    over: StopSignal
    pool: ThreadPoolExecutor
    best: float = -math.inf
    rounds: int = 0
    used: tuple[tuple[Column, float], ...] = ()
    master: Master = field(init=False)

    def run(self, columns: Iterable[Column]) -> bool:
        """Raise `best` from these routes on, until nothing is missing or it is enough; False where time ran out."""
        self.master = Master(instance=self.instance, counts=self.counts)
        for column in columns:
            if self._is_known(column):
                self.master.add(column)
        self.master.tighten(_CAP * self.center.gain)
        while True:
            if not self._converge():
                return False
            if self.best >= self.enough or not self._remember_more():
                return True

    def _is_known(self, column: Column) -> bool:
        return keeps(self.pricers[column.kind].tables.memory, column)

    def _converge(self) -> bool:
        """Add routes until none is missing; False where time or room was over before."""
        smooth, sure = _SMOOTH, False
        while not self.over():
            self.rounds += 1
            weighed = self.master.solve()
            if weighed is None:
                return False
            self.used = weighed.used
            if self._is_close(weighed.points):
                if self.best >= self.enough or not self.master.loosen():
                    return True
                continue
            duals = self.center.mixed(weighed.duals, smooth)
            sure = sure or (self.best == -math.inf and self.rounds > _GUESSES)
            if not sure and self._price(weighed.duals, duals, crowd=_CROWD) > 0:
                continue
            added = self._price(weighed.duals, duals, crowd=0)
            if added < 0:
                return False
            if added == 0 and smooth == 0 and not self.master.loosen():
                return True
            sure = added == 0 and smooth > 0
            smooth = _SMOOTH if added else smooth / 2 if smooth > 0.2 else 0.0
        return False

    def _is_close(self, points: float) -> bool:
        return self.best >= self.enough or (self.best > -math.inf and points - self.best <= _CLOSE * points)

    def _price(self, true: Duals, duals: Duals, *, crowd: int) -> int:
        """Price every class under `duals`; return how many routes are new, below 0 where time or room ran out.

        Without a `crowd` the Lagrangian bound of the duals is noted.
        """
        added, least = 0, []

        def price(pricer: Pricer) -> Priced:
            return pricer.price(duals.gain, float(duals.rent[pricer.kind]), crowd=crowd, stop=self.over)

        for priced in list(self.pool.map(price, self.pricers)):
            if not crowd and priced.least is None:
                return -1
            least.append(min(0.0, priced.least or 0.0))
            for column in priced.columns:
                if true.reduced(column) < -1e-6:
                    added += self.master.add(column)
        value = self._promised(duals.gain) + float(np.dot(self.counts, least))
        if not crowd and value > self.best:
            self.best, self.center = value, Duals(gain=duals.gain, rent=np.array(least))
        return added

    def _promised(self, gain: Floats) -> float:
        """Return what the duals promise for serving everything, less what leaving something out would spare."""
        crew, value = self.instance.crew, 0.0
        for unit in self.master.units:
            promised = sum(crew[request] * float(gain[request]) for request in unit)
            value += min(promised, float(self.master.worth(unit)))
        return value

    def _remember_more(self) -> bool:
        """Lengthen memories where the programme uses routes that serve a request twice; tell whether it did."""
        longer = False
        for pricer in self.pricers:
            mine = [column for column, _ in self.used if column.kind == pricer.kind]
            longer |= lengthen(pricer.tables.memory, mine, _MOST_KNOWN)
        if longer:
            self.master.keep([column for column in self.master.columns if self._is_known(column)])
        return longer
