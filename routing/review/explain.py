"""Explain a plan: why a request was left out and what would help, or why it went where it went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from routing.cost import Cost, cost
from routing.errors import UsageError
from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Problem
from routing.review.difference import Difference, differences
from routing.review.labels import Labels
from routing.review.reasons import Block, Blocked, reasons
from routing.review.remedies import OtherDays, no_other_day, remedies, without
from routing.review.remedy import Remedy
from routing.solver.elements import Routes
from routing.solver.insertion import best_insertion, unit_of
from routing.solver.instance import Instance
from routing.solver.solve import routes_of
from routing.solver.timetable import timetable
from routing.wording import say
from routing.wording.format import clock, listing


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Why a request is unassigned, shift by shift, and the verified changes that would let it in."""

    request: str
    blocked: tuple[Blocked, ...]
    remedies: tuple[Remedy, ...]

    @property
    def chief(self) -> Block | None:
        """Return the reason that comes closest to serving the request, None where there is no shift at all."""
        return _chief(self.blocked)

    def reason(self, lang: str, labels: Labels) -> str:
        """Say in `lang`, in one sentence, what came closest to serving it and why it did not."""
        nearest = next((blocked for blocked in self.blocked if blocked.block is self.chief), None)
        return say("explain.no-shifts", lang) if nearest is None else nearest.sentence(lang, labels)

    def sentences(self, lang: str, labels: Labels) -> list[str]:
        """Say it in `lang`: that it was left out, why on each shift, and what would help."""
        lines = [say("explain.left-out", lang, request=labels.request(self.request))]
        lines += [blocked.sentence(lang, labels) for blocked in self.blocked] or [say("explain.no-shifts", lang)]
        return lines + ([r.sentence(lang, labels) for r in self.remedies] or [say("explain.no-remedy", lang)])


_NEARNESS = (
    Block.BUSY,
    Block.CREW,
    Block.TIMES,
    Block.WINDOW,
    Block.SHIFT_END,
    Block.DURATION,
    Block.LOCKED,
    Block.SAME_CARER,
    Block.ROOM,
    Block.GOODS,
    Block.FORBIDDEN,
    Block.FERRY,
    Block.NO_SAILING,
    Block.SKILLS,
    Block.UNREACHABLE,
)
"""From "nearly" to "not at all"."""


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """What it would take, compared with the plan as it is, to serve a request on another shift instead.

    `points` is None where it does not fit there; `blocked` then says why.
    """

    shift: str
    points: int | None
    changes: tuple[Difference, ...] = ()
    blocked: Blocked | None = None

    def sentence(self, lang: str, labels: Labels) -> str:
        """Say it in `lang`, in minutes, kilometres and times."""
        if self.blocked is not None:
            return self.blocked.sentence(lang, labels)
        phrases = [phrase for change in self.changes if (phrase := change.phrase(lang))]
        if not phrases:
            return say("explain.alternative-equal", lang, shift=labels.shift(self.shift))
        return say("explain.alternative", lang, shift=labels.shift(self.shift), changes=listing(phrases, lang))


@dataclass(frozen=True, kw_only=True)
class Placed:
    """Where a request went, when it begins there, and what every other shift would have cost, the next best first."""

    request: str
    shifts: tuple[str, ...]
    start: int
    alternatives: tuple[Alternative, ...]

    def sentences(self, lang: str, labels: Labels) -> list[str]:
        """Say it in `lang`: where it went and when, then what each other shift would have cost or why it could not."""
        placed = say(
            "explain.placed",
            lang,
            request=labels.request(self.request),
            target=", ".join(map(labels.shift, self.shifts)),
            at=clock(self.start),
        )
        others = [alternative.sentence(lang, labels) for alternative in self.alternatives]
        if all(alternative.points is None for alternative in self.alternatives):
            others.insert(0, say("explain.no-alternative", lang))
        return [placed, *others]


def sentences(explanation: LeftOut | Placed, lang: str, labels: Labels) -> list[str]:
    """Return an explanation as sentences in `lang`; `labels` name requests, shifts, vehicles and skills by id."""
    return explanation.sentences(lang, labels)


def explain_unassigned(
    problem: Problem, matrix: Matrix, plan: Plan, *, other_days: OtherDays = no_other_day
) -> tuple[LeftOut, ...]:
    """Return an explanation of every unassigned request, in the plan's order."""
    return tuple(_left_out(problem, matrix, plan, request, other_days) for request in plan.unassigned)


def chief_reasons(problem: Problem, matrix: Matrix, plan: Plan) -> Mapping[str, Block | None]:
    """Return for every unassigned request what comes closest to serving it and why it does not, without any remedy.

    None where there is no shift at all.
    """
    if not plan.unassigned:
        return {}
    instance = Instance(problem, matrix)
    routes = routes_of(instance, plan)
    index = instance.request_index
    return {name: _chief(reasons(problem, matrix, instance, routes, index[name])) for name in plan.unassigned}


def _chief(blocked: Iterable[Blocked]) -> Block | None:
    """Return the reason that is nearest to serving a request."""
    return min((one.block for one in blocked), key=_NEARNESS.index, default=None)


def explain(
    problem: Problem, matrix: Matrix, plan: Plan, request: str, *, other_days: OtherDays = no_other_day
) -> LeftOut | Placed:
    """Return the explanation of one request; UsageError where the problem does not know it."""
    if request not in problem.request_by_id:
        raise UsageError(f"request {request!r} is not in this day; it has {', '.join(sorted(problem.request_by_id))}")
    if request in plan.unassigned:
        return _left_out(problem, matrix, plan, request, other_days)
    return _placed(problem, matrix, plan, request)


def _left_out(problem: Problem, matrix: Matrix, plan: Plan, request: str, other_days: OtherDays) -> LeftOut:
    instance = Instance(problem, matrix)
    blocked = reasons(problem, matrix, instance, routes_of(instance, plan), instance.request_index[request])
    helps = remedies(problem, matrix, plan, request, other_days=other_days)
    return LeftOut(request=request, blocked=blocked, remedies=helps)


def _placed(problem: Problem, matrix: Matrix, plan: Plan, request: str) -> Placed:
    instance = Instance(problem, matrix)
    unit = unit_of(instance, instance.request_index[request])
    names = {instance.requests[member].id for member in unit}
    own = [
        (shift, stop)
        for step, served in plan.stops_by_step.items()
        if step.request == request
        for shift, stop in served
    ]
    here = {shift for step, served in plan.stops_by_step.items() if step.request in names for shift, _ in served}
    left = routes_of(instance, without(plan, names))
    now = cost(problem, matrix, plan)
    why = {
        blocked.shift: blocked for blocked in reasons(problem, matrix, instance, left, instance.request_index[request])
    }
    found = []
    for data in instance.shifts:
        name = data.shift.id
        if here != {name} and not (name in here and instance.crew[unit[0]] > 1):
            then = _cost_on(instance, left, unit, data.index)
            found.append(
                Alternative(
                    shift=name,
                    points=None if then is None else then.total - now.total,
                    changes=() if then is None else differences(problem.objective, now, then),
                    blocked=None if then is not None else why.get(name),
                )
            )
    found.sort(key=lambda alternative: (alternative.points is None, alternative.points or 0, alternative.shift))
    shifts = tuple(dict.fromkeys(shift for shift, _ in own))
    return Placed(request=request, shifts=shifts, start=min(stop.start for _, stop in own), alternatives=tuple(found))


def _cost_on(instance: Instance, left: Routes, unit: tuple[int, ...], shift: int) -> Cost | None:
    """Return the cost of the plan with a unit inserted on a shift (a crew: on it and the best others), or None."""
    others = [data.index for data in instance.shifts if data.index != shift]
    prices = []
    for mates in combinations(others, instance.crew[unit[0]] - 1):
        candidate = best_insertion(instance, left, unit, shifts=[shift, *mates])
        timed = None if candidate is None else timetable(instance, candidate.apply(left))
        if timed is not None:
            prices.append(cost(instance.problem, instance.matrix, timed))
    return min(prices, key=lambda price: price.total, default=None)
