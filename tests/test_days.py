"""Random days are valid, repeatable, and together use every feature of a problem."""

from collections.abc import Callable

import numpy as np
import pytest

from routing.matrix import UNREACHABLE
from routing.problem import Problem, SequenceLock, ShiftLock, TimeLock, Visit, Waiting
from tests.days import random_day

DAYS = [random_day(seed, 3 * seed + 1) for seed in range(20)]

FEATURES: dict[str, Callable[[Problem], bool]] = {
    "several windows": lambda day: any(len(visit.windows) > 1 for visit in day.visits),
    "lateness": lambda day: any(visit.max_lateness for visit in day.visits),
    "every priority": lambda day: len({request.priority for request in day.requests}) == 3,
    "skills": lambda day: any(visit.skills for visit in day.visits),
    "equipment": lambda day: any(ride.skills for ride in day.shipments),
    "forbidden": lambda day: any(request.forbidden for request in day.requests),
    "preferred": lambda day: any(request.preferred for request in day.requests),
    "regular": lambda day: any(request.regular for request in day.requests),
    "two carers": lambda day: any(visit.crew == 2 for visit in day.visits),
    "goods": lambda day: any(visit.goods for visit in day.visits),
    "room for goods": lambda day: any(vehicle.goods is not None for vehicle in day.vehicles),
    "two carers for two visits": lambda day: any(gap.two_carers for gap in day.gaps),
    "greatest lateness": lambda day: bool(day.objective.greatest_late_minute),
    "gaps": lambda day: bool(day.gaps),
    "absolute ride limit": lambda day: any(ride.max_ride for ride in day.shipments),
    "relative ride limit": lambda day: any(ride.max_ride_percent for ride in day.shipments),
    "alone": lambda day: any(ride.alone for ride in day.shipments),
    "will call": lambda day: any(ride.will_call for ride in day.shipments),
    "wheelchair": lambda day: any(ride.load.wheelchairs for ride in day.shipments),
    "stretcher": lambda day: any(ride.load.stretchers for ride in day.shipments),
    "apart": lambda day: bool(day.apart),
    "either-or layouts": lambda day: any(len(vehicle.layouts) > 1 for vehicle in day.vehicles),
    "profiles": lambda day: len({vehicle.profile for vehicle in day.vehicles}) > 1,
    "breaks": lambda day: any(shift.breaks for shift in day.shifts),
    "two breaks": lambda day: any(len(shift.breaks) == 2 for shift in day.shifts),
    "overtime": lambda day: any(shift.overtime for shift in day.shifts),
    "longest duration": lambda day: any(shift.max_duration for shift in day.shifts),
    "balance groups": lambda day: any(shift.balance_group for shift in day.shifts),
    "different ends": lambda day: any(shift.start_place != shift.end_place for shift in day.shifts),
    "one worker, two shifts": lambda day: len({shift.worker for shift in day.shifts}) < len(day.shifts),
    "free wait": lambda day: any(link.waiting is Waiting.FREE for link in day.links),
    "nearby wait": lambda day: any(link.waiting is Waiting.NEARBY for link in day.links),
    "stays": lambda day: any(link.waiting is Waiting.STAYS for link in day.links),
    "same shift": lambda day: any(link.same_shift for link in day.links),
    "shift locks": lambda day: any(isinstance(lock, ShiftLock) for lock in day.locks),
    "sequence locks": lambda day: any(isinstance(lock, SequenceLock) and len(lock.steps) > 1 for lock in day.locks),
    "strict locks": lambda day: any(isinstance(lock, SequenceLock) and lock.strict for lock in day.locks),
    "time locks": lambda day: any(isinstance(lock, TimeLock) for lock in day.locks),
    "promises": lambda day: bool(day.promises),
    "island visits": lambda day: any(visit.place in day.crossings[0].island for visit in day.visits),
    "islanders": lambda day: any(shift.id == "islander" for shift in day.shifts),
    "no sailing": lambda day: any(crossing.no_sailing for crossing in day.crossings),
    "unreachable visits": lambda day: any(visit.place == "lost" for visit in day.visits),
}


@pytest.mark.parametrize("feature", FEATURES)
def test_some_day_uses_it(feature: str):
    """Every feature turns up in some of the days."""
    assert any(FEATURES[feature](problem) for problem, _ in DAYS)


@pytest.mark.parametrize("requests", [1, 2, 30, 60])
def test_a_day_has_as_many_requests_as_asked(requests: int):
    """The number of requests is exact, and the same seed gives the same day."""
    problem, matrix = random_day(11, requests)
    again, same = random_day(11, requests)

    assert len(problem.requests) == requests
    assert problem == again
    assert all(np.array_equal(matrix.seconds[name], same.seconds[name]) for name in matrix.seconds)


@pytest.mark.parametrize("profile", ["car", "van"])
def test_the_seconds_obey_the_triangle_inequality(profile: str):
    """No detour is faster than the way itself; there and back differ; some places are cut off."""
    _, matrix = random_day(4, 40)
    found = matrix.seconds[profile]
    seconds = np.where(found == UNREACHABLE, 10**9, found)

    assert all((seconds <= seconds[:, via, None] + seconds[None, via, :]).all() for via in range(len(seconds)))
    assert (found != found.T).any()
    assert (found == UNREACHABLE).any()
    assert np.array_equal(found == UNREACHABLE, matrix.metres[profile] == UNREACHABLE)
    assert not found.diagonal().any()


def test_locks_do_not_contradict_each_other():
    """No request is locked twice, and none to a shift that may not serve it."""
    for problem, _ in DAYS:
        named: list[str] = []
        for lock in problem.locks:
            if isinstance(lock, TimeLock):
                named.append(lock.step.request)
                continue
            ids = lock.requests if isinstance(lock, ShiftLock) else [step.request for step in lock.steps]
            named += ids
            shift = problem.shift_by_id[lock.shift]
            for request in (problem.request_by_id[name] for name in ids):
                assert isinstance(request, Visit)
                assert request.skills <= problem.offers(shift)
                assert shift.worker not in request.forbidden
        assert len(named) == len(set(named))
