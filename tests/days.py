"""Random days that use every feature of a problem, from a seed or from any source of chance.

`random_day(seed, requests)` is deterministic. `build_day(chance, requests)` takes the chance itself, so that Hypothesis
can be it (see `tests.strategies`). Every day is valid but not necessarily easy: some requests cannot be served.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import numpy as np

from routing.matrix import UNREACHABLE, Matrix
from routing.problem import (
    Break,
    Crossing,
    Gap,
    Load,
    Lock,
    Place,
    Priority,
    Problem,
    Promise,
    RideLink,
    SequenceLock,
    Shift,
    ShiftLock,
    Shipment,
    ShipmentStep,
    Step,
    StepKind,
    TimeLock,
    TimeWindow,
    Vehicle,
    Visit,
    Waiting,
)

HOUR = 3600
MAINLAND_HARBOUR, ISLAND_HARBOUR, LOST = "harbour-main", "harbour-island", "lost"
BASES = ("base-north", "base-south")
CLINICS = ("clinic-town", "clinic-village")
FLEET = (
    Vehicle(id="car"),
    Vehicle(id="small-car", layouts=(Load(seats=3),)),
    Vehicle(
        id="van",
        layouts=(Load(seats=6), Load(seats=3, wheelchairs=1), Load(wheelchairs=2), Load(seats=1, stretchers=1)),
        equipment=frozenset({"lift"}),
        profile="van",
    ),
)
SPEED = {"car": 16.0, "van": 13.0}  # metres per second
SPAN = 25_000  # metres across


def random_day(seed: int, requests: int, *, island: bool = True) -> tuple[Problem, Matrix]:
    """Return the day of `seed` with exactly `requests` requests; the same arguments give the same day."""
    return build_day(Random(seed), requests, island=island)  # noqa: S311 - reproducible, not secret


def build_day(chance: Random, requests: int, *, island: bool = True) -> tuple[Problem, Matrix]:
    """Return a day of exactly `requests` requests, every choice taken from `chance`."""
    homes = [f"home-{number}" for number in range(max(1, requests * 2 // 3))]
    on_island = frozenset({f"isle-{number}" for number in range(chance.randint(1, 2))}) if island else frozenset()
    names = [*BASES, *CLINICS, LOST, *homes]
    if island:
        names += [MAINLAND_HARBOUR, ISLAND_HARBOUR, *sorted(on_island)]
    far_side = on_island | {ISLAND_HARBOUR}
    points = {name: (chance.randint(0, SPAN), chance.randint(0, SPAN)) for name in names}
    places = tuple(Place(id=name, lat=58 + y / 111_000, lon=26 + x / 60_000) for name, (x, y) in points.items())
    vehicles = _vehicles(max(2, requests // 6 + 1))
    shifts = _shifts(chance, vehicles, island=island)
    visits, rides, links, gaps = _requests(chance, requests, homes, sorted(on_island), shifts)
    problem = Problem(
        places=places,
        vehicles=vehicles,
        shifts=shifts,
        visits=visits,
        shipments=rides,
        links=links,
        gaps=gaps,
        crossings=(_crossing(chance, on_island),) if island else (),
        apart=_apart(chance, rides),
    )
    problem = replace(problem, locks=_locks(chance, problem), promises=_promises(chance, problem))
    return _with_goods_and_pairs(chance, problem), metric_matrix(points, far_side, frozenset({LOST}))


def metric_matrix(
    points: dict[str, tuple[int, int]], far_side: frozenset[str] = frozenset(), lost: frozenset[str] = frozenset()
) -> Matrix:
    """Return an asymmetric matrix whose seconds obey the triangle inequality; `far_side` and `lost` stand apart."""
    names = tuple(points)
    at = np.array([points[name] for name in names], dtype=np.float64).reshape(-1, 2)
    beeline = np.sqrt(((at[:, None, :] - at[None, :, :]) ** 2).sum(axis=2))
    rank = np.arange(len(names))
    # Every pair gets a detour of its own, from its two positions, so that there and back differ.
    crooked = 1.15 + ((rank[:, None] * 7 + rank[None, :] * 13) % 10) / 20
    side = np.array([1 if name in far_side else 0 for name in names])
    cut = (side[:, None] != side[None, :]) | _crosses(names, lost)
    seconds, metres = {}, {}
    for profile, speed in SPEED.items():
        seconds[profile], metres[profile] = _shortest(beeline * crooked, speed, cut)
    return Matrix(places=names, seconds=seconds, metres=metres)


def _crosses(names: tuple[str, ...], lost: frozenset[str]) -> np.ndarray:
    gone = np.array([name in lost for name in names])
    return (gone[:, None] | gone[None, :]) & ~np.eye(len(names), dtype=bool)


def _shortest(metres: np.ndarray, speed: float, cut: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Close the times under the triangle inequality (Floyd and Warshall) and carry the metres along."""
    far = 10**9
    length = np.ceil(metres).astype(np.int64)
    time = np.where(cut, far, np.ceil(metres / speed).astype(np.int64))
    np.fill_diagonal(time, 0)
    np.fill_diagonal(length, 0)
    for via in range(len(time)):
        detour = time[:, via, None] + time[None, via, :]
        shorter = detour < time
        length = np.where(shorter, length[:, via, None] + length[None, via, :], length)
        time = np.where(shorter, detour, time)
    return np.where(time >= far, UNREACHABLE, time), np.where(time >= far, UNREACHABLE, length)


def _vehicles(count: int) -> tuple[Vehicle, ...]:
    return tuple(replace(FLEET[n % len(FLEET)], id=f"{FLEET[n % len(FLEET)].id}-{n}") for n in range(count))


def _shifts(chance: Random, vehicles: tuple[Vehicle, ...], *, island: bool) -> tuple[Shift, ...]:
    lunch = Break(duration=1800, window=TimeWindow(earliest=11 * HOUR, latest=14 * HOUR), required_after=6 * HOUR)
    tea = Break(duration=900, window=TimeWindow(earliest=9 * HOUR, latest=10 * HOUR), required_after=4 * HOUR)
    shifts = []
    for number in range(len(vehicles)):
        early = chance.choice((7, 8, 8))
        base = chance.choice(BASES)
        shifts.append(
            Shift(
                id=f"shift-{number}",
                worker=f"worker-{number}",
                vehicle=vehicles[number].id,
                start_place=base,
                end_place=base if chance.random() < 0.8 else chance.choice(BASES),
                earliest=early * HOUR,
                latest=(early + 8) * HOUR,
                overtime=chance.choice((0, 0, HOUR)),
                max_duration=chance.choice((None, None, 8 * HOUR)),
                breaks=chance.choice(((lunch,), (lunch,), (tea, lunch), ())),
                skills=frozenset(skill for skill in ("medication", "lifting") if chance.random() < 0.6),
                balance_group=chance.choice(("", "carers", "carers")),
            )
        )
    # The first worker also has an evening, in the second worker's car: three shifts that must not all overlap.
    evening = replace(
        shifts[0],
        id="evening",
        vehicle=vehicles[1].id,
        earliest=14 * HOUR,
        latest=20 * HOUR,
        breaks=(),
        max_duration=None,
        balance_group="",
    )
    local = replace(
        shifts[-1],
        id="islander",
        worker="islander",
        vehicle=vehicles[0].id,
        start_place=ISLAND_HARBOUR,
        end_place=ISLAND_HARBOUR,
        balance_group="",
    )
    return (*shifts, evening, *([local] if island and chance.random() < 0.3 else []))


def _crossing(chance: Random, island: frozenset[str]) -> Crossing:
    sails = chance.random() < 0.8
    return Crossing(
        id="ferry",
        mainland_harbour=MAINLAND_HARBOUR,
        island_harbour=ISLAND_HARBOUR,
        island=island,
        outward=(9 * HOUR, 13 * HOUR) if sails else (),
        homeward=(10 * HOUR, 12 * HOUR, 15 * HOUR) if sails else (),
        duration=chance.choice((1500, 2400)),
        boarding=chance.choice((0, 600)),
        no_sailing=None if sails else "ice",
    )


def _requests(
    chance: Random, requests: int, homes: list[str], island: list[str], shifts: tuple[Shift, ...]
) -> tuple[tuple[Visit, ...], tuple[Shipment, ...], tuple[RideLink, ...], tuple[Gap, ...]]:
    visits: list[Visit] = []
    rides: list[Shipment] = []
    links: list[RideLink] = []
    gaps: list[Gap] = []
    workers = sorted({shift.worker for shift in shifts})
    while (count := len(visits) + len(rides)) < requests:
        kind = chance.random()
        home = chance.choice(homes)
        if kind < 0.15 and count + 2 <= requests:
            pair = _there_and_back(chance, count, home, workers)
            rides += pair
            links.append(_link(chance, pair[0], pair[1]))
        elif kind < 0.3:
            rides.append(_ride(chance, f"ride-{count}", home, chance.choice([*CLINICS, *homes]), workers))
        elif kind < 0.4 and count + 2 <= requests:
            first = replace(_visit(chance, count, home, workers), windows=_windows((8, 10)))
            second = replace(_visit(chance, count + 1, home, workers), windows=_windows((11, 16)), client=first.client)
            visits += [first, second]
            upper = chance.choice((None, 5 * HOUR))
            gaps.append(Gap(first=first.id, second=second.id, minimum=2 * HOUR, maximum=upper))
        else:
            elsewhere = chance.random()
            place = chance.choice(island) if island and elsewhere < 0.05 else LOST if elsewhere > 0.98 else home
            visits.append(_visit(chance, count, place, workers))
    return tuple(visits), tuple(rides), tuple(links), tuple(gaps)


def _windows(*hours: tuple[float, float]) -> tuple[TimeWindow, ...]:
    return tuple(TimeWindow(earliest=round(a * HOUR), latest=round(b * HOUR)) for a, b in hours)


def _some(chance: Random, workers: list[str], likely: float) -> frozenset[str]:
    return frozenset({chance.choice(workers)}) if chance.random() < likely else frozenset()


def _visit(chance: Random, number: int, place: str, workers: list[str]) -> Visit:
    begin = chance.randint(14, 30) / 2
    double = chance.random() < 0.12
    forbidden = _some(chance, workers, 0.1)
    return Visit(
        id=f"visit-{number}",
        client=f"client-of-{place}",
        place=place,
        duration=chance.choice((900, 1800, 2700, 3600)),
        windows=chance.choice(
            (
                _windows((begin, begin + 1)),
                _windows((7, 19)),
                _windows((begin, begin + 0.5), (begin + 2, begin + 3)),
                _windows((begin, begin + 4)),
            )
        ),
        max_lateness=chance.choice((0, 0, 900)),
        priority=chance.choice(tuple(Priority)),
        skills=frozenset({chance.choice(("medication", "lifting"))}) if chance.random() < 0.2 else frozenset(),
        crew=2 if double else 1,
        regular=_some(chance, workers, 0.5),
        preferred=_some(chance, workers, 0.2) - forbidden,
        forbidden=forbidden,
    )


def _ride(chance: Random, name: str, start: str, end: str, workers: list[str]) -> Shipment:
    load = chance.choice(
        (Load(seats=1), Load(seats=1), Load(seats=2), Load(wheelchairs=1), Load(seats=1, wheelchairs=1))
    )
    begin = chance.randint(14, 28) / 2
    timed = chance.random() < 0.5
    narrow, wide = _windows((begin, begin + 1)), _windows((7, 19))
    limit = chance.choice((None, 3600, 5400))
    return Shipment(
        id=name,
        client=f"client-of-{start}-{name}",
        pickup=ShipmentStep(place=start, duration=120, windows=narrow if timed else wide, max_lateness=600 * timed),
        delivery=ShipmentStep(place=end, duration=chance.choice((60, 300)), windows=wide if timed else narrow),
        load=Load(stretchers=1) if chance.random() < 0.05 else load,
        priority=chance.choice(tuple(Priority)),
        skills=frozenset({"lift"}) if load.wheelchairs else frozenset(),
        max_ride=limit,
        max_ride_percent=chance.choice((None, 150, 200)),
        alone=chance.random() < 0.1,
        preferred=_some(chance, workers, 0.1),
        forbidden=_some(chance, workers, 0.05),
    )


def _there_and_back(chance: Random, number: int, home: str, workers: list[str]) -> list[Shipment]:
    clinic = chance.choice(CLINICS)
    out = _ride(chance, f"ride-{number}-out", home, clinic, workers)
    begin = chance.randint(16, 24) / 2
    stay = chance.choice((1, 2, 3))
    out = replace(
        out,
        pickup=replace(out.pickup, windows=_windows((6, 19)), max_lateness=0),
        delivery=replace(out.delivery, windows=_windows((begin - 1, begin))),
    )
    call = chance.random() < 0.4
    back = replace(
        out,
        id=f"ride-{number}-back",
        pickup=ShipmentStep(place=clinic, duration=120, windows=_windows((begin + stay, begin + stay + 1 + call))),
        delivery=ShipmentStep(place=home, duration=180, windows=_windows((7, 20))),
        will_call=call,
    )
    return [out, back]


def _link(chance: Random, out: Shipment, back: Shipment) -> RideLink:
    return RideLink(
        outbound=out.id,
        inbound=back.id,
        same_shift=chance.random() < 0.3,
        waiting=chance.choice(tuple(Waiting)),
        nearby=900,
        minimum_stay=chance.choice((0, 1800, HOUR)),
    )


def _apart(chance: Random, rides: tuple[Shipment, ...]) -> frozenset[frozenset[str]]:
    clients = sorted({ride.client for ride in rides})
    return frozenset(frozenset(pair) for pair in pairwise(clients) if chance.random() < 0.15)


def _locks(chance: Random, problem: Problem) -> tuple[Lock, ...]:
    """Lock a few requests, none of them twice, to what its own windows, skills and wishes allow."""
    locks: list[Lock] = []
    free = [visit for visit in problem.visits if visit.crew == 1]
    for visit in free:
        able = [
            shift.id
            for shift in problem.shifts
            if visit.skills <= problem.offers(shift) and shift.worker not in visit.forbidden
        ]
        if not able or chance.random() > 0.12:
            continue
        step, window = Step(request=visit.id, kind=StepKind.VISIT), visit.windows[0]
        shift = chance.choice(able)
        kind = chance.randint(0, 2)
        if kind == 0:
            locks.append(ShiftLock(shift=shift, requests=(visit.id,)))
        elif kind == 1:
            latest = min(window.latest, window.earliest + HOUR)
            locks.append(TimeLock(step=step, window=TimeWindow(earliest=window.earliest, latest=latest)))
        else:
            locks.append(
                SequenceLock(shift=shift, steps=_with_next(problem, visit, step), strict=chance.random() < 0.5)
            )
    return _without_repeats(locks)


def _with_next(problem: Problem, visit: Visit, step: Step) -> tuple[Step, ...]:
    """Return `step`, and after it a later visit that anybody may pay, if there is one."""
    later = (
        other
        for other in problem.visits
        if other.crew == 1
        and not other.skills | other.forbidden
        and other.windows[0].earliest >= visit.windows[-1].latest + visit.duration
    )
    follower = next(later, None)
    return (step,) if follower is None else (step, Step(request=follower.id, kind=StepKind.VISIT))


def _with_goods_and_pairs(chance: Random, problem: Problem) -> Problem:
    """Return the day with some visits brought something, some gaps in two hands, and perhaps the greatest lateness."""
    return replace(
        problem,
        vehicles=tuple(replace(vehicle, goods=chance.choice((None, None, 3, 6))) for vehicle in problem.vehicles),
        visits=tuple(replace(visit, goods=chance.choice((0, 0, 0, 1, 2, 4))) for visit in problem.visits),
        gaps=tuple(replace(gap, two_carers=chance.random() < 0.5) for gap in problem.gaps),
        objective=replace(problem.objective, greatest_late_minute=chance.choice((0, 200))),
    )


def _without_repeats(locks: list[Lock]) -> tuple[Lock, ...]:
    kept: list[Lock] = []
    named: set[str] = set()
    for lock in locks:
        match lock:
            case ShiftLock(requests=requests):
                names = set(requests)
            case SequenceLock(steps=steps):
                names = {step.request for step in steps}
            case TimeLock(step=step):
                names = {step.request}
        if not names & named:
            kept.append(lock)
            named |= names
    return tuple(kept)


def _promises(chance: Random, problem: Problem) -> tuple[Promise, ...]:
    promises = []
    for request in problem.requests:
        if chance.random() < 0.2:
            windows = request.windows if isinstance(request, Visit) else request.pickup.windows
            worker = chance.choice(problem.shifts).worker
            promises.append(Promise(request=request.id, worker=worker, start=windows[0].earliest))
    return tuple(promises)
