"""Who could make which visit on which day: the choices of a week, before any is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from routing.problem import TimeWindow
from routing.weeks.demand import Demand
from routing.weeks.problem import Booked, Duty, WeekProblem

MINUTE = 60


@dataclass(frozen=True, kw_only=True)
class Task:
    """One visit that may be on one day, or something booked on it: minutes of the day, and who could do it.

    `begins` are the (duty position, earliest, latest begin) for each shift that fits, in minutes, by its own hours and
    the way; `minutes` is what it takes with the way from a neighbour in its area, `span` with the way to wherever the
    next one may be: what comes after another within narrow windows has areas to cross.
    """

    day: date
    client: str
    minutes: int
    span: int
    windows: tuple[tuple[int, int], ...]
    begins: tuple[tuple[int, int, int], ...]
    crew: int
    demand: int | None = None
    turn: int = 0
    booked: Booked | None = None

    @property
    def has_crew(self) -> bool:
        """Tell whether enough different shifts could make it."""
        return len(self.begins) >= self.crew


def tasks_of(problem: WeekProblem) -> tuple[Task, ...]:
    """Return every visit on every day it may be on, in turns where a day holds several, and all that is booked."""
    found = [_booked_task(problem, item) for item in problem.booked]
    for number, demand in enumerate(problem.demands):
        for day in demand.days if demand.due else ():
            found += [_task(problem, number, demand, day, turn) for turn in range(demand.slot.per_day)]
    return tuple(found)


def windows_of(demand: Demand, turn: int) -> tuple[TimeWindow, ...]:
    """Return the windows of one turn of a day: one of its own where there are as many as turns, else all."""
    windows = tuple(sorted(demand.slot.windows))
    if demand.slot.per_day > 1 and len(windows) == demand.slot.per_day:
        return (windows[turn],)
    return windows


def able(problem: WeekProblem, demand: Demand) -> Iterator[Duty]:
    """Yield the shifts of the week whose workers may come to the client and have what it takes."""
    wanted = problem.skills_of(demand)
    for duty in problem.duties:
        if wanted <= duty.offers and duty.shift.worker not in demand.client.forbidden:
            yield duty


def _task(problem: WeekProblem, number: int, demand: Demand, day: date, turn: int) -> Task:
    late = demand.slot.max_lateness
    windows = [(w.earliest, w.latest + late) for w in windows_of(demand, turn)]
    duration = problem.records.municipality.door + demand.slot.duration
    fitting = {id(duty) for duty in able(problem, demand)}
    begins = tuple(
        begin
        for position, duty in enumerate(problem.duties)
        if duty.day == day and id(duty) in fitting
        for begin in _begin(problem, position, duty, demand.client.id, windows, duration)
    )
    return Task(
        day=day,
        client=demand.client.id,
        minutes=_up(duration + problem.travel.legs[demand.client.id]),
        span=_up(duration + problem.travel.onward[demand.client.id]),
        windows=tuple((_up(low), high // MINUTE) for low, high in windows),
        begins=begins,
        crew=demand.slot.crew,
        demand=number,
        turn=turn,
    )


def _booked_task(problem: WeekProblem, item: Booked) -> Task:
    windows = [(window.earliest, window.latest) for window in item.windows]
    begins = tuple(
        begin
        for position, duty in enumerate(problem.duties)
        if duty.day == item.day and item.skills <= duty.offers and duty.shift.worker not in item.forbidden
        for begin in _begin(problem, position, duty, item.client, windows, item.seconds)
    )
    return Task(
        day=item.day,
        client=item.client,
        minutes=_up(item.seconds),
        span=_up(item.seconds + (problem.travel.onward.get(item.client, 0) if item.is_visit else 0)),
        windows=tuple((_up(low), high // MINUTE) for low, high in windows),
        begins=begins,
        crew=item.crew,
        booked=item,
    )


def _begin(
    problem: WeekProblem, position: int, duty: Duty, client: str, windows: list[tuple[int, int]], duration: int
) -> Iterator[tuple[int, int, int]]:
    """Yield the earliest and latest minute at which a shift could begin there, nothing where it cannot."""
    way = problem.travel.way(duty.shift, client, problem.crossings[duty.day])
    if way is None:
        return
    low, high = _up(way.earliest), (way.latest + duty.shift.overtime - duration) // MINUTE
    if any(max(low, _up(first)) <= min(high, last // MINUTE) for first, last in windows):
        yield position, low, high


def _up(seconds: int) -> int:
    return -(-seconds // MINUTE)
