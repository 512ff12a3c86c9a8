"""The answer of a week: dated visits with their carers, and what could not be placed and why."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date

from routing.findings import Finding, Severity
from routing.problem import TimeWindow
from routing.records.model import CareVisit, Records
from routing.records.text_kinds import ACTIVITIES
from routing.weeks.demand import Demand, Lack


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One visit of a care plan on one day, the `turn`-th of it there, by `workers`."""

    demand: Demand
    day: date
    turn: int
    windows: tuple[TimeWindow, ...]
    workers: frozenset[str]

    @property
    def key(self) -> tuple[str, date, int]:
        """Return what tells it from every other visit of the week."""
        return (self.demand.slot.id, self.day, self.turn)


@dataclass(frozen=True, kw_only=True)
class Missing:
    """How many visits of a care plan a week lacks, and the rule that stands in the way.

    `expected` tells that the plan itself or a pause asks for no more: nobody has failed.
    """

    demand: Demand
    times: int
    why: Lack

    @property
    def expected(self) -> bool:
        """Tell whether nothing is owed: a pause, the plan's own dates, or its volume of the month."""
        return self.why in (Lack.PAUSE, Lack.AWAY, Lack.VALIDITY, Lack.MONTH, Lack.DAYS)

    @property
    def finding(self) -> Finding:
        """Return what is to be said about it, with what would help."""
        origin = self.demand.slot.origin
        return Finding(
            code=f"week.missing-{self.why.value}",
            severity=Severity.NOTE if self.expected else Severity.WARNING,
            file=origin.file,
            row=origin.row or None,
            found=self.demand.slot.id,
            details={
                "client": self.demand.client.id,
                "times": str(self.times),
                "asked": str(self.demand.slot.times),
                "skills": ", ".join(sorted(self.demand.slot.skills)),
            },
        )


@dataclass(frozen=True, kw_only=True)
class WeekPlan:
    """The week of `first`: what was placed and what is missing.

    `points` are what the choice of days and carers cost by its estimates, `bound` what is proven of it.
    """

    first: date
    placed: tuple[Placed, ...]
    missing: tuple[Missing, ...]
    points: int = 0
    bound: int = 0

    @property
    def full(self) -> int:
        """Return how many visits are missing only because there seemed to be no time."""
        return sum(missing.times for missing in self.missing if missing.why is Lack.FULL)


def with_visits(records: Records, plan: WeekPlan) -> Records:
    """Return the records with every placed visit as a dated one, which any day can be planned from."""
    return replace(records, visits=(*records.visits, *dated_visits(plan, taken_ids(records))))


def taken_ids(records: Records) -> frozenset[str]:
    """Return the ids that dated visits may not have."""
    return frozenset({visit.id for visit in records.visits} | {ride.id for ride in records.rides})


def dated_visits(plan: WeekPlan, taken: frozenset[str] = frozenset()) -> tuple[CareVisit, ...]:
    """Return the placed visits as records; ids are those of the recurring visit with the date, none of `taken`."""
    return tuple(visit for _, visit in dated(plan, taken))


def dated(plan: WeekPlan, taken: frozenset[str] = frozenset()) -> tuple[tuple[Placed, CareVisit], ...]:
    """Return each placed visit with its record, in the order of days."""
    names: dict[tuple[str, date, int], str] = {}
    made = []
    for item in sorted(plan.placed, key=lambda item: (item.day, item.demand.slot.id, item.turn)):
        name = free_id(f"{item.demand.slot.id}-{item.day:%y%m%d}" + (f"-{item.turn + 1}" if item.turn else ""), taken)
        names[item.key] = name
        made.append((item, _record(item, name, names)))
    return tuple(made)


def free_id(name: str, taken: Container[str]) -> str:
    """Return a name that is none of `taken`, as near to the one wished for as can be."""
    while name in taken:
        name += "+"
    return name


def _record(item: Placed, name: str, names: dict[tuple[str, date, int], str]) -> CareVisit:
    slot = item.demand.slot
    turns = (names.get((slot.id, item.day, turn)) for turn in reversed(range(item.turn)))
    before = next((name for name in turns if name is not None), None)
    return CareVisit(
        id=name,
        day=item.day,
        client=item.demand.client.id,
        duration=slot.duration,
        windows=item.windows,
        max_lateness=slot.max_lateness,
        priority=slot.priority,
        skills=slot.skills,
        crew=slot.crew,
        activities=tuple(word for word in ACTIVITIES.write(slot.activities, "et").split("; ") if word),
        after=before,
        gap_minimum=slot.hours_apart if before else 0,
        care_slot=slot.id,
        planned_for=item.workers,
    )
