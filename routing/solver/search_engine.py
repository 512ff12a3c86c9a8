"""Engine `search`: compiled ruin and recreate, side by side, with exchange and recombination between its pieces."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from routing.solver.cooling import cooled
from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.kernel.engine import Kernel
from routing.solver.lookout import Lookout
from routing.solver.pool import Pool, Seen, alike
from routing.solver.recombine import Recombination
from routing.solver.stages import Stages
from routing.solver.team import Team

_PIECE = 0.2
"""Seconds of a piece at most, after which the searches wait for each other and a wish to stop is heard."""

_PIECES = 40
"""Into how many pieces a short search is cut at least."""

_GLANCE = 0.05
"""Seconds after which a search writes down the routes it has."""

_ROUNDS = 20
"""Rounds of the first glance, and of every piece where rounds are counted instead of seconds."""

_EXCHANGES = 20
"""How often the search that is behind takes over the routes of the one ahead."""

_CHOICES = (0.3, 0.5, 0.65, 0.8, 0.9, 0.97)
"""When the routes seen are recombined, as shares of the budget."""

_CHOICE = 0.02
"""Part of the seconds that one recombination may take."""

_CHOICE_WORK, _LONG = 2.0, 60.0
"""Deterministic seconds that one recombination may take, and seconds where only these count."""


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
        with Team(self.instance, self.seed, self.stages.searches) as team:
            team.load(start)
            if self.stages.greedy:
                team.each(lambda kernel: kernel.run(1, 1.0))
                self._show(team)
            first = team.kernels[0].first_heat()
            pool = Pool(alike=alike(self.instance, team.kernels[0].data))
            before = 0.0
            while (share := self.used(self.rounds)) < 1:
                self._piece(team, pool, team.kernels[0].heat_at(first, cooled(share, self.seconds)))
                if self.stages.recombine and any(before < due <= share for due in _CHOICES):
                    self._recombine(team, pool)
                if self.stages.exchange and int(before * _EXCHANGES) < int(share * _EXCHANGES):
                    exchange(team)
                before = share
                self._show(team)
            self._show(team, last=True)

    def _show(self, team: Team, *, last: bool = False) -> None:
        best = team.best
        self.lookout.look(best.points, lambda: best.routes, last=last)

    def _piece(self, team: Team, pool: Pool, heat: float) -> None:
        """Run every search for one piece at one heat, and take the routes seen into the pool."""
        if self.seconds is None:
            found = team.each(lambda kernel: self._counted(kernel, heat))
            self.rounds += _ROUNDS
        else:
            until = time.monotonic() + min(_PIECE, self.seconds / _PIECES)
            done = team.each(lambda kernel: self._timed(kernel, heat, until))
            found = [seen for seen, _ in done]
            self.rounds += max(rounds for _, rounds in done)
        if self.stages.recombine:
            for seen in found:
                pool.add(seen)

    def _counted(self, kernel: Kernel, heat: float) -> list[Seen]:
        kernel.run(_ROUNDS, heat)
        return kernel.seen()

    def _timed(self, kernel: Kernel, heat: float, until: float) -> tuple[list[Seen], int]:
        seen, rounds = list[Seen](), 0
        while (begun := time.monotonic()) < until:
            size = self._size
            kernel.run(size, heat)
            rounds += size
            seen += kernel.seen()
            taken = max(1e-4, time.monotonic() - begun)
            self._size = max(1, min(4 * size, round(size * _GLANCE / taken)))
        return seen, rounds

    def _recombine(self, team: Team, pool: Pool) -> None:
        """Choose the best of all routes seen; what holds together goes to the search that is behind."""
        best, behind = team.best, team.worst
        points, known = best.points, behind.routes
        choice = Recombination(instance=self.instance, data=best.data, pool=pool)
        seconds = _LONG if self.seconds is None else self.seconds * _CHOICE
        for free_ties in (True, False):
            routes = choice.choose(best.routes, seconds=seconds, work=_CHOICE_WORK, free_ties=free_ties)
            if routes is not None:
                if behind.load(routes) and behind.points < points:
                    return
                behind.load(known)


def exchange(team: Team) -> None:
    """Let the search that is behind go on from the best solution of the one ahead."""
    best, worst = team.best, team.worst
    if worst.points > best.points:
        worst.load(best.routes)
