"""Why a visit of a care plan found no place in a week: the first rule that nobody can keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from routing.day.shifts import shifts_of
from routing.weeks.demand import Demand, Lack
from routing.weeks.options import able, tasks_of
from routing.weeks.problem import WeekProblem
from routing.weeks.result import Missing, Placed


def missing_of(problem: WeekProblem, placed: Iterable[Placed]) -> tuple[Missing, ...]:
    """Return what a week lacks beside the visits that are placed, with the reasons."""
    made = Counter(item.demand.slot.id for item in placed)
    found = []
    for demand in problem.demands:
        short = demand.due - made[demand.slot.id]
        if short > 0:
            found.append(Missing(demand=demand, times=short, why=why_missing(problem, demand)))
        if demand.closed:
            found.append(Missing(demand=demand, times=demand.closed, why=demand.why or Lack.DAYS))
    return tuple(found)


def why_missing(problem: WeekProblem, demand: Demand) -> Lack:
    """Return the rule that keeps a demand from being met; FULL where each rule can be kept but not all visits at once.

    The rules are tried in the order in which a coordinator would ask: is there anybody at all, may she come, is she on
    duty, at that time, and is there a way.
    """
    records, wanted = problem.records, problem.skills_of(demand)
    skilled = {worker.id for worker in records.workers if wanted <= worker.skills}
    skilled |= {duty.shift.worker for duty in problem.duties if wanted <= duty.offers}
    allowed = skilled - demand.client.forbidden
    on_duty = {duty.shift.worker for duty in able(problem, demand) if duty.day in demand.days}
    number = problem.demands.index(demand)
    tasks = [task for task in tasks_of(problem) if task.demand == number]
    rules: tuple[tuple[bool, Lack], ...] = (
        (not skilled, Lack.SKILL),
        (len(skilled) < demand.slot.crew, Lack.CREW),
        (len(allowed) < demand.slot.crew, Lack.FORBIDDEN),
        (not on_duty, Lack.ABSENT if _would_work(problem, allowed) else Lack.OFF_DUTY),
        (not any(task.begins for task in tasks), Lack.WINDOW if _has_way(problem, demand) else Lack.UNREACHABLE),
        (not any(task.has_crew for task in tasks), Lack.CREW),
        (demand.plan.monthly is not None, Lack.MONTH),
    )
    return next((lack for broken, lack in rules if broken), Lack.FULL)


def _would_work(problem: WeekProblem, workers: set[str]) -> bool:
    """Tell whether any of some workers would be on duty if nobody were absent."""
    for ahead in range(len(problem.days)):
        day = problem.first + timedelta(days=ahead)
        missing = {note.details["worker"] for note in shifts_of(problem.records, day)[1]}
        if missing & workers:
            return True
    return False


def _has_way(problem: WeekProblem, demand: Demand) -> bool:
    return any(
        problem.travel.way(duty.shift, demand.client.id, problem.crossings[duty.day]) is not None
        for duty in able(problem, demand)
        if duty.day in demand.days
    )
