"""From a problem to a plan: the method in one function."""

from __future__ import annotations

from collections.abc import Callable
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
from routing.solver.lookout import Lookout
from routing.solver.ortools_engine import OrtoolsEngine
from routing.solver.polish import Polish, Timed, improve
from routing.solver.repair import repair, sound
from routing.solver.search_engine import SearchEngine
from routing.solver.stages import Stages
from routing.solver.timetable import QUICK, THOROUGH, Timetables

ENGINES = ("hybrid", "search", "ortools")
"""`hybrid` is the default: search, then polish. `search` leaves the polish out, `ortools` the search."""

SEARCH_SHARE = 0.85
"""Part of the seconds after which the compiled search hands over to the exact polish."""

_ROUNDING = 3
"""Points per route by which a plan may differ from what the search has weighed for that to count as exact."""

LAST_SHARE = 0.03
"""Part of the seconds kept for the times of the last plan."""

WORK = 3.0
"""Seconds that CP-SAT takes for one of its deterministic seconds, roughly."""

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
    stages: Stages | None = None,
) -> Result:
    """Return the best plan found within the budget, never worse than `initial`.

    A first plan by insertion, improved by ruin and recreate in compiled code (engines `hybrid` and `search`) or by
    OR-Tools on its model (`ortools`, and the others for as long as their code is not compiled yet), then on the true
    cost by taking out and inserting again. `stop` is asked often; once it says yes the best plan so far is returned.
    What of `initial` cannot be kept is left out before it counts. `stages` switches parts of `hybrid` off, to measure
    what they are worth. UsageError for an unknown engine.
    """
    if engine not in ENGINES:
        raise UsageError(f"engine {engine!r} is not one of {', '.join(ENGINES)}")
    return _Run(
        instance=Instance(problem, matrix),
        budget=budget or Budget(),
        seed=seed,
        engine=engine,
        stages=stages or Stages(),
        on_progress=on_progress,
        stop=stop,
    ).run(initial)


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
class _Run:
    """One run of the method."""

    instance: Instance
    budget: Budget
    seed: int
    engine: str
    stages: Stages
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
        self._told = False
        self._exact = False

    def run(self, initial: Plan | None) -> Result:
        """Return the best plan found."""
        known = self._empty
        if initial is not None:
            known = sound(self.instance, routes_of(self.instance, initial))
        best = self._better(self._nothing(), known)
        if self.instance.requests and self.instance.shifts and not self._over():
            best = self._improved(best)
        best = self._better(best, best.routes, work=self._last_work())
        self._told = True
        self._tell("final", best)
        return Result(plan=best.plan, cost=best.cost, engine=self.engine, iterations=self._seen)

    def _improved(self, best: Timed) -> Timed:
        """Return the best plan of all stages that the engine has."""
        if self.engine == "ortools" or not is_warm():
            best = self._without_search(best)
        if self.engine != "ortools" and is_warm() and not self._over():
            best = self._search(best)
        if self.engine == "ortools" or (self.engine == "hybrid" and self.stages.polish):
            best = self._polished(best, self._go_on)
        return best

    def _without_search(self, best: Timed) -> Timed:
        """Return a plan by insertion and the OR-Tools model, polished until the search is compiled where it joins."""
        best = self._better(best, insert_all(self.instance, best.routes, stop=self._over))
        self._tell("first", best)
        if not self._over():
            best = self._better(best, self._model(best))
        if self.engine == "ortools" or self.budget.iterations is not None:
            return best
        return self._polished(best, lambda rounds: self._go_on(rounds) and not is_warm())

    def _model(self, best: Timed) -> Routes:
        search = OrtoolsEngine(instance=self.instance, on_progress=self.on_progress, stop=self._over, seed=self.seed)
        left, counted = self.budget.seconds - self._watch.seconds, self.budget.iterations is not None
        routes = search.improve(best.routes, left if counted else left * MODEL_SHARE, descend=counted)
        self._seen += search.solutions
        return repair(self.instance, routes, stop=self._over)

    def _search(self, best: Timed) -> Timed:
        """Return the best plan that the compiled search finds in its share of the budget, by the true cost."""
        counted, begun, reached = self.budget.iterations, self._watch.seconds, [best]

        def used(rounds: int) -> float:
            if self._late():
                return 1
            if counted:
                return rounds / (counted * ROUNDS)
            return (self._watch.seconds - begun) / max(1e-3, self.budget.seconds * self._search_share - begun)

        def take(routes: Routes, points: float) -> None:
            timed = self._polish.time(routes)
            self._exact = timed is not None and abs(timed.cost.total - points) <= _ROUNDING * len(timed.plan.routes)
            if timed is not None and timed.cost.total <= reached[0].cost.total:
                reached[0] = timed
            self._tell("search", reached[0])

        search = SearchEngine(
            instance=self.instance,
            seed=self.seed,
            stages=self.stages,
            used=used,
            seconds=None if counted else max(1e-3, self.budget.seconds * SEARCH_SHARE - begun),
            lookout=Lookout(take=take, counted=counted is not None),
        )
        search.improve(best.routes)
        self._seen += search.rounds
        return self._better(reached[0], insert_all(self.instance, reached[0].routes, stop=self._over))

    @property
    def _search_share(self) -> float:
        """Return at which share of the seconds the search ends: nothing is left to polish where it weighs exactly."""
        polishes = self.engine == "hybrid" and self.stages.polish and not self._exact
        return SEARCH_SHARE if polishes else 1 - LAST_SHARE

    def _polished(self, best: Timed, go_on: Callable[[int], bool]) -> Timed:
        return improve(self._polish, best, go_on=go_on, on_better=lambda found: self._tell("polish", found))

    def _over(self) -> bool:
        return self.stop() or self._watch.seconds >= self.budget.seconds

    def _late(self) -> bool:
        return self.stop() or self._watch.seconds >= self.budget.seconds * (1 - LAST_SHARE)

    def _go_on(self, rounds: int) -> bool:
        self._seen += rounds > 0
        return not self._late() and (self.budget.iterations is None or rounds < self.budget.iterations)

    def _last_work(self) -> float:
        """Return how long the timetable of the last plan may be thought about: little where the budget is small."""
        return THOROUGH if self.budget.iterations else min(THOROUGH, self.budget.seconds * LAST_SHARE / WORK)

    @property
    def _empty(self) -> Routes:
        return tuple(() for _ in self.instance.shifts)

    def _nothing(self) -> Timed:
        nothing = self._polish.time(self._empty)
        if nothing is None:
            raise AssertionError  # an empty plan always has a timetable
        return nothing

    def _better(self, best: Timed, routes: Routes, *, work: float = QUICK) -> Timed:
        found = self._polish.time(routes, work=work)
        return best if found is None or found.cost.total > best.cost.total else found

    def _tell(self, stage: str, timed: Timed) -> None:
        """Tell of the best plan so far; whatever is told first is the first plan."""
        self.on_progress(
            Progress(
                stage=stage if self._told else "first",
                points=timed.cost.total,
                unassigned=len(timed.plan.unassigned),
                iterations=self._seen,
                plan=timed.plan,
            )
        )
        self._told = True
