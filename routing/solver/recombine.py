"""Choose the best combination of routes seen: set partitioning by CP-SAT (OR-Tools).

After Rosing & ReVelle 1997 ("heuristic concentration") and Subramanian, Uchoa & Ochi 2013, who do it for fleets of many
kinds. Routes whose times depend on each other may not go together: whoever asks tests what is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from routing.solver.elements import Routes
from routing.solver.instance import Instance
from routing.solver.kernel.data import Data
from routing.solver.pool import Key, Pool

_PARTS = 8
"""Parts of a point in which the model counts."""

_FEW = 1.5
"""How many routes per route in use make a pool rich enough to choose from."""


@dataclass(frozen=True, kw_only=True)
class Recombination:
    """Set partitioning over a pool for one instance. `data` says which units there are and what they are worth."""

    instance: Instance
    data: Data
    pool: Pool

    def choose(self, best: Routes, *, seconds: float, work: float, free_ties: bool = True) -> Routes | None:
        """Return the cheapest choice of routes, None where it is `best` again or nothing was found in time.

        `work` are the deterministic seconds CP-SAT may take. Without `free_ties` the routes that serve requests tied
        to other routes stay as they are in `best`.
        """
        keys = self._keys(best, free_ties=free_ties)
        now = {(self.pool.alike[shift], sequence) for shift, sequence in enumerate(best) if sequence}
        if len(keys) < _FEW * len(now):
            return None
        model, chosen = self._model(keys, now)
        solver = cp_model.CpSolver()
        solver.parameters.catch_sigint_signal = False
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = work
        solver.parameters.max_time_in_seconds = seconds
        if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        taken = [key for key, literal in zip(keys, chosen, strict=True) if solver.boolean_value(literal)]
        return None if set(taken) == now else self.pool.placed(taken, best)

    def _keys(self, best: Routes, *, free_ties: bool) -> list[Key]:
        now = [(self.pool.alike[shift], sequence) for shift, sequence in enumerate(best) if sequence]
        keys = list(dict.fromkeys([*now, *self.pool.columns]))
        return keys if free_ties else [key for key in keys if key in now or not self._is_tied(key)]

    def _is_tied(self, key: Key) -> bool:
        return bool(self.data.tied[self.data.request[list(key[1])]].any())

    def _model(self, keys: Sequence[Key], now: set[Key]) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
        """Return the model: every request by as many routes as its crew counts, or its whole unit left out."""
        model = cp_model.CpModel()
        chosen = [model.new_bool_var("") for _ in keys]
        out = [model.new_bool_var("") for _ in self.data.worth]
        serving: list[list[cp_model.IntVar]] = [[] for _ in self.instance.requests]
        driving: dict[int, list[cp_model.IntVar]] = {}
        for (number, sequence), literal in zip(keys, chosen, strict=True):
            driving.setdefault(number, []).append(literal)
            for request in {self.instance.nodes[node].request for node in sequence}:
                serving[request].append(literal)
        for request, literals in enumerate(serving):
            crew, left = self.instance.crew[request], out[int(self.data.unit[request])]
            if crew == 1:
                model.add_exactly_one(*literals, left)
            else:
                model.add(sum(literals) + crew * left == crew)
        counts = self.pool.shifts_of_class
        for number, literals in driving.items():
            if len(literals) > counts[number]:
                model.add(sum(literals) <= counts[number])
        prices = [round(_PARTS * self.pool.columns[key].points) for key in keys]
        worth = [round(_PARTS * value) for value in self.data.worth.tolist()]
        model.minimize(cp_model.LinearExpr.weighted_sum([*chosen, *out], [*prices, *worth]))
        served = {self.instance.nodes[node].request for _, sequence in now for node in sequence}
        for key, literal in zip(keys, chosen, strict=True):
            model.add_hint(literal, key in now)
        for request in range(len(serving)):
            if request == self._first_of_unit(request):
                model.add_hint(out[int(self.data.unit[request])], request not in served)
        return model, chosen

    def _first_of_unit(self, request: int) -> int:
        return int(self.data.member[self.data.unit[request], 0])
