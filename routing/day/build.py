"""Records, roads and a date become a problem and its matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from routing.day.places import island_ids, located_findings, places_of
from routing.day.requests import requests_of
from routing.day.shifts import shifts_of, vehicles_of
from routing.day.subjects import Subject
from routing.findings import Finding, Findings, Severity
from routing.matrix import DEFAULT_PROFILE, Matrix
from routing.problem import Crossing, Place, Problem
from routing.records.model import Records
from routing.roads.ferries import crossing_on
from routing.roads.network import RoadNetwork
from routing.roads.prepare import prepare
from routing.roads.snap import Snapped
from routing.roads.speeds import Profile, profiles_on


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day ready to be planned: the problem, its matrix, the records behind each request, and what was found."""

    day: date
    records: Records
    problem: Problem
    matrix: Matrix
    network: RoadNetwork
    snapped: Snapped
    profiles: Mapping[str, Profile]
    subjects: Mapping[str, Subject]
    findings: tuple[Finding, ...]


def build_day(records: Records, network: RoadNetwork, day: date) -> Day:
    """Return the day to plan. Places without a road stay in, unreachable, and are findings."""
    shifts, notes = shifts_of(records, day)
    requests = requests_of(records, day)
    vehicles = vehicles_of(records)
    crossings = _crossings(records, day)
    used = {place for shift in shifts for place in (shift.start_place, shift.end_place)}
    used |= {visit.place for visit in requests.visits}
    used |= {step.place for ride in requests.shipments for step in (ride.pickup, ride.delivery)}
    used |= {end for crossing in crossings for end in (crossing.mainland_harbour, crossing.island_harbour)}
    places = tuple(place for place in places_of(records) if place.id in used)
    crossings = tuple(replace(crossing, island=crossing.island & used) for crossing in crossings)
    profiles = _profiles(records, day, {DEFAULT_PROFILE, *(vehicle.profile for vehicle in vehicles)})
    matrix, snapped, found = prepare(network, places, profiles.values(), islands=_islands(records, used))
    problem = Problem(
        places=places,
        vehicles=vehicles,
        shifts=shifts,
        visits=tuple(requests.visits),
        shipments=tuple(requests.shipments),
        links=tuple(requests.links),
        gaps=tuple(requests.gaps),
        crossings=crossings,
        apart=_apart(records),
        objective=records.municipality.objective,
    )
    located = located_findings(records, found)
    findings = Findings([*notes, *requests.notes, *located, *_emptiness(problem, day)])
    return Day(
        day=day,
        records=records,
        problem=problem,
        matrix=matrix,
        network=network,
        snapped=snapped,
        profiles=profiles,
        subjects=requests.subjects,
        findings=tuple(findings),
    )


def common_matrix(days: Sequence[Day], profiles: Iterable[Profile]) -> Matrix:
    """Return the matrix between all places of some days."""
    places = {place.id: place for day in days for place in day.problem.places}
    islands = _islands(days[0].records, set(places))
    return prepare(days[0].network, tuple(places.values()), profiles, islands=islands)[0]


def place_matrix(records: Records, network: RoadNetwork, day: date, names: Iterable[str]) -> tuple[Matrix, Findings]:
    """Return the matrix between some of the records' places, for a quote."""
    wanted = set(names)
    places: tuple[Place, ...] = tuple(place for place in places_of(records) if place.id in wanted)
    profiles = _profiles(records, day, {DEFAULT_PROFILE})
    matrix, _, findings = prepare(network, places, profiles.values(), islands=_islands(records, wanted))
    return matrix, findings


def _profiles(records: Records, day: date, names: set[str]) -> dict[str, Profile]:
    settings = records.municipality
    ice_road = any(ferry.ice_road for ferry in settings.ferries)
    found = profiles_on(day, sorted(names), calibration=settings.calibration, ice_road=ice_road)
    return {profile.name: profile for profile in found}


def _crossings(records: Records, day: date) -> tuple[Crossing, ...]:
    found = (crossing_on(ferry, day, island_ids(records, ferry)) for ferry in records.municipality.ferries)
    return tuple(crossing for crossing in found if crossing is not None)


def _islands(records: Records, used: set[str]) -> list[set[str]]:
    """Return the places of each island: on its own roads whether ferry or ice road joins them to the rest."""
    ferries = records.municipality.ferries
    return [{*island_ids(records, ferry), ferry.island_harbour} & used for ferry in ferries]


def _apart(records: Records) -> frozenset[frozenset[str]]:
    return frozenset(
        frozenset({client.id, other}) for client in records.clients for other in client.apart if other != client.id
    )


def _emptiness(problem: Problem, day: date) -> list[Finding]:
    """Return a warning where the day has nobody on duty or nothing to do."""
    codes = []
    if not problem.shifts:
        codes.append("day.no-shifts")
    if not problem.requests:
        codes.append("day.no-requests")
    return [Finding(code=code, severity=Severity.WARNING, found=day.isoformat()) for code in codes]
