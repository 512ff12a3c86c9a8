"""From a problem to a plan: the method in one function."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from routing.cost import Cost
from routing.errors import UsageError
from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Problem
from routing.solver.budget import Budget, Listener, Progress, StopSignal, Stopwatch, never_stop, no_listener
from routing.solver.elements import Routes
from routing.solver.insertion import insert_all
from routing.solver.instance import Instance
from routing.solver.kernel.compiled import is_warm
from routing.solver.ortools_engine import OrtoolsEngine
from routing.solver.polish import Polish, Timed, improve
from routing.solver.repair import repair, sound
from routing.solver.search_engine import SearchEngine
from routing.solver.timetable import Timetables

ENGINES = ("hybrid", "search", "ortools")
"""`hybrid` is the default: search, then polish. `search` leaves the polish out, `ortools` the search."""

SEARCH_SHARE = 0.85
"""Part of the seconds after which the compiled search hands over to the exact polish."""

ROUNDS = 10
"""Rounds of search that count as one iteration of the budget: a round of polish takes as much longer."""

MODEL_SHARE = 0.15
"""Part of the seconds that goes to OR-Tools' guided local search; the rest goes to the exact polish."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """The best plan found, what it costs, and how many solutions were seen on the way.

    `bound` is what no plan costs less than, None where that was not looked for or not found.
    """

    plan: Plan
    cost: Cost
    engine: str
    iterations: int
    bound: int | None = None


def solve(
    problem: Problem,
    matrix: Matrix,
    *,
    budget: Budget | None = None,
    seed: int = 0,
    engine: str = "hybrid",
    initial: Plan | None = None,
    on_progress: Listener = no_listener,
    stop: StopSignal = never_stop,
) -> Result:
    """Return the best plan found within the budget, never worse than `initial`.

    A first plan by exact insertion, improved by ruin and recreate in compiled code (engines `hybrid` and `search`) or
    by OR-Tools on its model (`ortools`, and the others while their code is not compiled yet), then on the true cost by
    taking out and inserting again. `stop` is asked often; once it says yes the best plan so far is returned. What of
    `initial` cannot be kept is left out before it counts. UsageError for an unknown engine.
    """
    if engine not in ENGINES:
        raise UsageError(f"engine {engine!r} is not one of {', '.join(ENGINES)}")
    return _Search(
        instance=Instance(problem, matrix), budget=budget or Budget(), seed=seed, on_progress=on_progress, stop=stop
    ).run(engine, initial)


def routes_of(instance: Instance, plan: Plan) -> Routes:
    """Return the sequences of a plan, without shifts and requests that the instance does not know."""
    return tuple(
        tuple(
            instance.node_of_step[stop.step]
            for stop in (plan.route_by_shift[data.shift.id].stops if data.shift.id in plan.route_by_shift else ())
            if stop.step in instance.node_of_step
        )
        for data in instance.shifts
    )


@dataclass(kw_only=True)
class _Search:
    """One run of the method."""

    instance: Instance
    budget: Budget
    seed: int
    on_progress: Listener
    stop: StopSignal

    def __post_init__(self) -> None:
        self._watch = Stopwatch()
        self._polish = Polish(
            instance=self.instance,
            timetables=Timetables(self.instance),
            chance=Random(self.seed),  # noqa: S311  # reproducible, not secret
            over=self._over,
        )
        self._seen = 0

    def run(self, engine: str, initial: Plan | None) -> Result:
        """Return the best plan found."""
        known: Routes = tuple(() for _ in self.instance.shifts)
        if initial is not None:
            known = sound(self.instance, routes_of(self.instance, initial))
        best = self._better(self._nothing(), known)
        best = self._better(best, insert_all(self.instance, known, stop=self._over))
        self._tell("first", best)
        if not self._over() and self.instance.requests and self.instance.shifts:
            best = (
                self._search(best, engine)
                if engine != "ortools" and is_warm()
                else self._better(best, self._model(best))
            )
            if engine != "search":
                best = improve(
                    self._polish, best, go_on=self._go_on, on_better=lambda found: self._tell("polish", found)
                )
        self._tell("final", best)
        return Result(plan=best.plan, cost=best.cost, engine=engine, iterations=self._seen)

    def _model(self, best: Timed) -> Routes:
        search = OrtoolsEngine(instance=self.instance, on_progress=self.on_progress, stop=self._over, seed=self.seed)
        left, counted = self.budget.seconds - self._watch.seconds, self.budget.iterations is not None
        routes = search.improve(best.routes, left if counted else left * MODEL_SHARE, descend=counted)
        self._seen += search.solutions
        return repair(self.instance, routes, stop=self._over)

    def _search(self, best: Timed, engine: str) -> Timed:
        """Return the best plan that the compiled search finds in its share of the budget, by the true cost."""
        counted, reached = self.budget.iterations, [best]
        last = self.budget.seconds * (SEARCH_SHARE if engine == "hybrid" else 1)

        def used(rounds: int) -> float:
            if self._over():
                return 1
            return rounds / (counted * ROUNDS) if counted else self._watch.seconds / last

        def take(routes: Routes) -> None:
            reached[0] = self._better(reached[0], routes)
            self._tell("search", reached[0])

        search = SearchEngine(instance=self.instance, seed=self.seed)
        search.improve(best.routes, used=used, counted=counted is not None, on_better=take)
        self._seen += search.rounds
        return reached[0]

    def _over(self) -> bool:
        return self.stop() or self._watch.seconds >= self.budget.seconds

    def _go_on(self, rounds: int) -> bool:
        self._seen += rounds > 0
        return not self._over() and (self.budget.iterations is None or rounds < self.budget.iterations)

    def _nothing(self) -> Timed:
        nothing = self._polish.time(tuple(() for _ in self.instance.shifts))
        if nothing is None:
            raise AssertionError  # an empty plan always has a timetable
        return nothing

    def _better(self, best: Timed, routes: Routes) -> Timed:
        found = self._polish.time(routes)
        return best if found is None or found.cost.total > best.cost.total else found

    def _tell(self, stage: str, timed: Timed) -> None:
        left_out = len(timed.plan.unassigned)
        self.on_progress(Progress(stage=stage, points=timed.cost.total, unassigned=left_out, iterations=self._seen))
