"""The records of a week as a problem: demands, shifts by day, and what is booked on each day already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from routing.day.build import place_matrix
from routing.day.places import island_ids
from routing.day.requests import requests_of
from routing.day.shifts import shifts_of, vehicles_of
from routing.day.subjects import home_of
from routing.findings import Finding
from routing.matrix import Matrix
from routing.problem import Crossing, Shift, Shipment, TimeWindow, Visit, Waiting
from routing.records.model import Records, Service
from routing.roads.ferries import crossing_on
from routing.roads.network import RoadNetwork
from routing.weeks.demand import Demand, demands_of, monday_of, week_days
from routing.weeks.travel import Travel

FOUR_WEEKS = timedelta(days=28)


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One shift of one day as the week knows it: what it can do, and whether its worker only stands in."""

    day: date
    shift: Shift
    offers: frozenset[str]
    reserve: bool

    @property
    def seconds(self) -> int:
        """Return how long it may work, without its breaks."""
        whole = min(self.shift.latest - self.shift.earliest, self.shift.max_duration or 10**6)
        return whole - sum(pause.duration for pause in self.shift.breaks)


@dataclass(frozen=True, kw_only=True)
class Booked:
    """Something that is on a date already and takes a shift's time: a dated visit, or one way of a ride."""

    id: str
    day: date
    client: str
    place: str
    seconds: int
    windows: tuple[TimeWindow, ...]
    skills: frozenset[str]
    forbidden: frozenset[str]
    regular: frozenset[str]
    crew: int
    is_visit: bool


@dataclass(frozen=True, kw_only=True)
class WeekProblem:
    """One week to plan, from `first` to its Sunday.

    `known` are the workers whom each client has seen in the four weeks before, as far as the records tell.
    """

    first: date
    records: Records
    demands: tuple[Demand, ...]
    duties: tuple[Duty, ...]
    booked: tuple[Booked, ...]
    travel: Travel
    crossings: dict[date, tuple[Crossing, ...]]
    known: dict[str, frozenset[str]]
    findings: tuple[Finding, ...] = ()

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Return the days of the week from `first` on."""
        return week_days(self.first)

    def skills_of(self, demand: Demand) -> frozenset[str]:
        """Return what a carer must be able to do for a recurring visit."""
        care = self.records.municipality.care_skills if demand.plan.service is Service.HOME_CARE else frozenset()
        return demand.slot.skills | care

    def regular_of(self, demand: Demand) -> frozenset[str]:
        """Return the workers who are to come if they can."""
        return demand.plan.regular or demand.client.regular


def week_problem(
    records: Records,
    network: RoadNetwork,
    first: date,
    *,
    matrix: Matrix | None = None,
    seen: Mapping[str, frozenset[str]] | None = None,
) -> WeekProblem:
    """Return the week of `first` to plan.

    `matrix` where it is known from the week before; `seen` are workers whom clients know beside those that the dated
    visits of the last four weeks were planned for.
    """
    days = week_days(first)
    findings: tuple[Finding, ...] = ()
    if matrix is None:
        matrix, found = week_matrix(records, network, first)
        findings = tuple(found)
    homes = tuple(sorted({client.id for client in records.clients}))
    return WeekProblem(
        first=first,
        records=records,
        demands=demands_of(records, first),
        duties=tuple(duty for day in days for duty in _duties(records, day)),
        booked=tuple(item for day in days for item in _booked(records, matrix, day)),
        travel=Travel(matrix=matrix, clients=homes),
        crossings={day: _crossings(records, day) for day in days},
        known=_known(records, first, seen or {}),
        findings=findings,
    )


def week_matrix(records: Records, network: RoadNetwork, day: date) -> tuple[Matrix, tuple[Finding, ...]]:
    """Return the matrix between all places and homes of the records."""
    names = {place.id for place in records.places} | {home_of(client.id) for client in records.clients}
    matrix, findings = place_matrix(records, network, day, names)
    return matrix, tuple(findings)


def _duties(records: Records, day: date) -> Iterator[Duty]:
    equipment = {vehicle.id: vehicle.equipment for vehicle in vehicles_of(records)}
    reserve = {worker.id for worker in records.workers if worker.reserve}
    for shift in shifts_of(records, day)[0]:
        offers = shift.skills | equipment[shift.vehicle]
        yield Duty(day=day, shift=shift, offers=offers, reserve=shift.worker in reserve)


def _booked(records: Records, matrix: Matrix, day: date) -> Iterator[Booked]:
    asked = requests_of(records, day)
    stays = {link.outbound: link.minimum_stay for link in asked.links if link.waiting is Waiting.STAYS}
    for visit in asked.visits:
        yield _of_visit(visit, day)
    for ride in asked.shipments:
        yield _of_ride(ride, matrix, day, stays.get(ride.id, 0))


def _of_visit(visit: Visit, day: date) -> Booked:
    return Booked(
        id=visit.id,
        day=day,
        client=visit.client,
        place=visit.place,
        seconds=visit.duration,
        windows=tuple(TimeWindow(earliest=w.earliest, latest=w.latest + visit.max_lateness) for w in visit.windows),
        skills=visit.skills,
        forbidden=visit.forbidden,
        regular=visit.regular,
        crew=visit.crew,
        is_visit=True,
    )


def _of_ride(ride: Shipment, matrix: Matrix, day: date, stay: int) -> Booked:
    """Return one way of a ride as if nobody else rode along: when it may begin follows from its narrower end."""
    drive = matrix.travel(ride.pickup.place, ride.delivery.place) or 0
    lead = ride.pickup.duration + drive
    by_arrival = tuple(
        TimeWindow(earliest=max(0, w.earliest - lead), latest=max(0, w.latest + ride.delivery.max_lateness - lead))
        for w in ride.delivery.windows
    )
    wide = sum(w.latest - w.earliest for w in ride.pickup.windows)
    narrow = sum(w.latest - w.earliest for w in ride.delivery.windows)
    return Booked(
        id=ride.id,
        day=day,
        client=ride.client,
        place=ride.pickup.place,
        seconds=lead + ride.delivery.duration + stay,
        windows=ride.pickup.windows if wide <= narrow else by_arrival,
        skills=ride.skills,
        forbidden=ride.forbidden,
        regular=ride.regular,
        crew=1,
        is_visit=False,
    )


def _crossings(records: Records, day: date) -> tuple[Crossing, ...]:
    found = (crossing_on(ferry, day, island_ids(records, ferry)) for ferry in records.municipality.ferries)
    return tuple(crossing for crossing in found if crossing is not None)


def _known(records: Records, first: date, seen: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return who was planned for each client in the four weeks that end with this one."""
    since = monday_of(first) + timedelta(days=7) - FOUR_WEEKS
    known = dict(seen)
    for visit in records.visits:
        if since <= visit.day < monday_of(first) + timedelta(days=7):
            known[visit.client] = known.get(visit.client, frozenset()) | visit.planned_for
    return known
