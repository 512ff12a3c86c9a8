"""From records to planned weeks: choose days and carers, plan each day, and give back what a day could not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from routing.cost import Cost, cost
from routing.day.build import Day, build_day
from routing.findings import Finding, Severity
from routing.plan import Plan
from routing.records.model import Records
from routing.roads.network import RoadNetwork
from routing.solver.budget import Budget, StopSignal, never_stop
from routing.solver.solve import ENGINES, solve
from routing.weeks.demand import WEEK, Lack, monday_of
from routing.weeks.moving import put_elsewhere
from routing.weeks.planner import Effort, plan_week
from routing.weeks.problem import WeekProblem, week_matrix, week_problem
from routing.weeks.result import Missing, WeekPlan, with_visits
from routing.weeks.travel import SHARE_OF_WAY
from routing.weeks.weights import Weights

CHOICE = 0.5
"""Part of the seconds that goes to choosing days and carers; the rest goes to the days."""
FIRST_SHARE = 0.4
"""Part of the seconds that the first attempt at a week may take; the others share the rest, if they are needed."""
ENOUGH = 0.5
"""Part of a day's seconds after which the search ends, unless its rounds still leave somebody out."""
TIGHTER = 15
"""Minutes taken from a shift whose day left a visit out, before the week is chosen anew."""


@dataclass(frozen=True, kw_only=True)
class PlannedWorkday:
    """One day of the week with its rounds."""

    day: Day
    plan: Plan
    cost: Cost


@dataclass(frozen=True, kw_only=True)
class Weeks:
    """Planned weeks: the records with every visit on its date, the choice of each week, and each day's rounds.

    `left_out` are the visits of care plans that a day's rounds could not hold after all.
    """

    records: Records
    plans: tuple[WeekPlan, ...]
    days: tuple[PlannedWorkday, ...]
    left_out: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Return what the care plans ask for and nobody could place."""
        return tuple(missing for plan in self.plans for missing in plan.missing)


@dataclass(frozen=True, kw_only=True)
class Thinking:
    """How much thought weeks get: seconds for all of it, rounds of giving back, and what makes it repeatable.

    With `work` (CP-SAT's own measure, per choice) and `iterations` (per day) done before the seconds are over the same
    records and seed give the same weeks.
    """

    seconds: float = 60.0
    again: int = 2
    work: float | None = None
    iterations: int | None = None
    seed: int = 0
    engine: str = ENGINES[0]
    weights: Weights = field(default_factory=Weights)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is told while weeks are planned: a stage, how far it is from 0 to 1, and what is missing so far."""

    stage: str
    week: int
    share: float
    missing: int = 0


def ignore(told: Told) -> None:
    """Ignore what is told."""


def plan_weeks(
    records: Records,
    network: RoadNetwork,
    first: date,
    *,
    weeks: int = 1,
    thinking: Thinking | None = None,
    on_told: Callable[[Told], None] = ignore,
    stop: StopSignal = never_stop,
) -> Weeks:
    """Plan `weeks` weeks, the first from `first` to its Sunday, each in the light of the ones before it."""
    thinking = thinking or Thinking()
    matrix, findings = week_matrix(records, network, first)
    plans: list[WeekPlan] = []
    days: list[PlannedWorkday] = []
    left: list[str] = []
    for number in range(weeks):
        begins = first if number == 0 else monday_of(first) + timedelta(days=WEEK * number)
        problem = week_problem(records, network, begins, matrix=matrix, seen=_seen(records, days, begins))
        run = _Run(problem=problem, network=network, thinking=thinking, weeks=weeks, number=number)
        best = run.best(on_told, stop)
        records = best.records
        plans.append(best.plan)
        days += best.days
        left += best.left
    return Weeks(records=records, plans=tuple(plans), days=tuple(days), left_out=tuple(left), findings=findings)


def _seen(records: Records, days: Iterable[PlannedWorkday], first: date) -> dict[str, frozenset[str]]:
    """Return who comes to each client by the rounds of the three weeks before, whomever the visits were meant for."""
    visits = {visit.id: visit for visit in records.visits}
    found: dict[str, frozenset[str]] = {}
    for made in days:
        if (monday_of(first) - made.day.day).days > 3 * WEEK:
            continue
        for route in made.plan.routes:
            worker = made.day.problem.shift_by_id[route.shift].worker
            for stop in route.stops:
                if stop.request in visits:
                    client = visits[stop.request].client
                    found[client] = found.get(client, frozenset()) | {worker}
    return found


@dataclass(frozen=True, kw_only=True)
class _Attempt:
    """One choice of a week with its days."""

    records: Records
    plan: WeekPlan
    days: tuple[PlannedWorkday, ...]
    left: tuple[str, ...]

    @property
    def way(self) -> float:
        """Return how long the way turned out, as a part of what was reckoned with."""
        driven = sum(stop.travel for day in self.days for route in day.plan.routes for stop in route.stops)
        return min(1.0, max(0.6, driven / 60 / self.plan.road)) if self.plan.road else 1.0

    @property
    def worth(self) -> tuple[int, int, int]:
        """Return what makes an attempt worse: visits it lacks, then the points of the choice, then of the days."""
        lacking = len(self.left) + sum(missing.times for missing in self.plan.missing)
        return (lacking, self.plan.points, sum(day.cost.total for day in self.days))


@dataclass(frozen=True, kw_only=True)
class _Run:
    """The attempts at one week."""

    problem: WeekProblem
    network: RoadNetwork
    thinking: Thinking
    weeks: int
    number: int

    def best(self, on_told: Callable[[Told], None], stop: StopSignal) -> _Attempt:
        """Return the best attempt.

        What a day leaves out is avoided there the next time, and the way is reckoned as it turned out: too short a way
        fills days with what they cannot hold, too long a way leaves out what they could.
        """
        avoided: set[tuple[str, date]] = set()
        tight: Counter[int] = Counter()
        attempts: list[_Attempt] = []
        share = SHARE_OF_WAY
        for again in range(self.thinking.again + 1):
            before = attempts[-1].plan if attempts else None
            attempt = self._attempt(avoided, tight, share, before, again, on_told, stop)
            attempts.append(attempt)
            if stop() or not (attempt.left or attempt.plan.full):
                break
            share *= attempt.way
            avoided |= {(slot, day) for slot, day, _ in self._failed(attempt)}
            tight.update({duty: TIGHTER for _, _, duties in self._failed(attempt) for duty in duties})
        return min(attempts, key=lambda attempt: attempt.worth)

    def _attempt(
        self,
        avoided: set[tuple[str, date]],
        tight: Mapping[int, int],
        share: float,
        before: WeekPlan | None,
        again: int,
        on_told: Callable[[Told], None],
        stop: StopSignal,
    ) -> _Attempt:
        thinking = self.thinking
        seconds = thinking.seconds / self.weeks * (FIRST_SHARE if again == 0 else (1 - FIRST_SHARE) / thinking.again)
        on_told(Told(stage="choose", week=self.number, share=0.0))
        plan = plan_week(
            self.problem,
            effort=Effort(seconds=seconds * CHOICE, work=thinking.work),
            seed=thinking.seed,
            weights=thinking.weights,
            avoided=avoided,
            tight=tight,
            share=share,
            near=before,
            stop=stop,
        )
        records = with_visits(self.problem.records, plan)
        busy = max(1, len({duty.day for duty in self.problem.duties}))
        days = []
        for position, day in enumerate(self.problem.days):
            on_told(Told(stage="days", week=self.number, share=(position + 1) / len(self.problem.days)))
            made = self._day(records, day, seconds * (1 - CHOICE) / busy, stop)
            if made is not None:
                days.append(made)
        return self._rehomed(_Attempt(records=records, plan=plan, days=tuple(days), left=_left(records, days)))

    def _rehomed(self, attempt: _Attempt) -> _Attempt:
        """Return an attempt with what days left out on other days, where these have room after all."""
        if not attempt.left:
            return attempt
        left = [visit for visit in attempt.records.visits if visit.id in attempt.left]
        rounds = {made.day.day: made.plan for made in attempt.days}
        plan, rounds = put_elsewhere(self.problem, self.network, attempt.plan, rounds, left)
        records = with_visits(self.problem.records, plan)
        days = tuple(self._again(records, day, made) for day, made in rounds.items())
        return _Attempt(records=records, plan=plan, days=days, left=_left(records, days))

    def _again(self, records: Records, day: date, plan: Plan) -> PlannedWorkday:
        """Return a day's rounds on the records as they are now; visits that went elsewhere are left out no more."""
        built = build_day(records, self.network, day)
        kept = tuple(name for name in plan.unassigned if name in built.problem.request_by_id)
        plan = replace(plan, unassigned=kept)
        return PlannedWorkday(day=built, plan=plan, cost=cost(built.problem, built.matrix, plan))

    def _day(self, records: Records, day: date, seconds: float, stop: StopSignal) -> PlannedWorkday | None:
        """Return a day's rounds; where they leave a care plan's visit out, the search goes on for longer."""
        built = build_day(records, self.network, day)
        if not built.problem.requests:
            return None
        first = self._searched(built, seconds * ENOUGH, None, stop)
        if not _left(records, [first]) or stop():
            return first
        return self._searched(built, seconds * (1 - ENOUGH), first.plan, stop)

    def _searched(self, built: Day, seconds: float, initial: Plan | None, stop: StopSignal) -> PlannedWorkday:
        result = solve(
            built.problem,
            built.matrix,
            budget=Budget(seconds=max(0.1, seconds), iterations=self.thinking.iterations),
            seed=self.thinking.seed + (initial is not None),
            engine=self.thinking.engine,
            initial=initial,
            stop=stop,
        )
        return PlannedWorkday(day=built, plan=result.plan, cost=result.cost)

    def _failed(self, attempt: _Attempt) -> Iterator[tuple[str, date, tuple[int, ...]]]:
        """Yield each visit that a day left out, with that day and the shifts it was meant for."""
        visits = {visit.id: visit for visit in attempt.records.visits}
        for name in attempt.left:
            visit = visits[name]
            duties = tuple(
                position
                for position, duty in enumerate(self.problem.duties)
                if duty.day == visit.day and duty.shift.worker in visit.planned_for
            )
            yield visit.care_slot or "", visit.day, duties


def _left(records: Records, days: Iterable[PlannedWorkday]) -> tuple[str, ...]:
    """Return the visits of care plans that the rounds of their days leave out."""
    ours = {visit.id for visit in records.visits if visit.care_slot is not None}
    return tuple(request for made in days for request in made.plan.unassigned if request in ours)


def left_out_of(weeks: Weeks) -> Iterator[Finding]:
    """Yield a finding for each recurring visit that the rounds of some day could not hold."""
    visits = {visit.id: visit for visit in weeks.records.visits}
    slots = {slot.id: slot for slot in weeks.records.care_slots}
    for owner, times in Counter(visits[name].care_slot or "" for name in weeks.left_out).items():
        slot = slots[owner]
        client = next(visit.client for visit in visits.values() if visit.care_slot == owner)
        yield Finding(
            code=f"week.missing-{Lack.FULL.value}",
            severity=Severity.WARNING,
            file=slot.origin.file,
            row=slot.origin.row or None,
            found=slot.id,
            details={"client": client, "times": str(times), "asked": str(slot.times), "skills": ""},
        )
