"""Engine `search`: compiled ruin and recreate, side by side, with exchange and recombination between its pieces."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from routing.solver.cooling import cooled
from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.kernel.engine import Kernel
from routing.solver.lookout import Lookout
from routing.solver.pool import Pool, Seen, alike
from routing.solver.recombine import Recombination
from routing.solver.soundness import is_allowed
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

_REDUCING = 0.2
"""Part of the budget that goes to serving everybody on fewer shifts, where using one costs more than a request."""

_TEPID = 0.15
"""Heat while shifts are reduced, as a part of the first heat."""

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
                team.each(lambda kernel: kernel.run(1, 0.0))
                self._show(team)
            pool = Pool(alike=alike(self.instance, team.kernels[0].data))
            self._reduce(team, pool)
            self._anneal(team, pool)
            self._show(team, last=True)

    def _reduce(self, team: Team, pool: Pool) -> None:
        """Serve everybody on fewer shifts for a part of the budget, where that is worth it."""
        best = team.best
        if not (self.stages.reduce and best.costly_shifts and best.complete):
            return
        heat = _TEPID * best.first_heat()
        while self.used(self.rounds) < _REDUCING:
            self._piece(team, pool, partial(Kernel.reduce, heat=heat))
            self._show(team)
        team.load(team.best.routes)

    def _anneal(self, team: Team, pool: Pool) -> None:
        """Anneal from hot to cold while there is budget."""
        first, before = team.best.first_heat(), 0.0
        while (share := self.used(self.rounds)) < 1:
            heat = team.best.heat_at(first, cooled(share, self.seconds))
            self._piece(team, pool, partial(Kernel.run, heat=heat))
            if self.stages.recombine and any(before < due <= share for due in _CHOICES):
                self._recombine(team, pool)
            if self.stages.exchange and int(before * _EXCHANGES) < int(share * _EXCHANGES):
                exchange(team)
            before = share
            self._show(team)

    def _is_whole(self, routes: Routes) -> bool:
        """Tell whether chosen routes keep the rules that concern several shifts of one worker."""
        return all(is_allowed(self.instance, routes, shift) for shift, sequence in enumerate(routes) if sequence)

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
        if self.stages.recombine:
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

    def _recombine(self, team: Team, pool: Pool) -> None:
        """Choose the best of all routes seen; what holds together goes to the search that is behind."""
        best, behind = team.best, team.worst
        points, known = best.points, behind.routes
        choice = Recombination(instance=self.instance, data=best.data, pool=pool)
        seconds = _LONG if self.seconds is None else self.seconds * _CHOICE
        for free_ties in (True, False):
            routes = choice.choose(best.routes, seconds=seconds, work=_CHOICE_WORK, free_ties=free_ties)
            if routes is not None:
                if self._is_whole(routes) and behind.load(routes) and behind.points < points:
                    return
                behind.load(known)


def _counted(kernel: Kernel, work: Callable[[Kernel, int], int]) -> list[Seen]:
    work(kernel, _ROUNDS)
    return kernel.seen()


def exchange(team: Team) -> None:
    """Let the search that is behind go on from the best solution of the one ahead."""
    best, worst = team.best, team.worst
    if worst.points > best.points:
        worst.load(best.routes)
