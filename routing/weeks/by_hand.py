"""What a coordinator does to a week by hand: put a visit on another day or with others, and which rules that breaks.

Judged are the dated visits as records have them, without any round: whether a day's rounds have room as well is for
`routing.dispatch` to say, once that day has rounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from routing.day.requests import service_of
from routing.day.shifts import shifts_of, vehicles_of
from routing.problem import Shift
from routing.records.model import CarePlan, CareSlot, CareVisit, Client, Records, Service
from routing.weeks.demand import is_paused
from routing.wording import say


class HandRule(StrEnum):
    """The rules that a week's visits keep before any round is known; `rota.<value>` says each in words."""

    VALIDITY = "validity"
    WEEKDAY = "weekday"
    PAUSE = "pause"
    TOO_CLOSE = "too-close"
    TOO_MANY_A_DAY = "too-many-a-day"
    CREW = "crew"
    ABSENT = "absent"
    OFF_DUTY = "off-duty"
    SKILL = "skill"
    FORBIDDEN = "forbidden"
    WINDOW = "window"
    FULL = "full"


@dataclass(frozen=True, kw_only=True)
class HandFault:
    """One rule that a visit breaks on its day; `found` and `expected` are days, people or minutes."""

    rule: HandRule
    visit: str
    client: str
    day: date
    worker: str = ""
    found: int = 0
    expected: int = 0

    def sentence(self, lang: str, names: Mapping[str, str]) -> str:
        """Say what is wrong, in `lang`; `names` are those of clients and workers by id."""
        return say(
            f"rota.{self.rule.value}",
            lang,
            client=names.get(self.client, self.client),
            worker=names.get(self.worker, self.worker),
            day=f"{self.day:%d.%m}",
            found=self.found,
            expected=self.expected,
        )

    def as_dict(self, lang: str) -> dict[str, object]:
        """Return the fault as plain data, with its sentence in `lang`; people are told by their ids."""
        return {
            "code": f"rota.{self.rule.value}",
            "visit": self.visit,
            "client": self.client,
            "day": self.day.isoformat(),
            "worker": self.worker,
            "found": self.found,
            "expected": self.expected,
            "sentence": self.sentence(lang, {}),
        }


def moved(records: Records, visit: str, day: date, workers: frozenset[str]) -> Records:
    """Return the records with a visit on `day`, made by `workers`.

    Visits of its day that are tied to it come along, each with the people it had.
    """
    own = {one.id: one for one in records.visits}
    together = tied(records, own[visit]) if own[visit].day != day else frozenset({visit})

    def changed(one: CareVisit) -> CareVisit:
        if one.id == visit:
            return replace(one, day=day, planned_for=workers)
        return replace(one, day=day) if one.id in together else one

    return replace(records, visits=tuple(map(changed, records.visits)))


def tied(records: Records, visit: CareVisit) -> frozenset[str]:
    """Return the visits of one day that a gap ties to a visit, directly or by others, and itself."""
    near: dict[str, set[str]] = defaultdict(set)
    on_day = {one.id for one in records.visits if one.day == visit.day}
    for one in records.visits:
        if one.id in on_day and one.after in on_day:
            near[one.id].add(one.after)
            near[one.after].add(one.id)
    found, left = {visit.id}, [visit.id]
    while left:
        fresh = near[left.pop()] - found
        found |= fresh
        left += fresh
    return frozenset(found)


def faults(records: Records, visits: Collection[str] | None = None) -> tuple[HandFault, ...]:
    """Return every rule that some dated visits break, all of them where none are named."""
    rota = _Rota(records=records)
    judged = [visit for visit in records.visits if visits is None or visit.id in visits]
    return tuple(dict.fromkeys(fault for rule in _RULES for visit in judged for fault in rule(rota, visit)))


def new_faults(before: Records, after: Records, visits: Collection[str]) -> tuple[HandFault, ...]:
    """Return the rules that visits break after a change and did not break before, or break by more."""
    known = {_identity(fault): fault.found for fault in faults(before, visits)}

    def is_new(fault: HandFault) -> bool:
        then = known.get(_identity(fault))
        return then is None or (fault.rule is HandRule.FULL and fault.found > then)

    return tuple(fault for fault in faults(after, visits) if is_new(fault))


def choices(records: Records, visit: str, days: Collection[date]) -> dict[tuple[date, str], tuple[HandFault, ...]]:
    """Return for each day and each worker what putting a visit there with her alone would break."""
    found: dict[tuple[date, str], tuple[HandFault, ...]] = {}
    together = touched_by(records, visit)
    for day in days:
        for worker in records.workers:
            there = moved(records, visit, day, frozenset({worker.id}))
            found[day, worker.id] = new_faults(records, there, together)
    return found


def touched_by(records: Records, visit: str) -> frozenset[str]:
    """Return the visits whose rules a move of one can break: itself, those tied to it, and others of its plan."""
    own = next(one for one in records.visits if one.id == visit)
    near = timedelta(days=14)
    alike = {
        one.id
        for one in records.visits
        if own.care_slot is not None and one.care_slot == own.care_slot and abs(one.day - own.day) <= near
    }
    return tied(records, own) | alike


def _identity(fault: HandFault) -> tuple[HandRule, str, date, str]:
    return (fault.rule, fault.visit if fault.rule is not HandRule.FULL else "", fault.day, fault.worker)


@dataclass(frozen=True, kw_only=True)
class _Rota:
    """The records by what the rules ask for."""

    records: Records

    @cached_property
    def slots(self) -> Mapping[str, CareSlot]:
        """Return the recurring visits by id."""
        return {slot.id: slot for slot in self.records.care_slots}

    @cached_property
    def plans(self) -> Mapping[str, CarePlan]:
        """Return the care plans by id."""
        return {plan.id: plan for plan in self.records.care_plans}

    @cached_property
    def clients(self) -> Mapping[str, Client]:
        """Return the clients by id."""
        return {client.id: client for client in self.records.clients}

    @cached_property
    def by_slot(self) -> Mapping[str, list[CareVisit]]:
        """Return the dated visits of each recurring one."""
        found: dict[str, list[CareVisit]] = defaultdict(list)
        for visit in self.records.visits:
            if visit.care_slot is not None:
                found[visit.care_slot].append(visit)
        return found

    @cached_property
    def equipment(self) -> Mapping[str, frozenset[str]]:
        """Return what each vehicle has aboard."""
        return {vehicle.id: vehicle.equipment for vehicle in vehicles_of(self.records)}

    @cached_property
    def _duties(self) -> dict[date, tuple[Shift, ...]]:
        return {}

    def duties(self, worker: str, day: date) -> tuple[Shift, ...]:
        """Return the shifts of a worker on a day."""
        if day not in self._duties:
            self._duties[day] = shifts_of(self.records, day)[0]
        return tuple(shift for shift in self._duties[day] if shift.worker == worker)

    def skills(self, visit: CareVisit) -> frozenset[str]:
        """Return what a visit asks for."""
        is_care = service_of(self.records, visit) is Service.HOME_CARE
        return visit.skills | (self.records.municipality.care_skills if is_care else frozenset())

    def is_away(self, worker: str, day: date) -> bool:
        """Tell whether a worker is absent on a day."""
        return any(a.worker == worker and a.first <= day <= a.last for a in self.records.absences)


def _fault(rule: HandRule, visit: CareVisit, worker: str = "", found: int = 0, expected: int = 0) -> HandFault:
    return HandFault(
        rule=rule, visit=visit.id, client=visit.client, day=visit.day, worker=worker, found=found, expected=expected
    )


def _day(rota: _Rota, visit: CareVisit) -> Iterator[HandFault]:
    """Ask for a day that the care plan allows and that lies inside its dates."""
    slot = rota.slots.get(visit.care_slot or "")
    if slot is None:
        return
    plan = rota.plans[slot.plan]
    if visit.day < plan.valid_from or (plan.valid_to is not None and visit.day > plan.valid_to):
        yield _fault(HandRule.VALIDITY, visit)
    elif slot.weekdays and visit.day.isoweekday() not in slot.weekdays:
        yield _fault(HandRule.WEEKDAY, visit)


def _pause(rota: _Rota, visit: CareVisit) -> Iterator[HandFault]:
    """Ask that the client is at home and wants somebody."""
    if is_paused(rota.records, rota.clients[visit.client], visit.day):
        yield _fault(HandRule.PAUSE, visit)


def _spacing(rota: _Rota, visit: CareVisit) -> Iterator[HandFault]:
    """Ask that days with a visit lie apart, and that a day holds no more than it may."""
    slot = rota.slots.get(visit.care_slot or "")
    if slot is None:
        return
    others = [other.day for other in rota.by_slot[slot.id] if other.id != visit.id]
    nearest = min((abs((day - visit.day).days) for day in others if day != visit.day), default=slot.days_apart)
    if nearest < slot.days_apart:
        yield _fault(HandRule.TOO_CLOSE, visit, found=nearest, expected=slot.days_apart)
    if (times := 1 + others.count(visit.day)) > slot.per_day:
        yield _fault(HandRule.TOO_MANY_A_DAY, visit, found=times, expected=slot.per_day)


def _people(rota: _Rota, visit: CareVisit) -> Iterator[HandFault]:
    """Ask that whoever the week gave a visit to is enough people, each on duty, able and welcome."""
    if visit.planned_for and len(visit.planned_for) != visit.crew:
        yield _fault(HandRule.CREW, visit, found=len(visit.planned_for), expected=visit.crew)
    for worker in sorted(visit.planned_for):
        if worker in rota.clients[visit.client].forbidden:
            yield _fault(HandRule.FORBIDDEN, visit, worker)
        yield from _duty(rota, visit, worker)


def _duty(rota: _Rota, visit: CareVisit, worker: str) -> Iterator[HandFault]:
    duties = rota.duties(worker, visit.day)
    if not duties:
        yield _fault(HandRule.ABSENT if rota.is_away(worker, visit.day) else HandRule.OFF_DUTY, visit, worker)
    elif not any(rota.skills(visit) <= shift.skills | rota.equipment[shift.vehicle] for shift in duties):
        yield _fault(HandRule.SKILL, visit, worker)
    elif not any(_has_time(rota, shift, visit) for shift in duties):
        yield _fault(HandRule.WINDOW, visit, worker)


def _has_time(rota: _Rota, shift: Shift, visit: CareVisit) -> bool:
    last = shift.latest + shift.overtime - visit.duration - rota.records.municipality.door
    return any(
        max(shift.earliest, window.earliest) <= min(last, window.latest + visit.max_lateness)
        for window in visit.windows
    )


def _hours(rota: _Rota, visit: CareVisit) -> Iterator[HandFault]:
    """Ask that the visits of a worker's day fit into her hours, even without the way between them."""
    for worker in sorted(visit.planned_for):
        room = sum(working_seconds(shift) + shift.overtime for shift in rota.duties(worker, visit.day))
        asked = sum(
            one.duration + rota.records.municipality.door
            for one in rota.records.visits
            if one.day == visit.day and worker in one.planned_for
        )
        if room and asked > room:
            yield _fault(HandRule.FULL, visit, worker, found=asked // 60, expected=room // 60)


def working_seconds(shift: Shift) -> int:
    """Return how long a shift lasts at most, without its breaks and overtime."""
    whole = min(shift.latest - shift.earliest, shift.max_duration or shift.latest)
    return whole - sum(pause.duration for pause in shift.breaks)


_RULES: tuple[Callable[[_Rota, CareVisit], Iterator[HandFault]], ...] = (_day, _pause, _spacing, _people, _hours)
