"""Weigh routes against each other: the linear programme over the routes met so far, by OR-Tools' GLOP."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.linear_solver import pywraplp

from routing.solver.bound.column import Column
from routing.solver.bound.pricing.data import Floats
from routing.solver.insertion import unit_of
from routing.solver.instance import Instance


@dataclass(frozen=True, kw_only=True)
class Duals:
    """What serving each request is worth at the margin, and what another shift of each class would spare (below 0)."""

    gain: Floats
    rent: Floats

    def reduced(self, column: Column) -> float:
        """Return what a route costs beyond what it is worth."""
        served = sum(times * self.gain[request] for request, times in column.counts.items())
        return column.points - float(served) - float(self.rent[column.kind])

    def mixed(self, other: Duals, share: float) -> Duals:
        """Return a share of these and the rest of the others."""
        gain = share * self.gain + (1 - share) * other.gain
        return Duals(gain=gain, rent=share * self.rent + (1 - share) * other.rent)


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """The answer of the programme: its value, its duals, and the routes it uses."""

    points: float
    duals: Duals
    used: tuple[tuple[Column, float], ...]


@dataclass(kw_only=True)
class Master:
    """Serve every request as often as its crew asks, or leave its unit out; use no class more than it has shifts."""

    instance: Instance
    counts: tuple[int, ...]
    columns: list[Column] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._known: set[tuple[int, tuple[int, ...], float]] = set()
        self._caps = np.array([self._most(request) for request in range(len(self.instance.requests))])
        self._build()

    @property
    def units(self) -> list[tuple[int, ...]]:
        """Return what is served or left out together."""
        return sorted({unit_of(self.instance, request) for request in range(len(self.instance.requests))})

    def worth(self, unit: tuple[int, ...]) -> int:
        """Return the points of leaving a unit out."""
        return sum(self.instance.unassigned_points(request) for request in unit)

    def tighten(self, caps: Floats) -> None:
        """Keep every dual below a cap, so that the first ones are no wild guesses; 0 stands for no cap."""
        for request, cap in enumerate(caps):
            self._caps[request] = min(self._caps[request], cap) if cap > 0 else self._caps[request]
            self._solver.Objective().SetCoefficient(self._spared[request], self._caps[request])

    def loosen(self) -> bool:
        """Raise the caps that hold a dual down; return whether there were any."""
        held = [r for r, variable in enumerate(self._spared) if variable.solution_value() > 1e-9]
        held = [request for request in held if self._caps[request] < self._most(request)]
        for request in held:
            self._caps[request] = min(5 * self._caps[request], self._most(request))
            self._solver.Objective().SetCoefficient(self._spared[request], self._caps[request])
        return bool(held)

    def _most(self, request: int) -> float:
        return float(self.worth(unit_of(self.instance, request)))

    def add(self, column: Column) -> bool:
        """Add a route; return whether it is new or cheaper than it was known."""
        key = (column.kind, column.requests, round(column.points, 3))
        if key in self._known:
            return False
        self._known.add(key)
        self.columns.append(column)
        self._extend(column)
        return True

    def keep(self, columns: list[Column]) -> None:
        """Forget all routes but these."""
        self.columns = []
        self._known.clear()
        self._build()
        for column in columns:
            self.add(column)

    def solve(self) -> Weighed | None:
        """Return the cheapest mixture of the routes known, or None where the arithmetic of the programme fails."""
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            self.keep(self.columns)  # from a fresh basis
            if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
                return None
        return Weighed(
            points=self._solver.Objective().Value(),
            duals=Duals(
                gain=np.array([max(0.0, row.dual_value()) for row in self._served]),
                rent=np.array([min(0.0, row.dual_value()) for row in self._shifts]),
            ),
            used=tuple(
                (column, float(variable.solution_value()))
                for column, variable in zip(self.columns, self._variables, strict=True)
                if variable.solution_value() > 1e-6
            ),
        )

    def _build(self) -> None:
        self._solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        infinity = self._solver.infinity()
        crew = self.instance.crew
        self._served = [self._solver.Constraint(float(crew[r]), infinity) for r in range(len(crew))]
        self._shifts = [self._solver.Constraint(-infinity, float(count)) for count in self.counts]
        self._variables: list[Any] = []
        self._spared = [self._solver.NumVar(0.0, infinity, "") for _ in crew]
        for variable, row, cap in zip(self._spared, self._served, self._caps, strict=True):
            row.SetCoefficient(variable, 1.0)
            self._solver.Objective().SetCoefficient(variable, float(cap))
        for unit in self.units:
            left = self._solver.NumVar(0.0, infinity, "")
            self._solver.Objective().SetCoefficient(left, float(self.worth(unit)))
            for request in unit:
                self._served[request].SetCoefficient(left, float(crew[request]))

    def _extend(self, column: Column) -> None:
        variable = self._solver.NumVar(0.0, self._solver.infinity(), "")
        self._solver.Objective().SetCoefficient(variable, column.points)
        self._shifts[column.kind].SetCoefficient(variable, 1.0)
        for request, times in column.counts.items():
            self._served[request].SetCoefficient(variable, float(times))
        self._variables.append(variable)
