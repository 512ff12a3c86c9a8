"""How many of some requests a day's shifts can serve at all, proven: whoever is lost then is lost for want of hands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Objective, Problem
from routing.solver.bound.lower_bound import lower_bound
from routing.solver.budget import Budget, Progress, StopSignal, never_stop
from routing.solver.instance import Instance
from routing.solver.solve import solve

_LOST = 1_000
"""Points of a request left out, where nothing else counts."""

_SEARCH = 0.4
"""Part of the seconds that goes to the search; the rest goes to the proof, where one is needed."""


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The fewest requests that any plan found leaves out, and how many every plan leaves out at least.

    `plan` serves only the requests that were asked about.
    """

    plan: Plan
    least: int

    @property
    def lost(self) -> int:
        """Return how many the plan leaves out."""
        return len(self.plan.unassigned)

    @property
    def is_exact(self) -> bool:
        """Tell whether no plan serves more."""
        return self.least == self.lost


def reach_of(
    problem: Problem,
    matrix: Matrix,
    requests: Collection[str],
    *,
    budget: Budget,
    initial: Plan | None = None,
    stop: StopSignal = never_stop,
) -> Reach:
    """Return how many of `requests` a day can hold if nothing else is asked of it.

    Promises and locks are not kept. Where `budget` counts iterations the search is the same each time. Stopped, it
    answers with what is found and proven so far.
    """
    narrow = only(problem, requests)
    whole: list[Progress] = []

    def listen(progress: Progress) -> None:
        if progress.plan is not None and not progress.unassigned:
            whole.append(progress)

    def over() -> bool:
        return bool(whole) or stop()

    searching = replace(budget, seconds=max(0.1, budget.seconds * _SEARCH))
    found = solve(narrow, matrix, budget=searching, initial=initial, on_progress=listen, stop=over).plan
    if not found.unassigned:
        return Reach(plan=found, least=0)
    bound = lower_bound(Instance(narrow, matrix), seconds=budget.seconds * (1 - _SEARCH), plan=found, stop=stop)
    least = 0 if bound is None else -(-bound.points // _LOST)
    return Reach(plan=found, least=min(least, len(found.unassigned)))


def only(problem: Problem, requests: Collection[str]) -> Problem:
    """Return a day that asks for nothing but some requests, all as badly and whatever else it costs."""
    wanted = frozenset(requests)
    return replace(
        problem,
        visits=tuple(visit for visit in problem.visits if visit.id in wanted),
        shipments=tuple(ride for ride in problem.shipments if ride.id in wanted),
        links=tuple(link for link in problem.links if {link.outbound, link.inbound} <= wanted),
        gaps=tuple(gap for gap in problem.gaps if {gap.first, gap.second} <= wanted),
        locks=(),
        promises=(),
        objective=replace(_NOTHING, unassigned_a=_LOST, unassigned_b=_LOST, unassigned_c=_LOST),
    )


_NOTHING = Objective(
    locked=0,
    late_minute=0,
    unfamiliar=0,
    not_preferred=0,
    changed_worker=0,
    changed_minute=0,
    overtime_minute=0,
    imbalance_minute=0,
    waiting_aboard_minute=0,
    kilometre=0,
    paid_minute=0,
)
