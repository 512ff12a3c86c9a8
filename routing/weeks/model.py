"""The week as a model for OR-Tools' CP-SAT, one method per rule, all listed in order at the bottom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from ortools.sat.python import cp_model

from routing.weeks.options import Task, tasks_of
from routing.weeks.problem import WeekProblem
from routing.weeks.standing import Standing
from routing.weeks.travel import SHARE_OF_WAY
from routing.weeks.weights import Weights

_DAY_END = 2 * 24 * 60


@dataclass(kw_only=True)
class WeekModel:
    """Variables and rules of one week."""

    problem: WeekProblem
    weights: Weights = field(default_factory=Weights)
    standing: Standing = field(default_factory=Standing)
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel, init=False)

    def __post_init__(self) -> None:
        self.tasks: tuple[Task, ...] = tuple(task for task in tasks_of(self.problem) if task.has_crew)
        self.made: list[cp_model.IntVar] = []
        self.begins: list[cp_model.IntVar] = []
        self.by: list[dict[int, cp_model.IntVar]] = []
        self.points: list[cp_model.LinearExprT] = []
        for rule in _RULES:
            rule(self)
        self.model.minimize(sum(self.points))

    def add_tasks(self) -> None:
        """Let each task be made or not, begin in a window, and have its crew of different shifts if it is made."""
        for task in self.tasks:
            made = self.model.new_bool_var("")
            begin = self.model.new_int_var_from_domain(cp_model.Domain.from_intervals([*map(list, task.windows)]), "")
            by = {duty: self.model.new_bool_var("") for duty, _, _ in task.begins}
            self.model.add(sum(by.values()) == task.crew * made)
            for duty, low, high in task.begins:
                self.model.add(begin >= low).only_enforce_if(by[duty])
                self.model.add(begin <= high).only_enforce_if(by[duty])
            self.made.append(made)
            self.begins.append(begin)
            self.by.append(by)

    def add_frequency(self) -> None:
        """Ask for as many visits as are due, fewer at a great cost, never more."""
        for number, demand in enumerate(self.problem.demands):
            own = [made for task, made in zip(self.tasks, self.made, strict=True) if task.demand == number]
            if demand.due:
                short = self.model.new_int_var(0, demand.due, "")
                self.model.add(sum(own) + short == demand.due)
                self.points.append(self.weights.missing[demand.slot.priority] * short)
        for task, made in zip(self.tasks, self.made, strict=True):
            if task.booked is not None:
                self.points.append(self.weights.booked * (1 - made))

    def add_spacing(self) -> None:
        """Keep days with a visit apart, and turns of a day in their order with time between."""
        by_day: dict[tuple[int, date], list[int]] = defaultdict(list)
        for index, task in enumerate(self.tasks):
            if task.demand is not None:
                by_day[task.demand, task.day].append(index)
        for (one, day), (other, later) in combinations(by_day, 2):
            if one == other and 0 < abs((later - day).days) < self.problem.demands[one].slot.days_apart:
                for first in by_day[one, day]:
                    for second in by_day[other, later]:
                        self.model.add_at_most_one([self.made[first], self.made[second]])
        for (number, _), turns in by_day.items():
            slot = self.problem.demands[number].slot
            lead = -(-(slot.duration + self.problem.records.municipality.door + slot.hours_apart) // 60)
            for first, second in combinations(turns, 2):
                both = [self.made[first], self.made[second]]
                self.model.add(self.begins[second] >= self.begins[first] + lead).only_enforce_if(both)

    def add_months(self) -> None:
        """Give a plan with a volume by the month never more in a calendar month."""
        plans = {demand.plan.id: demand.plan for demand in self.problem.demands if demand.plan.monthly is not None}
        slots = {slot.id: slot for slot in self.problem.records.care_slots}
        for plan in plans.values():
            for month in {(day.year, day.month) for day in self.problem.days}:
                given = sum(
                    visit.duration
                    for visit in self.problem.records.visits
                    if visit.care_slot in slots
                    and slots[visit.care_slot].plan == plan.id
                    and (visit.day.year, visit.day.month) == month
                )
                spent = [
                    self.problem.demands[task.demand].slot.duration * made
                    for task, made in zip(self.tasks, self.made, strict=True)
                    if task.demand is not None
                    and self.problem.demands[task.demand].plan.id == plan.id
                    and (task.day.year, task.day.month) == month
                ]
                self.model.add(sum(spent) <= max(0, (plan.monthly or 0) - given))

    def add_shifts(self) -> None:
        """Let a shift do one thing after the other, within hours that hold all of it with the way and breaks."""
        for position, duty in enumerate(self.problem.duties):
            mine = [index for index, by in enumerate(self.by) if position in by]
            intervals = [self._interval(index, position) for index in mine]
            for pause in duty.shift.breaks:
                first, last = -(-pause.window.earliest // 60), pause.window.latest // 60
                begin = self.model.new_int_var(first, last, "")
                intervals.append(self.model.new_fixed_size_interval_var(begin, pause.duration // 60, ""))
            self.model.add_no_overlap(intervals)
            work = [self.tasks[index].minutes * self.by[index][position] for index in mine]
            room = (duty.seconds + duty.shift.overtime) // 60
            self.model.add(sum([*work, *self._road(position, mine)]) <= max(0, room))

    def _interval(self, index: int, position: int) -> cp_model.IntervalVar:
        return self.model.new_optional_fixed_size_interval_var(
            self.begins[index], self.tasks[index].span, self.by[index][position], ""
        )

    def _road(self, position: int, mine: Collection[int]) -> list[cp_model.LinearExprT]:
        """Return the minutes on the road to each area that a shift visits, which also cost points."""
        duty, travel = self.problem.duties[position], self.problem.travel
        by_area: dict[int, list[int]] = defaultdict(list)
        for index in mine:
            by_area[travel.areas[self.tasks[index].client]].append(index)
        terms: list[cp_model.LinearExprT] = []
        for members in by_area.values():
            used = self.model.new_bool_var("")
            for index in members:
                self.model.add_implication(self.by[index][position], used)
            ways = [travel.way(duty.shift, self.tasks[i].client, self.problem.crossings[duty.day]) for i in members]
            share = min(way.there + way.back for way in ways if way is not None)
            terms.append(round(share * SHARE_OF_WAY / 60) * used)
        self.points.append(self.weights.road_minute * sum(terms))
        return terms

    def add_conflicts(self) -> None:
        """Let nobody make two visits whose windows leave no time to drive from one to the other."""
        by_duty: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for index, task in enumerate(self.tasks):
            for duty, low, high in task.begins:
                first, last = max(low, task.windows[0][0]), min(high, task.windows[-1][1])
                by_duty[duty].append((index, first, last))
        for duty, found in by_duty.items():
            for one, other in combinations(found, 2):
                if self._clash(one, other) and self._clash(other, one):
                    self.model.add_at_most_one([self.by[one[0]][duty], self.by[other[0]][duty]])

    def _clash(self, one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
        """Tell whether nobody can make the second after the first."""
        index, first, _ = one
        task, later = self.tasks[index], self.tasks[other[0]]
        leg = self.problem.travel.legs.get(task.client, 0) // 60 if task.booked is None else 0
        way = self.problem.travel.between(task.client, later.client) // 60 if task.client != later.client else 0
        if task.booked is not None and not task.booked.is_visit:
            way = 0  # a ride ends elsewhere
        return first + task.minutes - leg + min(way, _DAY_END) > other[2]

    def add_crews(self) -> None:
        """Make two carers of one visit two people, also where one has two shifts that day."""
        for task, by in zip(self.tasks, self.by, strict=True):
            if task.crew > 1:
                workers: dict[str, list[cp_model.IntVar]] = defaultdict(list)
                for duty, chosen in by.items():
                    workers[self.problem.duties[duty].shift.worker].append(chosen)
                for own in workers.values():
                    self.model.add_at_most_one(own)

    def add_continuity(self) -> None:
        """Prefer few carers for each client, those of before and her regular ones."""
        seen: dict[tuple[str, str], list[cp_model.IntVar]] = defaultdict(list)
        for task, by in zip(self.tasks, self.by, strict=True):
            if task.booked is not None and not task.booked.is_visit:
                continue
            regular, preferred = self._wanted(task)
            for duty, chosen in by.items():
                worker, reserve = self.problem.duties[duty].shift.worker, self.problem.duties[duty].reserve
                cost = self.weights.not_regular * (bool(regular) and worker not in regular)
                cost += self.weights.not_client_preferred * (bool(preferred) and worker not in preferred)
                self.points.append((cost + self.weights.reserve * reserve) * chosen)
                seen[task.client, worker].append(chosen)
        for (client, worker), own in seen.items():
            if worker not in self.problem.known.get(client, frozenset()):
                comes = self.model.new_bool_var("")
                self.model.add_max_equality(comes, own)
                self.points.append(self.weights.new_carer * comes)

    def _wanted(self, task: Task) -> tuple[frozenset[str], frozenset[str]]:
        if task.demand is not None:
            demand = self.problem.demands[task.demand]
            return self.problem.regular_of(demand), demand.client.preferred
        return (task.booked.regular if task.booked else frozenset()), frozenset()

    def add_days(self) -> None:
        """Prefer the preferred days."""
        for task, made in zip(self.tasks, self.made, strict=True):
            if task.demand is not None:
                slot = self.problem.demands[task.demand].slot
                if slot.preferred_days and task.day.isoweekday() not in slot.preferred_days:
                    self.points.append(self.weights.other_day * made)

    def add_standing(self) -> None:
        """Begin from the week that stood, and leave what need not change."""
        stood = self.standing.by_key
        for task, made, by in zip(self.tasks, self.made, self.by, strict=True):
            if task.demand is None or not stood:
                continue
            visit = stood.get((self.problem.demands[task.demand].slot.id, task.day, task.turn))
            self.model.add_hint(made, visit is not None)
            for duty, chosen in by.items():
                hers = visit is not None and self.problem.duties[duty].shift.worker in visit.planned_for
                self.model.add_hint(chosen, hers)
                self.points += [self.weights.changed * (1 - chosen)] if hers else []
            self.points += [self.weights.changed * (1 - made)] if visit is not None else []

    def add_balance(self) -> None:
        """Prefer regular carers of one balance group to be equally busy, measured by their hours of the week."""
        groups: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for position, duty in enumerate(self.problem.duties):
            if not duty.reserve and duty.shift.balance_group:
                groups[duty.shift.balance_group][duty.shift.worker].append(position)
        for workers in groups.values():
            high, low = (self.model.new_int_var(0, 200, "") for _ in range(2))
            for positions in workers.values():
                hours = sum(self.problem.duties[position].seconds for position in positions) // 60
                busy = sum(
                    self.tasks[index].minutes * by[position]
                    for index, by in enumerate(self.by)
                    for position in positions
                    if position in by
                )
                self.model.add(100 * busy <= hours * high)
                self.model.add(100 * busy >= hours * (low - 1))
            self.points.append(self.weights.imbalance * (high - low))


_RULES = (
    WeekModel.add_tasks,
    WeekModel.add_frequency,
    WeekModel.add_spacing,
    WeekModel.add_months,
    WeekModel.add_shifts,
    WeekModel.add_conflicts,
    WeekModel.add_crews,
    WeekModel.add_continuity,
    WeekModel.add_days,
    WeekModel.add_balance,
    WeekModel.add_standing,
)
