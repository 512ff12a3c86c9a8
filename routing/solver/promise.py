"""How promising routes are for a choice among them: by what the linear relaxation says they would cost too much.

Of ten thousand routes seen only a few hundred have any business in a better choice. Their reduced cost tells which,
since the whole choice costs at least that much more than the relaxation does (Nemhauser & Wolsey 1988, II.5).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ortools.linear_solver import pywraplp

from routing.solver.choice import Choice
from routing.solver.pool import Key


def glop() -> pywraplp.Solver:
    """Return OR-Tools' solver of linear programs, which `InterruptSolve` ends from another thread."""
    return pywraplp.Solver.CreateSolver("GLOP")


@dataclass(frozen=True, kw_only=True)
class Promise:
    """The linear relaxation of `partition.Partition`, solved by `solver`."""

    choice: Choice
    solver: pywraplp.Solver = field(default_factory=glop)

    def ranked(self, keys: Sequence[Key], *, seconds: float) -> list[Key]:
        """Return the routes that a better choice may be made of, the most promising first, after those driven now.

        Where the relaxation is not solved in time all are returned, those of the best solutions first.
        """
        solver = self.solver
        solver.Clear()
        solver.SetTimeLimit(max(1, round(1000 * seconds)))
        variables = self._stated(keys)
        others = [key for key in keys if key not in self.choice.now]
        if solver.Solve() != pywraplp.Solver.OPTIMAL:
            return [*self.now_in(keys), *sorted(others, key=lambda key: self.choice.pool.columns[key].total)]
        dearer = {key: variable.reduced_cost() for key, variable in zip(keys, variables, strict=True)}
        room = self._points_now() - solver.Objective().Value()
        return [*self.now_in(keys), *sorted((key for key in others if dearer[key] < room), key=dearer.__getitem__)]

    def now_in(self, keys: Iterable[Key]) -> list[Key]:
        """Return the routes driven now in the order given."""
        return [key for key in keys if key in self.choice.now]

    def _stated(self, keys: Sequence[Key]) -> list[pywraplp.Variable]:
        """Write everything down; return the variable of each route."""
        choice, solver, endless = self.choice, self.solver, self.solver.infinity()
        crew = choice.instance.crew
        served = [solver.Constraint(float(count), float(count)) for count in crew]
        driven = {number: solver.Constraint(-endless, float(n)) for number, n in choice.pool.shifts_of_class.items()}
        used = solver.Constraint(-endless, float(len(choice.now)) if choice.fewest else endless)
        variables = []
        for key in keys:
            variable = solver.NumVar(0.0, endless, "")
            solver.Objective().SetCoefficient(variable, choice.points(key))
            for request in choice.requests(key):
                served[request].SetCoefficient(variable, 1.0)
            driven[key[0]].SetCoefficient(variable, 1.0)
            used.SetCoefficient(variable, 1.0)
            variables.append(variable)
        for unit in choice.out():
            left = solver.NumVar(0.0, 1.0, "")
            solver.Objective().SetCoefficient(left, float(choice.data.worth[unit]))
            for request in choice.data.member[unit]:
                if request >= 0:
                    served[request].SetCoefficient(left, float(crew[request]))
        return variables

    def _points_now(self) -> float:
        choice = self.choice
        return sum(map(choice.points, choice.now)) + sum(float(choice.data.worth[unit]) for unit in choice.out())
