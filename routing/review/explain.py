"""Explain a plan: why a request was left out and what would help, or why it went where it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from routing.cost import cost
from routing.errors import UsageError
from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Problem
from routing.review.reasons import Block, Blocked, reasons
from routing.review.remedies import OtherDays, no_other_day, remedies, without
from routing.review.remedy import Remedy
from routing.solver.elements import Routes
from routing.solver.insertion import best_insertion, unit_of
from routing.solver.instance import Instance
from routing.solver.solve import routes_of
from routing.solver.timetable import timetable
from routing.wording import say
from routing.wording.format import clock


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Why a request is unassigned, shift by shift, and the verified changes that would let it in."""

    request: str
    blocked: tuple[Blocked, ...]
    remedies: tuple[Remedy, ...]

    @property
    def chief(self) -> Block | None:
        """Return the reason that comes closest to serving the request, None where there is no shift at all."""
        ranked = sorted((block.block for block in self.blocked), key=_NEARNESS.index)
        return ranked[0] if ranked else None

    def sentences(self, lang: str, labels: Mapping[str, str]) -> list[str]:
        """Say it in `lang`: that it was left out, why on each shift, and what would help."""
        lines = [say("explain.left-out", lang, request=labels.get(self.request, self.request))]
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
    Block.ROOM,
    Block.FORBIDDEN,
    Block.FERRY,
    Block.NO_SAILING,
    Block.SKILLS,
    Block.UNREACHABLE,
)
"""From "nearly" to "not at all"."""


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """What it would cost, in points more than the plan as it is, to serve a request on another shift instead.

    `points` is None where it does not fit there; `blocked` then says why.
    """

    shift: str
    points: int | None
    blocked: Blocked | None = None

    def sentence(self, lang: str, labels: Mapping[str, str]) -> str:
        """Say it in `lang`, ids replaced by `labels` where there are any."""
        if self.blocked is not None:
            return self.blocked.sentence(lang, labels)
        points = self.points or 0
        key = "equal" if points == 0 else "dearer" if points > 0 else "cheaper"
        return say(f"explain.{key}", lang, shift=labels.get(self.shift, self.shift), n=abs(points))


@dataclass(frozen=True, kw_only=True)
class Placed:
    """Where a request went, when it begins there, and what every other shift would have cost, the next best first."""

    request: str
    shifts: tuple[str, ...]
    start: int
    alternatives: tuple[Alternative, ...]

    def sentences(self, lang: str, labels: Mapping[str, str]) -> list[str]:
        """Say it in `lang`: where it went and when, then what each other shift would have cost or why it could not."""
        placed = say(
            "explain.placed",
            lang,
            request=labels.get(self.request, self.request),
            target=", ".join(labels.get(shift, shift) for shift in self.shifts),
            at=clock(self.start),
        )
        others = [alternative.sentence(lang, labels) for alternative in self.alternatives]
        if all(alternative.points is None for alternative in self.alternatives):
            others.insert(0, say("explain.no-alternative", lang))
        return [placed, *others]


def sentences(explanation: LeftOut | Placed, lang: str, labels: Mapping[str, str]) -> list[str]:
    """Return an explanation as sentences in `lang`; `labels` name requests, shifts, vehicles and skills by id."""
    return explanation.sentences(lang, labels)


def explain_unassigned(
    problem: Problem, matrix: Matrix, plan: Plan, *, other_days: OtherDays = no_other_day
) -> tuple[LeftOut, ...]:
    """Return an explanation of every unassigned request, in the plan's order."""
    return tuple(_left_out(problem, matrix, plan, request, other_days) for request in plan.unassigned)


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
    now = cost(problem, matrix, plan).total
    why = {
        blocked.shift: blocked for blocked in reasons(problem, matrix, instance, left, instance.request_index[request])
    }
    found = []
    for data in instance.shifts:
        name = data.shift.id
        if here != {name} and not (name in here and instance.crew[unit[0]] > 1):
            points = _price_on(instance, left, unit, data.index)
            found.append(
                Alternative(
                    shift=name,
                    points=None if points is None else points - now,
                    blocked=None if points is not None else why.get(name),
                )
            )
    found.sort(key=lambda alternative: (alternative.points is None, alternative.points or 0, alternative.shift))
    shifts = tuple(dict.fromkeys(shift for shift, _ in own))
    return Placed(request=request, shifts=shifts, start=min(stop.start for _, stop in own), alternatives=tuple(found))


def _price_on(instance: Instance, left: Routes, unit: tuple[int, ...], shift: int) -> int | None:
    """Return the points of the plan with a unit inserted on a shift (a crew: on it and the best others), or None."""
    others = [data.index for data in instance.shifts if data.index != shift]
    prices = []
    for mates in combinations(others, instance.crew[unit[0]] - 1):
        candidate = best_insertion(instance, left, unit, shifts=[shift, *mates])
        timed = None if candidate is None else timetable(instance, candidate.apply(left))
        if timed is not None:
            prices.append(cost(instance.problem, instance.matrix, timed).total)
    return min(prices, default=None)
