"""One week from start to end: choose days and carers, search the whole week at once, then settle each day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from routing.day.build import build_day
from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Problem
from routing.records.model import Records
from routing.roads.network import RoadNetwork
from routing.solver.budget import Budget, StopSignal
from routing.solver.solve import Result, solve
from routing.weeks.faces import Faces, found_faces, wished_faces
from routing.weeks.lifted import landed, lift
from routing.weeks.made import PlannedWorkday
from routing.weeks.planner import Effort, plan_week
from routing.weeks.problem import WeekProblem
from routing.weeks.result import WeekPlan, taken_ids, with_visits
from routing.weeks.standing import Standing
from routing.weeks.thinking import Thinking, Told

CHOICE = 0.1
"""Part of the seconds that goes to choosing days and carers."""
WHOLE = (0.4, 0.4)
"""Parts of the seconds of each search of the whole week: the second one knows who came to whom in the first."""
DAYS = 0.1
"""Part of the seconds that goes to the days one by one, as they were found and with their own weights."""


@dataclass(frozen=True, kw_only=True)
class PlannedWeek:
    """One week: what was placed where, the records with it, each day's rounds, and what these leave out after all."""

    records: Records
    plan: WeekPlan
    days: tuple[PlannedWorkday, ...]

    @property
    def left(self) -> tuple[str, ...]:
        """Return the visits of care plans that the rounds of their days leave out."""
        ours = {visit.id for visit in self.records.visits if visit.care_slot is not None}
        return tuple(request for made in self.days for request in made.plan.unassigned if request in ours)


@dataclass(frozen=True, kw_only=True)
class WeekRun:
    """The stages of one week, the `number`-th of `weeks`."""

    problem: WeekProblem
    network: RoadNetwork
    thinking: Thinking
    weeks: int
    number: int
    on_told: Callable[[Told], None]
    stop: StopSignal
    standing: Standing = field(default_factory=Standing)

    def planned(self) -> PlannedWeek:
        """Return the week.

        CP-SAT chooses days and carers by estimates of the way; the search of the whole week knows the way, moves
        visits between days and puts in what seemed to have no room; each day is then searched as any other day.
        """
        plan = self._chosen()
        rounds: Mapping[date, Plan] = self.standing.rounds_of(plan, taken_ids(self.problem.records))
        for position, share in enumerate(WHOLE):
            if self.stop() or not (plan.placed or plan.full):
                break
            self._tell("week", (position + 1) / len(WHOLE), plan)
            faces = (found_faces if position else wished_faces)(self.problem, plan.placed)
            plan, rounds = self._searched(plan, rounds, faces, share)
        records = with_visits(self.problem.records, plan)
        return PlannedWeek(records=records, plan=plan, days=tuple(self._settled(records, rounds, plan)))

    def _chosen(self) -> WeekPlan:
        self.on_told(Told(stage="choose", week=self.number, share=0.0))
        return plan_week(
            self.problem,
            effort=Effort(seconds=self._seconds * CHOICE, work=self.thinking.work),
            seed=self.thinking.seed,
            weights=self.thinking.weights,
            standing=self.standing,
            stop=self.stop,
        )

    def _searched(
        self, plan: WeekPlan, rounds: Mapping[date, Plan], faces: Faces, share: float
    ) -> tuple[WeekPlan, dict[date, Plan]]:
        """Return the week and its rounds after a search of all its days at once."""
        weights, standing = self.thinking.weights, self.standing
        lifted = lift(self.problem, self.network, plan, rounds, faces=faces, weights=weights, standing=standing)
        found = self._solve(lifted.problem, lifted.matrix, share, lifted.initial if rounds else None)
        return landed(lifted, found.plan)

    def _settled(self, records: Records, rounds: Mapping[date, Plan], plan: WeekPlan) -> Iterator[PlannedWorkday]:
        """Yield each day that has anything to do, begun from its rounds so far."""
        busy = max(1, len({duty.day for duty in self.problem.duties}))
        for position, day in enumerate(self.problem.days):
            self._tell("days", (position + 1) / len(self.problem.days), plan)
            built = build_day(records, self.network, day)
            if built.problem.requests:
                found = self._solve(built.problem, built.matrix, DAYS / busy, rounds.get(day))
                yield PlannedWorkday(day=built, plan=found.plan, cost=found.cost)

    def _solve(self, problem: Problem, matrix: Matrix, share: float, initial: Plan | None) -> Result:
        return solve(
            problem,
            matrix,
            budget=Budget(seconds=max(0.1, self._seconds * share), iterations=self.thinking.iterations),
            seed=self.thinking.seed,
            engine=self.thinking.engine,
            initial=initial,
            stop=self.stop,
        )

    @property
    def _seconds(self) -> float:
        return self.thinking.seconds / self.weeks

    def _tell(self, stage: str, share: float, plan: WeekPlan) -> None:
        self.on_told(Told(stage=stage, week=self.number, share=share, missing=plan.full))
