"""Choose the best combination of routes seen: set partitioning by CP-SAT (OR-Tools).

After Rosing & ReVelle 1997 ("heuristic concentration") and Subramanian, Uchoa & Ochi 2013, who do it for fleets of many
kinds. The most promising routes are chosen from first, then more of them, as long as that goes quickly. Routes whose
times depend on each other may not go together: whoever asks tests what is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Event
from time import monotonic

from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

from routing.solver.choice import Choice
from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.kernel.data import Data
from routing.solver.partition import Partition
from routing.solver.pool import Key, Pool
from routing.solver.promise import Promise, glop

_FEW = 1.5
"""How many routes per route in use make a pool rich enough to choose from."""

_NARROW = 1000
"""From how many routes besides those in use is chosen first, then from twice as many, and so on."""

_QUICK = 0.15
"""Part of the work allowed within which a choice has to be made for a wider one to follow."""

_RANKING = 0.5
"""Part of the seconds that finding out which routes are promising may take."""


@dataclass(frozen=True, kw_only=True)
class Recombination:
    """Set partitioning over a pool for one instance. `data` says which units there are and what they are worth.

    `fewest` keeps to the number of shifts in use, for days on which each costs more than what is done on it.
    """

    instance: Instance
    data: Data
    pool: Pool
    fewest: bool = False
    _glop: pywraplp.Solver = field(default_factory=glop, init=False)
    _solver: cp_model.CpSolver = field(default_factory=cp_model.CpSolver, init=False)
    _stopped: Event = field(default_factory=Event, init=False)

    def choose(self, best: Routes, *, seconds: float, work: float, free_ties: bool = True) -> Routes | None:
        """Return the cheapest choice of routes, None where it is `best` again or nothing was found in time.

        `work` are the deterministic seconds CP-SAT may take. Without `free_ties` the routes that serve requests tied
        to other routes stay as they are in `best`.
        """
        now = [(self.pool.alike[shift], sequence) for shift, sequence in enumerate(best) if sequence]
        keys = self._keys(now, free_ties=free_ties)
        if len(keys) < _FEW * len(now) or len(set(now)) < len(now):  # a crew that does nothing else on alike shifts
            return None
        until = monotonic() + seconds
        promise = Promise(choice=self._choice(frozenset(now)), solver=self._glop)
        ranked = promise.ranked(keys, seconds=_RANKING * seconds)
        taken, width = frozenset(now), _NARROW + len(now)
        while (left := until - monotonic()) > 0:
            found = self._taken(ranked[:width], taken, left, work)
            if found is None:
                break
            taken = found
            if width >= len(ranked) or self._solver.deterministic_time > _QUICK * work:
                break
            width *= 2
        return None if taken == frozenset(now) else self.pool.placed(taken, best)

    def _taken(self, keys: Sequence[Key], now: frozenset[Key], seconds: float, work: float) -> frozenset[Key] | None:
        """Return the best choice among some routes, None where it is not known to be."""
        partition = Partition(choice=self._choice(now))
        partition.build(keys)
        self._set(seconds, work)
        solved = (cp_model.OPTIMAL, cp_model.FEASIBLE)
        if self._stopped.is_set() or self._solver.solve(partition.model) not in solved:
            return None
        return frozenset(key for key, literal in partition.chosen.items() if self._solver.boolean_value(literal))

    def _choice(self, now: frozenset[Key]) -> Choice:
        return Choice(instance=self.instance, data=self.data, pool=self.pool, now=now, fewest=self.fewest)

    @property
    def has_ties(self) -> bool:
        """Tell whether any times depend on what another route does."""
        return any(self._partners)

    def stop(self) -> None:
        """Have a choice that is under way in another thread end soon."""
        self._stopped.set()
        self._glop.InterruptSolve()
        self._solver.stop_search()

    def _keys(self, now: list[Key], *, free_ties: bool) -> list[Key]:
        keys = list(dict.fromkeys([*now, *self.pool.columns]))
        return keys if free_ties else [key for key in keys if key in now or not self._is_tied(key)]

    def _is_tied(self, key: Key) -> bool:
        """Tell whether a route serves somebody whose times depend on what another route does."""
        own = {self.instance.nodes[node].request for node in key[1]}
        return any(self._partners[request] - own for request in own)

    @cached_property
    def _partners(self) -> tuple[frozenset[int], ...]:
        """Return the requests whose times depend on each request's; a crew depends on another carer's, here -1."""
        found: list[set[int]] = [{-1} if crew > 1 else set() for crew in self.instance.crew]
        pairs = [(out, back) for _, out, back in self.instance.links]
        pairs += [(self.instance.nodes[a].request, self.instance.nodes[b].request) for _, a, b in self.instance.gaps]
        for one, other in pairs:
            found[one].add(other)
            found[other].add(one)
        return tuple(map(frozenset, found))

    def _set(self, seconds: float, work: float) -> None:
        parameters = self._solver.parameters
        parameters.catch_sigint_signal = False
        parameters.num_workers = 1
        parameters.linearization_level = 2
        parameters.cp_model_probing_level = 0
        parameters.symmetry_level = 0
        parameters.max_deterministic_time = work
        parameters.max_time_in_seconds = seconds
