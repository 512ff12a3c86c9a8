"""What planned weeks come to: hours granted and met, carers per client, who works how much, kilometres."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import fmean

from routing.plan import Stop, StopKind
from routing.records.model import CareVisit, Records
from routing.weeks.demand import is_due, monday_of
from routing.weeks.made import PlannedWorkday, Weeks


@dataclass(frozen=True, kw_only=True)
class ClientWeek:
    """One client: who comes on which day, and the seconds of care that are asked for and made."""

    client: str
    workers: Mapping[date, tuple[str, ...]]
    asked: int
    made: int

    @property
    def carers(self) -> frozenset[str]:
        """Return everybody who comes."""
        return frozenset(worker for own in self.workers.values() for worker in own)


@dataclass(frozen=True, kw_only=True)
class WorkerWeek:
    """One worker: seconds from leaving to return without breaks, seconds of care, metres, and how many visits.

    `reserve` says that she only stands in.
    """

    worker: str
    work: int
    care: int
    metres: int
    visits: int
    reserve: bool = False


@dataclass(frozen=True, kw_only=True)
class WeekFigures:
    """All clients and workers of the planned weeks."""

    clients: tuple[ClientWeek, ...]
    workers: tuple[WorkerWeek, ...]

    @property
    def met(self) -> float:
        """Return the share of the asked-for care that is made, from 0 to 1."""
        asked = sum(one.asked for one in self.clients)
        return sum(min(one.asked, one.made) for one in self.clients) / asked if asked else 1.0

    @property
    def carers_per_client(self) -> float:
        """Return how many different carers a client sees on average; 0 where nobody is visited."""
        return fmean([len(one.carers) for one in self.clients if one.carers] or [0])

    @property
    def metres(self) -> int:
        """Return the metres driven by all."""
        return sum(worker.metres for worker in self.workers)

    @property
    def spread(self) -> int:
        """Return the seconds of work between the busiest and the least busy of the regular staff who make visits."""
        work = [worker.work for worker in self.workers if worker.visits and not worker.reserve]
        return max(work, default=0) - min(work, default=0)


def figures_of(weeks: Weeks) -> WeekFigures:
    """Return the figures of planned weeks."""
    return week_figures(weeks.records, weeks.days, [plan.first for plan in weeks.plans])


def week_figures(records: Records, days: Iterable[PlannedWorkday], firsts: Iterable[date]) -> WeekFigures:
    """Return the figures of some days' rounds; `firsts` are the weeks whose care is asked for."""
    days = tuple(days)
    visits = {visit.id: visit for visit in records.visits}
    return WeekFigures(
        clients=tuple(_clients(records, visits, days, tuple(firsts))),
        workers=tuple(_workers(records, visits, days)),
    )


def _served(visits: Mapping[str, CareVisit], days: Iterable[PlannedWorkday]) -> Iterator[tuple[CareVisit, str, Stop]]:
    """Yield each stop at which a dated visit is made, with the worker."""
    for made in days:
        for route in made.plan.routes:
            worker = made.day.problem.shift_by_id[route.shift].worker
            for stop in route.stops:
                visit = visits.get(stop.request or "")
                if stop.kind is StopKind.VISIT and visit is not None:
                    yield visit, worker, stop


def _clients(
    records: Records, visits: Mapping[str, CareVisit], days: tuple[PlannedWorkday, ...], firsts: tuple[date, ...]
) -> Iterator[ClientWeek]:
    seen: dict[str, dict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
    made: dict[str, int] = defaultdict(int)
    for visit, worker, _ in _served(visits, days):
        seen[visit.client][visit.day].add(worker)
        if visit.care_slot is not None:
            made[visit.client] += visit.duration // visit.crew
    asked = _asked(records, firsts)
    for client in records.clients:
        if client.id in asked or client.id in seen:
            workers = {day: tuple(sorted(own)) for day, own in sorted(seen[client.id].items())}
            yield ClientWeek(
                client=client.id, workers=workers, asked=asked.get(client.id, 0), made=made.get(client.id, 0)
            )


def _asked(records: Records, firsts: tuple[date, ...]) -> dict[str, int]:
    """Return the seconds of care that the plans ask for in the weeks, before anything is known to be impossible."""
    plans = {plan.id: plan for plan in records.care_plans}
    asked: dict[str, int] = defaultdict(int)
    for slot in records.care_slots:
        plan = plans[slot.plan]
        for first in firsts:
            ended = plan.valid_to is not None and plan.valid_to < monday_of(first)
            if is_due(slot, plan, first) and not ended:
                asked[plan.client] += slot.times * slot.duration
    return asked


def _workers(
    records: Records, visits: Mapping[str, CareVisit], days: tuple[PlannedWorkday, ...]
) -> Iterator[WorkerWeek]:
    reserve = {worker.id for worker in records.workers if worker.reserve}
    work: dict[str, int] = defaultdict(int)
    metres: dict[str, int] = defaultdict(int)
    care: dict[str, Fraction] = defaultdict(Fraction)
    count: dict[str, int] = defaultdict(int)
    for made in days:
        for route in made.plan.routes:
            worker = made.day.problem.shift_by_id[route.shift].worker
            work[worker] += route.work
            metres[worker] += route.metres
    for visit, worker, _ in _served(visits, days):
        care[worker] += visit.duration
        count[worker] += 1
    for worker in sorted(work):
        yield WorkerWeek(
            worker=worker,
            work=work[worker],
            care=int(care[worker]),
            metres=metres[worker],
            visits=count[worker],
            reserve=worker in reserve,
        )
