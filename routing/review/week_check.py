"""Judge a week's rounds by its care plans: every rule recomputed from records and printed times, and nothing else.

Nothing is shared with the planner of weeks. `routing.review.check` judges each day; this judges what only a week shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from routing.plan import Plan, StopKind
from routing.records.model import CarePlan, CareSlot, CareVisit, Client, ClientState, Records, Service
from routing.wording import say


class WeekRule(StrEnum):
    """The rules of a week; `week.fault-<value>` says each in words."""

    TOO_FEW = "too-few"
    TOO_MANY = "too-many"
    TOO_CLOSE = "too-close"
    TOO_MANY_A_DAY = "too-many-a-day"
    HOURS = "hours"
    WEEKDAY = "weekday"
    VALIDITY = "validity"
    PAUSE = "pause"
    LENGTH = "length"
    WINDOW = "window"
    CREW = "crew"
    SKILL = "skill"
    FORBIDDEN = "forbidden"
    ABSENT = "absent"
    MONTH = "month"


@dataclass(frozen=True, kw_only=True)
class WeekFault:
    """One rule that a week breaks, for which recurring visit, and on which day where it is about one."""

    rule: WeekRule
    slot: str
    day: date | None = None
    found: str = ""
    expected: str = ""

    def sentence(self, lang: str) -> str:
        """Say what is wrong, in `lang`."""
        when = self.day.strftime("%d.%m.%Y") if self.day else ""
        key = f"week.fault-{self.rule.value}"
        return say(key, lang, slot=self.slot, day=when, found=self.found, expected=self.expected)


@dataclass(frozen=True, kw_only=True)
class Made:
    """One visit as it is printed: when it begins and ends, and who makes it."""

    visit: CareVisit
    start: int
    end: int
    workers: tuple[str, ...]


def check_week(
    records: Records, monday: date, plans: Mapping[date, Plan], excused: Mapping[str, int] | None = None
) -> tuple[WeekFault, ...]:
    """Return every rule of the week of `monday` that its rounds break.

    `plans` are the rounds by day; `records` hold the dated visits they serve. `excused` visits by recurring visit were
    named as impossible: they are not missed here.
    """
    week = _Week(records=records, monday=monday, plans=plans, excused=excused or {})
    return tuple(fault for rule in _RULES for slot in records.care_slots for fault in rule(week, slot))


@dataclass(frozen=True, kw_only=True)
class _Week:
    """What a week's rounds say, by recurring visit."""

    records: Records
    monday: date
    plans: Mapping[date, Plan]
    excused: Mapping[str, int]

    @cached_property
    def made(self) -> dict[str, list[Made]]:
        """Return the visits that are served, by recurring visit, in the order of time."""
        worker_of = {shift.id: shift.worker for shift in self.records.shifts}
        visits = {visit.id: visit for visit in self.records.visits}
        served: dict[tuple[str, int, int], list[str]] = defaultdict(list)
        for day, plan in self.plans.items():
            for route in plan.routes:
                for stop in route.stops:
                    known = visits.get(stop.request or "")
                    if stop.kind is StopKind.VISIT and known is not None and known.day == day:
                        served[known.id, stop.start, stop.departure].append(worker_of[route.shift])
        found: dict[str, list[Made]] = defaultdict(list)
        for (name, start, end), workers in served.items():
            visit = visits[name]
            if visit.care_slot is not None:
                found[visit.care_slot].append(Made(visit=visit, start=start, end=end, workers=tuple(sorted(workers))))
        return {slot: sorted(own, key=lambda made: (made.visit.day, made.start)) for slot, own in found.items()}

    def of(self, slot: CareSlot) -> list[Made]:
        """Return what is served of a recurring visit on the days of this week."""
        last = self.monday + timedelta(days=6)
        return [made for made in self.made.get(slot.id, ()) if self.monday <= made.visit.day <= last]

    def plan(self, slot: CareSlot) -> CarePlan:
        """Return the care plan of a recurring visit."""
        return next(plan for plan in self.records.care_plans if plan.id == slot.plan)

    def client(self, slot: CareSlot) -> Client:
        """Return the client of a recurring visit."""
        return next(client for client in self.records.clients if client.id == self.plan(slot).client)

    def worker_skills(self, worker: str, day: date) -> frozenset[str]:
        """Return what a worker can do that day, with the equipment of the vehicles of her shifts."""
        own = next((one.skills for one in self.records.workers if one.id == worker), frozenset[str]())
        cars = {shift.vehicle for shift in self.records.shifts if shift.worker == worker and shift.day in (None, day)}
        return own.union(*(car.equipment for car in self.records.vehicles if car.id in cars))


def _times(week: _Week, slot: CareSlot) -> Iterator[WeekFault]:
    """Ask that the visits granted are made, no more and no fewer, but for those that were named as impossible."""
    plan = week.plan(slot)
    monday_of_plan = plan.valid_from - timedelta(days=plan.valid_from.weekday())
    weeks, made = (week.monday - monday_of_plan).days // 7, len(week.of(slot))
    holds = weeks >= 0 and (plan.valid_to is None or plan.valid_to >= week.monday)
    asked = slot.times if holds and weeks % slot.every_weeks == 0 else 0
    if made > asked:
        yield WeekFault(rule=WeekRule.TOO_MANY, slot=slot.id, found=str(made), expected=str(asked))
    if made + week.excused.get(slot.id, 0) < asked and _is_open(week, slot):
        yield WeekFault(rule=WeekRule.TOO_FEW, slot=slot.id, found=str(made), expected=str(asked))


def _is_open(week: _Week, slot: CareSlot) -> bool:
    """Tell whether the plan holds on any allowed day of the week."""
    plan, days = week.plan(slot), [week.monday + timedelta(days=ahead) for ahead in range(7)]
    held = (day for day in days if plan.valid_from <= day and (plan.valid_to is None or day <= plan.valid_to))
    return any(not slot.weekdays or day.isoweekday() in slot.weekdays for day in held)


def _days(week: _Week, slot: CareSlot) -> Iterator[WeekFault]:
    """Ask that every visit is on an allowed day, inside the plan's dates, and not while the client pauses."""
    plan, client = week.plan(slot), week.client(slot)
    for made in week.of(slot):
        day = made.visit.day
        if slot.weekdays and day.isoweekday() not in slot.weekdays:
            yield WeekFault(rule=WeekRule.WEEKDAY, slot=slot.id, day=day)
        if day < plan.valid_from or (plan.valid_to is not None and day > plan.valid_to):
            yield WeekFault(rule=WeekRule.VALIDITY, slot=slot.id, day=day)
        paused = any(p.client == client.id and p.first <= day <= p.last for p in week.records.pauses)
        if paused or client.state is not ClientState.ACTIVE:
            yield WeekFault(rule=WeekRule.PAUSE, slot=slot.id, day=day)


def _spacing(week: _Week, slot: CareSlot) -> Iterator[WeekFault]:
    """Ask that days with a visit lie apart, also from the weeks around, and that a day holds no more than it may."""
    by_day: dict[date, list[Made]] = defaultdict(list)
    for made in week.made.get(slot.id, ()):
        by_day[made.visit.day].append(made)
    for one, other in pairwise(sorted(by_day)):
        in_week = week.monday <= other <= week.monday + timedelta(days=6)
        if in_week and (other - one).days < slot.days_apart:
            yield WeekFault(
                rule=WeekRule.TOO_CLOSE,
                slot=slot.id,
                day=other,
                found=str((other - one).days),
                expected=str(slot.days_apart),
            )
    for made in {m.visit.day: m for m in week.of(slot)}.values():
        yield from _turns(slot, by_day[made.visit.day])


def _turns(slot: CareSlot, turns: Sequence[Made]) -> Iterator[WeekFault]:
    day = turns[0].visit.day
    if len(turns) > slot.per_day:
        yield WeekFault(
            rule=WeekRule.TOO_MANY_A_DAY, slot=slot.id, day=day, found=str(len(turns)), expected=str(slot.per_day)
        )
    for one, other in pairwise(turns):
        if other.start - one.end < slot.hours_apart:
            found, expected = str((other.start - one.end) // 60), str(slot.hours_apart // 60)
            yield WeekFault(rule=WeekRule.HOURS, slot=slot.id, day=day, found=found, expected=expected)


def _service(week: _Week, slot: CareSlot) -> Iterator[WeekFault]:
    """Ask that every visit lasts as long as is granted and begins in a window, at most as late as it may."""
    for made in week.of(slot):
        lasts = made.end - made.start - week.records.municipality.door
        if lasts < slot.duration:
            found, expected = str(lasts // 60), str(slot.duration // 60)
            yield WeekFault(rule=WeekRule.LENGTH, slot=slot.id, day=made.visit.day, found=found, expected=expected)
        windows = {*slot.windows, *made.visit.windows}
        if not any(w.earliest <= made.start <= w.latest + slot.max_lateness for w in windows):
            found = f"{made.start // 3600:02d}:{made.start // 60 % 60:02d}"
            yield WeekFault(rule=WeekRule.WINDOW, slot=slot.id, day=made.visit.day, found=found)


def _people(week: _Week, slot: CareSlot) -> Iterator[WeekFault]:
    """Ask that a crew is as many different people as are needed, each able, welcome and not absent."""
    home_care = week.plan(slot).service is Service.HOME_CARE
    wanted = slot.skills | (week.records.municipality.care_skills if home_care else frozenset())
    for made in week.of(slot):
        day, client = made.visit.day, week.client(slot)
        if len(set(made.workers)) != slot.crew:
            found = str(len(set(made.workers)))
            yield WeekFault(rule=WeekRule.CREW, slot=slot.id, day=day, found=found, expected=str(slot.crew))
        for worker in made.workers:
            if not wanted <= week.worker_skills(worker, day):
                yield WeekFault(rule=WeekRule.SKILL, slot=slot.id, day=day, found=worker)
            if worker in client.forbidden:
                yield WeekFault(rule=WeekRule.FORBIDDEN, slot=slot.id, day=day, found=worker)
            if any(a.worker == worker and a.first <= day <= a.last for a in week.records.absences):
                yield WeekFault(rule=WeekRule.ABSENT, slot=slot.id, day=day, found=worker)


def _months(week: _Week, slot: CareSlot) -> Iterator[WeekFault]:
    """Ask that a plan with a volume by the month gets no more in the month that this week begins in."""
    plan = week.plan(slot)
    own = [other for other in week.records.care_slots if other.plan == plan.id]
    if plan.monthly is None or own[0].id != slot.id:
        return
    spent: dict[tuple[int, int], int] = defaultdict(int)
    for made in (made for other in own for made in week.made.get(other.id, ())):
        spent[made.visit.day.year, made.visit.day.month] += made.visit.duration
    for (year, month), seconds in spent.items():
        if seconds > plan.monthly and (year, month) == (week.monday.year, week.monday.month):
            yield WeekFault(
                rule=WeekRule.MONTH, slot=slot.id, found=str(seconds // 60), expected=str(plan.monthly // 60)
            )


_RULES: tuple[Callable[[_Week, CareSlot], Iterator[WeekFault]], ...] = (
    _times,
    _days,
    _spacing,
    _service,
    _people,
    _months,
)
