"""Leave out of a set partitioning what cannot be part of a better choice: fixing by reduced cost.

The linear relaxation (GLOP) prices every request; a route whose cost exceeds the prices of what it serves by more than
the distance between the best solution and the relaxation is in no better solution (Baldacci, Christofides & Mingozzi
2008).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ortools.linear_solver import pywraplp

_HARDLY = 1e-4
"""Points within which two sums count as equal."""


@dataclass(frozen=True, kw_only=True)
class Partition:
    """A set partitioning: what each column costs, its class, and the requests it serves.

    `outs` are (cost, requests) of leaving units out, `crew` how often each request is to be served, `most` how many
    columns of a class may be taken.
    """

    costs: Sequence[float]
    classes: Sequence[int]
    serves: Sequence[Collection[int]]
    outs: Sequence[tuple[float, Sequence[int]]]
    crew: Sequence[int]
    most: Mapping[int, int]

    def promising(self, best: float) -> list[int] | None:
        """Return the columns that may be part of a choice cheaper than `best`; None where there is no such choice."""
        solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        rows = [solver.Constraint(float(size), float(size)) for size in self.crew]
        tops = {number: solver.Constraint(0.0, float(count)) for number, count in self.most.items()}
        objective, columns = solver.Objective(), []
        for cost, number, served in zip(self.costs, self.classes, self.serves, strict=True):
            column = solver.NumVar(0.0, solver.infinity(), "")
            objective.SetCoefficient(column, cost)
            tops[number].SetCoefficient(column, 1.0)
            for request in served:
                rows[request].SetCoefficient(column, 1.0)
            columns.append(column)
        for cost, requests in self.outs:
            column = solver.NumVar(0.0, solver.infinity(), "")
            objective.SetCoefficient(column, cost)
            for request in requests:
                rows[request].SetCoefficient(column, float(self.crew[request]))
        objective.SetMinimization()
        if solver.Solve() != pywraplp.Solver.OPTIMAL:
            return list(range(len(columns)))
        room = best - objective.Value()
        if room <= _HARDLY:
            return None
        return [place for place, column in enumerate(columns) if column.ReducedCost() <= room + _HARDLY]
