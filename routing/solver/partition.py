"""The set partitioning model of a choice among routes, in CP-SAT (OR-Tools)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from routing.solver.choice import Choice
from routing.solver.pool import Key

_PARTS = 8
"""Parts of a point in which the model counts."""


@dataclass(kw_only=True)
class Partition:
    """Which of some routes to drive: `chosen` by key, `out` by unit left out."""

    choice: Choice
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    chosen: dict[Key, cp_model.IntVar] = field(default_factory=dict)
    out: dict[int, cp_model.IntVar] = field(default_factory=dict)

    def build(self, keys: Iterable[Key]) -> None:
        """Add every rule, the price of every route, and the best so far as a hint."""
        self.chosen = {key: self.model.new_bool_var("") for key in keys}
        self.out = {unit: self.model.new_bool_var("") for unit in self.choice.out()}
        self._serve_everybody()
        self._drive_what_there_is()
        self._weigh()
        for key, literal in self.chosen.items():
            self.model.add_hint(literal, key in self.choice.now)
        for literal in self.out.values():
            self.model.add_hint(literal, value=True)

    def _serve_everybody(self) -> None:
        """Serve each request by as many routes as its crew counts, or leave its whole unit out."""
        instance, unit = self.choice.instance, self.choice.data.unit
        serving: list[list[cp_model.IntVar]] = [[] for _ in instance.requests]
        for key, literal in self.chosen.items():
            for request in self.choice.requests(key):
                serving[request].append(literal)
        for request, literals in enumerate(serving):
            crew, left = instance.crew[request], self.out.get(int(unit[request]))
            ways = literals if left is None else [*literals, left]
            if crew == 1:
                self.model.add_exactly_one(ways)
            else:
                self.model.add(sum(literals) + (0 if left is None else crew * left) == crew)

    def _drive_what_there_is(self) -> None:
        """Use no more shifts of a class than it has, and no more in all than now where each costs a lot."""
        counts: Mapping[int, int] = self.choice.pool.shifts_of_class
        driving: dict[int, list[cp_model.IntVar]] = {}
        for (number, _), literal in self.chosen.items():
            driving.setdefault(number, []).append(literal)
        for number, literals in driving.items():
            if len(literals) > counts[number]:
                self.model.add(sum(literals) <= counts[number])
        if self.choice.fewest:
            self.model.add(sum(self.chosen.values()) <= len(self.choice.now))

    def _weigh(self) -> None:
        prices = [round(_PARTS * self.choice.points(key)) for key in self.chosen]
        worth = [round(_PARTS * float(self.choice.data.worth[unit])) for unit in self.out]
        literals = [*self.chosen.values(), *self.out.values()]
        self.model.minimize(cp_model.LinearExpr.weighted_sum(literals, [*prices, *worth]))
