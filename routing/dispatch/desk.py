"""A day laid out to be worked on by hand: compiled once, asked often."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property

from routing.cost import Cost, cost
from routing.errors import UsageError
from routing.matrix import Matrix
from routing.plan import Plan, Route
from routing.problem import Problem, Step, StepKind, TimeLock, TimeWindow, Visit
from routing.solver.elements import Routes
from routing.solver.insertion import unit_of
from routing.solver.instance import Instance
from routing.solver.solve import routes_of

_PLANS = 8
"""How many plans' sequences are remembered."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Desk:
    """One day to plan and what is known of it; keep it for as long as neither the problem nor the matrix changes.

    `told` is the plan whose times people were told (the published one, or the one the coordinator began with): times
    stay near it. Without one they stay near those of the plan at hand. A time that the coordinator changes on purpose
    is pulled back by `told` when the round is next changed, unless it is locked: put the board's locks into the problem
    (`routing.dispatch.locks.locked`). A desk remembers what it has worked out, so it
    is for one thread at a time.
    """

    problem: Problem
    matrix: Matrix
    told: Plan | None = None
    timed: dict[Hashable, Route | None] = field(init=False, default_factory=dict, repr=False)
    """Routes that depend on no others, timed before: by shift, sequence and wishes."""
    _sequences: dict[int, tuple[Plan, Routes]] = field(init=False, default_factory=dict, repr=False)

    @cached_property
    def instance(self) -> Instance:
        """Return the day compiled to positions and arrays."""
        return Instance(self.problem, self.matrix)

    def routes(self, plan: Plan) -> Routes:
        """Return the sequences of a plan, without what the day does not know."""
        known = self._sequences.get(id(plan))
        if known is None or known[0] is not plan:
            if len(self._sequences) >= _PLANS:
                self._sequences.clear()
            known = self._sequences[id(plan)] = (plan, routes_of(self.instance, plan))
        return known[1]

    def printed(self, plan: Plan) -> dict[int, Route]:
        """Return the printed routes of a plan by shift position."""
        known = self.instance.shift_index
        return {known[route.shift]: route for route in plan.routes if route.shift in known}

    def cost(self, plan: Plan) -> Cost:
        """Return what a plan costs."""
        return cost(self.problem, self.matrix, plan)

    def request(self, name: str) -> int:
        """Return the position of a request; UsageError where the day has none of this id."""
        found = self.instance.request_index.get(name)
        if found is None:
            raise UsageError(f"request {name!r} is not in this day; it has {_some(self.instance.request_index)}")
        return found

    def shift(self, name: str) -> int:
        """Return the position of a shift; UsageError where the day has none of this id."""
        found = self.instance.shift_index.get(name)
        if found is None:
            raise UsageError(f"shift {name!r} is not in this day; it has {_some(self.instance.shift_index)}")
        return found

    def unit(self, request: str) -> tuple[str, ...]:
        """Return the requests that are served or left out together with `request`, an outbound ride first."""
        return tuple(self.instance.requests[member].id for member in unit_of(self.instance, self.request(request)))

    def begin_step(self, request: str) -> Step:
        """Return the step with which a request begins: the visit, or the pickup of a ride."""
        visits = isinstance(self.problem.request_by_id[request], Visit)
        return Step(request=request, kind=StepKind.VISIT if visits else StepKind.PICKUP)

    def beginning_at(self, request: str, begin: int) -> Desk:
        """Return a desk on which a request begins at one second, whatever its windows say."""
        self.request(request)
        lock = TimeLock(step=self.begin_step(request), window=TimeWindow(earliest=begin, latest=begin))
        return replace(self, problem=replace(self.problem, locks=(lock, *self.problem.locks)))


def _some(names: Collection[str]) -> str:
    shown = sorted(names)[:10]
    return ", ".join(shown) + (" …" if len(names) > len(shown) else "") if shown else "none"
