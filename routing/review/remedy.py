"""A change of the problem that would let a request in: what kinds there are, what each asks for, how it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from routing.problem import Problem, Step, StepKind
from routing.review.changes import change_shift, grant_skills, lengthen_ride, release, stretch_shift, widen
from routing.review.labels import Labels
from routing.wording import say
from routing.wording.format import day


class RemedyKind(StrEnum):
    """What is changed; each kind has its sentence `explain.remedy-<kind>`, LATER and EARLIER one per end of a ride."""

    LATER = "later"
    EARLIER = "earlier"
    END_LATER = "end-later"
    START_EARLIER = "start-earlier"
    LONGER_RIDE = "longer-ride"
    VEHICLE = "vehicle"
    UNLOCK = "unlock"
    INSTEAD = "instead"
    SKILL = "skill"
    OTHER_DAY = "other-day"


PRICE: Mapping[RemedyKind, tuple[int, int]] = {
    RemedyKind.LATER: (0, 120),
    RemedyKind.EARLIER: (0, 120),
    RemedyKind.LONGER_RIDE: (0, 60),
    RemedyKind.END_LATER: (0, 100),
    RemedyKind.START_EARLIER: (0, 100),
    RemedyKind.VEHICLE: (1_500, 0),
    RemedyKind.OTHER_DAY: (4_000, 0),
    RemedyKind.UNLOCK: (5_000, 0),
    RemedyKind.SKILL: (20_000, 0),
    RemedyKind.INSTEAD: (50_000, 0),
}
"""Points of asking for each kind of change, fixed and per minute: what ranks remedies, nothing else."""


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """One change that would let `request` in, and the shifts it would then go to.

    `minutes` belongs to changes of time, `shift` to changes of a shift, `vehicle` to VEHICLE, `other` to INSTEAD (the
    request that would have to go), `day` to OTHER_DAY; `step` is what LATER, EARLIER and LONGER_RIDE change (of the
    request or of the ride linked to it), `direct` the seconds of the direct way by the slowest vehicle. `points` rank
    remedies: what asking costs, plus what serving the request adds.
    """

    kind: RemedyKind
    request: str
    minutes: int = 0
    shift: str = ""
    vehicle: str = ""
    other: str = ""
    step: Step | None = None
    direct: int = 0
    day: date | None = None
    goes_to: tuple[str, ...] = ()
    points: int = 0

    @property
    def price(self) -> int:
        """Return the points of asking for this change."""
        fixed, per_minute = PRICE[self.kind]
        return fixed + per_minute * self.minutes

    def apply(self, problem: Problem) -> Problem:
        """Return the problem with the change made; INSTEAD and OTHER_DAY change the plan, not the problem."""
        change = _CHANGES.get(self.kind)
        return problem if change is None else change(problem, self)

    def sentence(self, lang: str, labels: Labels) -> str:
        """Say it in `lang`, ids replaced by `labels` where there are any."""
        named = self.step.request if self.step else self.request
        return say(
            f"explain.remedy-{self.kind.value}{self._end()}",
            lang,
            n=self.minutes,
            request=labels.request(named),
            shift=labels.shift(self.shift),
            vehicle=labels.vehicle(self.vehicle),
            other=labels.request(self.other),
            day=day(self.day, lang) if self.day else "",
            target=", ".join(map(labels.shift, self.goes_to)),
        )

    def _end(self) -> str:
        """Return which end of a ride is moved, as the catalogue's keys have it."""
        if self.step is None or self.kind not in (RemedyKind.LATER, RemedyKind.EARLIER):
            return ""
        return "" if self.step.kind is StepKind.VISIT else f"-{self.step.kind.value}"

    def unit(self, problem: Problem) -> tuple[str, ...]:
        """Return the request and the ride linked to it."""
        link = problem.link_by_ride.get(self.request)
        return (self.request,) if link is None else (link.outbound, link.inbound)


def _widen(problem: Problem, remedy: Remedy) -> Problem:
    seconds = remedy.minutes * 60
    if remedy.step is None:
        return problem
    if remedy.kind is RemedyKind.LATER:
        return widen(problem, remedy.step, later=seconds)
    return widen(problem, remedy.step, earlier=seconds)


def _lengthen(problem: Problem, remedy: Remedy) -> Problem:
    if remedy.step is None:
        return problem
    return lengthen_ride(problem, remedy.step.request, seconds=remedy.minutes * 60, direct=remedy.direct)


_CHANGES: Mapping[RemedyKind, Callable[[Problem, Remedy], Problem]] = {
    RemedyKind.LATER: _widen,
    RemedyKind.EARLIER: _widen,
    RemedyKind.LONGER_RIDE: _lengthen,
    RemedyKind.END_LATER: lambda problem, r: stretch_shift(problem, r.shift, later=r.minutes * 60),
    RemedyKind.START_EARLIER: lambda problem, r: stretch_shift(problem, r.shift, earlier=r.minutes * 60),
    RemedyKind.VEHICLE: lambda problem, r: change_shift(problem, r.shift, vehicle=r.vehicle),
    RemedyKind.UNLOCK: lambda problem, r: release(problem, r.unit(problem)),
    RemedyKind.SKILL: lambda problem, r: grant_skills(problem, r.shift, r.unit(problem)),
}
