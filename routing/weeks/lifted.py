"""A whole week as one day of many hours: the search moves visits between days as it moves them between rounds.

Every shift of the week becomes a shift of its own, at its day's distance from the first midnight, with a worker and a
vehicle of its own. A visit that may be on several days has the windows of all of them; that days with visits of one
plan lie apart is a gap between them. What the search answers is taken apart again into days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, islice

from routing.day.build import Day, build_day, common_matrix
from routing.matrix import Matrix
from routing.plan import Plan, Route
from routing.problem import Break, Crossing, Gap, Problem, Promise, Shift, Shipment, ShipmentStep, TimeWindow, Visit
from routing.roads.network import RoadNetwork
from routing.roads.speeds import Profile
from routing.weeks.demand import Demand, Lack
from routing.weeks.faces import Faces
from routing.weeks.options import windows_of
from routing.weeks.problem import WeekProblem
from routing.weeks.reasons import missing_of
from routing.weeks.result import Placed, WeekPlan, dated, taken_ids, with_visits
from routing.weeks.standing import Standing
from routing.weeks.weights import Weights

DAY = 24 * 3600
_SEP = "@"


@dataclass(frozen=True, kw_only=True)
class Lifted:
    """A week as one problem, the plan to begin from, and the visit of the week behind each request that may move."""

    problem: Problem
    matrix: Matrix
    initial: Plan
    week: WeekProblem
    plan: WeekPlan
    days: tuple[Day, ...]
    items: Mapping[str, Placed]
    waiting: frozenset[str]


def lift(
    week: WeekProblem,
    network: RoadNetwork,
    plan: WeekPlan,
    rounds: Mapping[date, Plan],
    *,
    faces: Faces,
    weights: Weights,
    standing: Standing,
) -> Lifted:
    """Return the week of `plan` with its `rounds` as one problem, and the visits in it that no day had room for.

    Each visit by somebody outside `faces` costs, and each that leaves whom and when it was with in `standing`.
    """
    everything = replace(plan, placed=(*plan.placed, *_waiting(plan)))
    known = dated(everything, taken_ids(week.records))
    old = {item.key for item in plan.placed}
    items = {visit.id: item for item, visit in known}
    waiting = frozenset(name for name, item in items.items() if item.key not in old)
    records = with_visits(week.records, everything)
    days = tuple(build_day(records, network, day) for day in week.days)
    speeds = _speeds(days)
    matrix = common_matrix(days, {speed.name: speed for speed in speeds.values()}.values())
    lifting = _Lifting(week=week, days=days, items=items, waiting=waiting, faces=faces, speeds=speeds)
    return Lifted(
        problem=lifting.problem(weights, standing),
        matrix=matrix,
        initial=_initial(days, rounds, waiting),
        week=week,
        plan=plan,
        days=days,
        items=items,
        waiting=waiting,
    )


def landed(lifted: Lifted, answer: Plan) -> tuple[WeekPlan, dict[date, Plan]]:
    """Return the week and each day's rounds as the answer has them; what it leaves out is missing."""
    serves = _served(lifted, answer)
    named = {name: _moved(lifted.items[name], *serves[name]) for name in sorted(serves)}
    placed = tuple(named.values())
    plan = replace(lifted.plan, placed=placed, missing=missing_of(lifted.week, placed))
    ids = {item.key: visit.id for item, visit in dated(plan, taken_ids(lifted.week.records))}
    return plan, dict(_rounds(lifted, answer, {name: ids[item.key] for name, item in named.items()}))


def _moved(item: Placed, day: date, workers: frozenset[str]) -> Placed:
    return replace(item, day=day, workers=workers)


def _waiting(plan: WeekPlan) -> Iterator[Placed]:
    """Yield the visits that are missing only for want of time, each on a day that has room for its plan's rules."""
    for missing in plan.missing:
        if missing.why is Lack.FULL:
            demand = missing.demand
            taken = [item for item in plan.placed if item.demand is demand]
            for day, turn in islice(_free(demand, taken), missing.times):
                windows = windows_of(demand, turn)
                yield Placed(demand=demand, day=day, turn=turn, windows=windows, workers=frozenset())


def _free(demand: Demand, taken: Sequence[Placed]) -> Iterator[tuple[date, int]]:
    """Yield days and turns that no visit has yet; one that cannot move keeps its distance from the others already."""
    per_day, apart = demand.slot.per_day, 1 if demand.slot.per_day == 1 else demand.slot.days_apart
    used = {(item.day, item.turn) for item in taken}
    days = {day for day, _ in used}
    for day in demand.days:
        if day in days or all(abs((day - other).days) >= apart for other in days):
            free = [turn for turn in range(per_day) if (day, turn) not in used]
            yield from ((day, turn) for turn in free)
            days |= {day} if free else set()


def _speeds(days: tuple[Day, ...]) -> dict[tuple[str, int], Profile]:
    """Return how fast each profile is on each day, under a name of its own where that is not as on the first one."""
    found: dict[tuple[str, int], Profile] = {}
    for number, day in enumerate(days):
        for name, profile in day.profiles.items():
            alike = [found[name, other] for other in range(number) if (name, other) in found]
            same = next((one for one in alike if replace(one, name=name) == profile), None)
            found[name, number] = same or (replace(profile, name=_at(name, number)) if alike else profile)
    return found


def _initial(days: tuple[Day, ...], rounds: Mapping[date, Plan], waiting: frozenset[str]) -> Plan:
    """Return the rounds of all days as one plan. Times do not matter: the search reads who does what in which order."""
    routes = []
    for number, day in enumerate(days):
        if day.day in rounds:
            routes += [replace(route, shift=_at(route.shift, number)) for route in rounds[day.day].routes]
    served = {stop.request for route in routes for stop in route.stops}
    asked = {request.id for day in days for request in day.problem.requests}
    return Plan(routes=tuple(routes), unassigned=tuple(sorted((asked - served) | waiting)))


def _served(lifted: Lifted, answer: Plan) -> dict[str, tuple[date, frozenset[str]]]:
    """Return the day and the workers of each visit that is made."""
    found: dict[str, tuple[date, frozenset[str]]] = {}
    for route in answer.routes:
        shift, number = _home(route.shift)
        day = lifted.days[number]
        worker = day.problem.shift_by_id[shift].worker
        for stop in route.stops:
            if stop.request is not None and stop.request in lifted.items:
                before = found.get(stop.request, (day.day, frozenset[str]()))[1]
                found[stop.request] = (day.day, before | {worker})
    return found


def _rounds(lifted: Lifted, answer: Plan, renamed: Mapping[str, str]) -> Iterator[tuple[date, Plan]]:
    by_day: dict[int, list[Route]] = {}
    for route in answer.routes:
        shift, number = _home(route.shift)
        stops = tuple(
            replace(
                stop,
                request=renamed.get(stop.request or "", stop.request),
                arrival=stop.arrival - number * DAY,
                start=stop.start - number * DAY,
                departure=stop.departure - number * DAY,
            )
            for stop in route.stops
        )
        by_day.setdefault(number, []).append(Route(shift=shift, stops=stops))
    for number, day in enumerate(lifted.days):
        yield day.day, Plan(routes=tuple(by_day.get(number, ())))


def _at(name: str, number: int) -> str:
    return f"{name}{_SEP}{number}"


def _home(name: str) -> tuple[str, int]:
    own, number = name.rsplit(_SEP, 1)
    return own, int(number)


def _later(window: TimeWindow, number: int) -> TimeWindow:
    return TimeWindow(earliest=window.earliest + number * DAY, latest=window.latest + number * DAY)


@dataclass(frozen=True, kw_only=True)
class _Lifting:
    """What the parts of the one problem are made of."""

    week: WeekProblem
    days: tuple[Day, ...]
    items: Mapping[str, Placed]
    waiting: frozenset[str]
    faces: Faces
    speeds: Mapping[tuple[str, int], Profile]

    def problem(self, weights: Weights, standing: Standing) -> Problem:
        """Return the one problem. Fair is the whole week: its fullest and its emptiest shift count for every day."""
        numbered = tuple(enumerate(self.days))
        first = self.days[0].problem
        shifts = tuple(_shift(shift, n) for n, day in numbered for shift in day.problem.shifts)
        visits = tuple(self._visit(visit, n) for n, day in numbered for visit in day.problem.visits)
        return Problem(
            places=tuple({place.id: place for day in self.days for place in day.problem.places}.values()),
            vehicles=tuple(
                replace(car, id=_at(car.id, n), profile=self.speeds[car.profile, n].name)
                for n, day in numbered
                for car in day.problem.vehicles
            ),
            shifts=shifts,
            visits=visits,
            shipments=tuple(self._ride(ride, n) for n, day in numbered for ride in day.problem.shipments),
            links=tuple(link for day in self.days for link in day.problem.links),
            gaps=(*(gap for day in self.days for gap in day.problem.gaps), *self._spacing(visits)),
            crossings=tuple(_crossings(self.days)),
            apart=first.apart,
            promises=tuple(self._promises(visits, standing)),
            objective=replace(
                first.objective,
                unfamiliar=max(first.objective.unfamiliar, weights.stranger),
                changed_worker=weights.changed,
                changed_minute=0,
                imbalance_minute=first.objective.imbalance_minute * len({s.earliest // DAY for s in shifts}),
            ),
        )

    def _promises(self, visits: tuple[Visit, ...], standing: Standing) -> Iterator[Promise]:
        """Yield who made each visit on which day in the week that stood: a worker of one day is nobody of another."""
        on_duty = {_at(shift.worker, n) for n, day in enumerate(self.days) for shift in day.problem.shifts}
        numbers = {day.day: n for n, day in enumerate(self.days)}
        for visit in visits:
            item = self.items.get(visit.id)
            stood = standing.by_key.get(item.key) if item is not None else None
            workers = [_at(worker, numbers[stood.day]) for worker in sorted(stood.planned_for)] if stood else []
            if len(workers) == 1 and workers[0] in on_duty:
                yield Promise(request=visit.id, worker=workers[0], start=visit.windows[0].earliest)

    def _visit(self, visit: Visit, number: int) -> Visit:
        windows = tuple(_later(window, n) for n in self._days_of(visit, number) for window in visit.windows)
        known = self.faces.get(visit.client) or visit.regular
        return replace(
            visit,
            windows=windows,
            regular=self._everywhere(known),
            preferred=self._everywhere(visit.preferred),
            forbidden=self._everywhere(visit.forbidden),
        )

    def _ride(self, ride: Shipment, number: int) -> Shipment:
        return replace(
            ride,
            pickup=_step(ride.pickup, number),
            delivery=_step(ride.delivery, number),
            regular=self._everywhere(ride.regular),
            preferred=self._everywhere(ride.preferred),
            forbidden=self._everywhere(ride.forbidden),
        )

    def _everywhere(self, workers: frozenset[str]) -> frozenset[str]:
        return frozenset(_at(worker, n) for worker in workers for n in range(len(self.days)))

    def _days_of(self, visit: Visit, number: int) -> list[int]:
        """Return the days on which a visit may be, its own one among them."""
        item = self.items.get(visit.id)
        if item is None or not self._moves(item, visit):
            return [number]
        slot, own = item.demand.slot, self.days[number].day
        found = []
        for n, day in enumerate(self.days):
            wished = not slot.preferred_days or day.day.isoweekday() in slot.preferred_days or visit.id in self.waiting
            same_month = item.demand.plan.monthly is None or day.day.month == own.month
            if day.day == own or (day.day in item.demand.days and wished and same_month):
                found.append(n)
        return found

    def _moves(self, item: Placed, visit: Visit) -> bool:
        """Tell whether a visit may change its day: it is alone on it, and hours of a day tell days apart."""
        demand = item.demand
        free = demand.due < len(demand.days)
        return free and demand.slot.per_day == 1 and 2 * _width(visit) < DAY

    def _spacing(self, visits: tuple[Visit, ...]) -> Iterator[Gap]:
        """Yield the gaps that keep the days of one recurring visit apart, in the order in which they are now."""
        own: dict[str, list[Visit]] = {}
        for visit in visits:
            item = self.items.get(visit.id)
            if item is not None and self._moves(item, visit):
                own.setdefault(item.demand.slot.id, []).append(visit)
        for siblings in own.values():
            ordered = sorted(siblings, key=lambda one: (one.id in self.waiting, self.items[one.id].day))
            slot = self.items[ordered[0].id].demand.slot
            for one, other in combinations(ordered, 2):
                least = slot.days_apart * DAY - _width(one) - one.duration
                yield Gap(first=one.id, second=other.id, minimum=max(0, least))


def _width(visit: Visit) -> int:
    """Return how far apart two beginnings on one day may be."""
    hours = [(window.earliest % DAY, window.latest % DAY) for window in visit.windows]
    return max(late for _, late in hours) + visit.max_lateness - min(early for early, _ in hours)


def _shift(shift: Shift, number: int) -> Shift:
    return replace(
        shift,
        id=_at(shift.id, number),
        worker=_at(shift.worker, number),
        vehicle=_at(shift.vehicle, number),
        earliest=shift.earliest + number * DAY,
        latest=shift.latest + number * DAY,
        breaks=tuple(_break(pause, number) for pause in shift.breaks),
    )


def _break(pause: Break, number: int) -> Break:
    return replace(pause, window=_later(pause.window, number))


def _step(step: ShipmentStep, number: int) -> ShipmentStep:
    return replace(step, windows=tuple(_later(window, number) for window in step.windows))


def _crossings(days: tuple[Day, ...]) -> Iterator[Crossing]:
    """Yield each ferry with the boats of all days."""
    found: dict[str, Crossing] = {}
    for number, day in enumerate(days):
        for ferry in day.problem.crossings:
            outward, homeward = (
                tuple(boat + number * DAY for boat in boats) for boats in (ferry.outward, ferry.homeward)
            )
            before = found.get(ferry.id)
            found[ferry.id] = replace(
                ferry,
                island=ferry.island | (before.island if before else frozenset()),
                outward=(*(before.outward if before else ()), *outward),
                homeward=(*(before.homeward if before else ()), *homeward),
                no_sailing=ferry.no_sailing if before is None or before.no_sailing else None,
            )
    yield from found.values()
