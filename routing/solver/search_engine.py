"""Engine `search`: compiled ruin and recreate, side by side, with exchange and recombination between its pieces."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial

from routing.solver.chooser import Chooser
from routing.solver.cooling import Cooling, heat_at
from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.kernel.engine import Kernel, Seen
from routing.solver.lookout import Lookout
from routing.solver.pool import Pool, alike
from routing.solver.recombine import Recombination
from routing.solver.regions import Regions
from routing.solver.stages import Stages
from routing.solver.team import Team

_PIECE = 0.2
"""Seconds of a piece at most, after which the searches wait for each other and a wish to stop is heard."""

_PIECES = 40
"""Into how many pieces a short search is cut at least."""

_GLANCE = 0.05
"""Seconds after which a search writes down the routes it has."""

_TOGETHER = 4
"""Pieces after which a large day is shared anew."""

_ROUNDS = 20
"""Rounds of the first glance, and of every piece where rounds are counted instead of seconds."""

_REDUCING = 0.25
"""Part of the budget that goes to serving everybody on fewer shifts, where using one costs more than a request."""

_EXCHANGES = (0.6, 0.75, 0.9)
"""When the search that is behind takes over the solution of the one ahead, by how far they have cooled down.

Not before the searches are cool: sooner, and they are one search. Twenty times in a run cost more than it gained.
"""

_CHOICES = (0.75, 0.85, 0.93)
"""When the routes seen are recombined, by how far the searches have cooled down: what is chosen sooner ties them."""

_LEAN = 3.0
"""How much one search prefers many routes and the next one few, in parts of the heat, where routes are short.

Opening one takes several stops at once, and closing one too: who does not care seldom finds how many are right.
"""

_SPARE = 0.2
"""What part of the shifts has to stay at home for that: with hardly any choice of how many routes it only disturbs."""

_LARGE = 300
"""From how many units on a day is large."""


@dataclass(kw_only=True)
class SearchEngine:
    """The compiled searches on one instance. `rounds` counts what each has done.

    `used(rounds)` is the used share of the budget; `seconds` the length of the search, None where rounds are counted:
    the pieces are then all alike, so that the same seed does the same.
    """

    instance: Instance
    seed: int
    stages: Stages
    used: Callable[[int], float]
    seconds: float | None
    lookout: Lookout
    rounds: int = 0
    _size: int = field(default=_ROUNDS, init=False)

    def improve(self, start: Routes) -> None:
        """Search from `start` while there is budget; the lookout is shown the best solution after every piece."""
        with Team(self.instance, self.seed, self._size_of_team()) as team:
            team.load(start)
            if self.stages.greedy:
                team.each(lambda kernel: kernel.run(1, 0.0))
                self._show(team)
            pool = Pool(alike=alike(self.instance, team.kernels[0].data))
            self._reduce(team, pool)
            with closing(Chooser(seconds=self.seconds)) as chooser:
                self._anneal(team, pool, chooser)
            self._show(team, last=True)

    def _size_of_team(self) -> int:
        """Return how many searches there are: no more than cores, unless what they come to must not depend on these."""
        return self.stages.searches if self.seconds is None else min(self.stages.searches, os.cpu_count() or 1)

    def _reduce(self, team: Team, pool: Pool) -> None:
        """Serve everybody on fewer shifts for a part of the budget, where that is worth it."""
        best = team.best
        if not (self.stages.reduce and best.costly_shifts):
            return
        heat = best.tepid()
        while not team.best.complete and self.used(self.rounds) < _REDUCING:
            self._piece(team, pool, partial(Kernel.run, heat=heat))
            self._show(team)
        if not team.best.complete:
            return
        team.load(team.best.routes)
        while self.used(self.rounds) < _REDUCING:
            self._piece(team, pool, partial(Kernel.reduce, heat=heat))
            if self.stages.exchange and team.worst.points > team.best.points + team.best.mean():
                exchange(team)
            self._show(team)
        team.load(team.best.routes)
        for kernel in team.kernels:
            kernel.absent[:] = 0  # what was missed on fewer shifts

    def _anneal(self, team: Team, pool: Pool, chooser: Chooser) -> None:
        """Anneal from hot to cold while there is budget."""
        first, last = team.best.first_heat(), team.best.last_heat()
        before, begun = 0.0, self.used(self.rounds)
        left = None if self.seconds is None else self.seconds * (1 - begun)
        cooling = Cooling(begun=begun, seconds=left, rounds=self.rounds, units=len(team.best.best.out))
        regions, pieces = Regions(team=team, seed=self.seed), 0
        shared = self.stages.share and regions.useful
        if not shared:
            lean(team)
        while (share := self.used(self.rounds)) < 1:
            cold = cooling.at(share, self.rounds)
            before = min(before, cold)  # a new turn begins hot
            if shared and pieces % _TOGETHER == 0:
                regions.draw()
            pieces += 1
            self._piece(team, pool, partial(Kernel.run, heat=heat_at(first, last, cold)))
            if self._chooses(team) and any(before < due <= cold for due in _CHOICES):
                chooser.begin(self._choice(team, pool), team.best.routes)
            chooser.settle(team.worst)
            if self.stages.exchange and not shared and any(before < due <= cold for due in _EXCHANGES):
                exchange(team)
            before = cold
            self._show(team)

    def _chooses(self, team: Team) -> bool:
        """Tell whether routes seen are recombined: long ones of a large day hardly ever go together."""
        return self.stages.recombine and (len(team.best.best.out) < _LARGE or not team.best.has_long_routes)

    def _choice(self, team: Team, pool: Pool) -> Recombination:
        best = team.best
        return Recombination(instance=self.instance, data=best.data, pool=pool.copied(), fewest=best.costly_shifts)

    def _show(self, team: Team, *, last: bool = False) -> None:
        best = team.best
        self.lookout.look(best.points, lambda: best.routes, last=last)

    def _piece(self, team: Team, pool: Pool, work: Callable[[Kernel, int], int]) -> None:
        """Let every search work for one piece, and take the routes seen into the pool."""
        if self.seconds is None:
            found = team.each(lambda kernel: _counted(kernel, work))
            self.rounds += _ROUNDS
        else:
            until = time.monotonic() + min(_PIECE, self.seconds / _PIECES)
            done = team.each(lambda kernel: self._timed(kernel, work, until))
            found = [seen for seen, _ in done]
            self.rounds += max(rounds for _, rounds in done)
        if self._chooses(team):
            for seen in found:
                pool.add(seen)

    def _timed(self, kernel: Kernel, work: Callable[[Kernel, int], int], until: float) -> tuple[list[Seen], int]:
        """Work until a moment; return what was seen on the way, and the rounds done."""
        seen, rounds = list[Seen](), 0
        while (begun := time.monotonic()) < until:
            size = self._size
            work(kernel, size)
            rounds += size
            seen += kernel.seen()
            taken = max(1e-4, time.monotonic() - begun)
            self._size = max(1, min(4 * size, round(size * _GLANCE / taken)))
        return seen, rounds


def _counted(kernel: Kernel, work: Callable[[Kernel, int], int]) -> list[Seen]:
    work(kernel, _ROUNDS)
    return kernel.seen()


def lean(team: Team) -> None:
    """Let one search prefer many routes and the next one few, where routes are short and not all shifts are needed."""
    size = team.best.best.size
    if len(team.kernels) > 1 and not team.best.has_long_routes and (size == 0).sum() > _SPARE * len(size):
        for number, kernel in enumerate(team.kernels):
            kernel.lean = -_LEAN if number % 2 else _LEAN


def exchange(team: Team) -> None:
    """Let the search that is behind go on from the best solution of the one ahead, and lean the same way."""
    best, worst = team.best, team.worst
    if worst.points > best.points:
        worst.load(best.routes)
        worst.lean = best.lean
