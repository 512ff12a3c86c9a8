"""Parts of a large day, each changed by one search, make a whole day again."""

from collections import Counter
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from routing.matrix import Matrix
from routing.problem import Problem
from routing.review.check import check
from routing.solver import regions as regions_module
from routing.solver.budget import Budget
from routing.solver.instance import Instance
from routing.solver.kernel.audit import differences
from routing.solver.kernel.warm import warm
from routing.solver.regions import Regions, shares
from routing.solver.solve import solve
from routing.solver.team import Team
from tests.days import random_day


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    """Compile first: `make` has done it already."""
    warm()


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch):
    """Take any day for a large one."""
    monkeypatch.setattr(regions_module, "_LARGE", 0)
    monkeypatch.setattr(regions_module, "_ROUTES", 0)


def loose_day(seed: int) -> tuple[Problem, Matrix]:
    """Return a day whose routes stand alone: each shift has a worker and a car of its own, nothing ties requests."""
    problem, matrix = random_day(seed, 24, island=False)
    shifts = tuple(replace(shift, worker=f"worker-{shift.id}", vehicle=f"car-{shift.id}") for shift in problem.shifts)
    vehicle = problem.vehicle_by_id
    cars = tuple(replace(vehicle[shift.vehicle], id=f"car-{shift.id}") for shift in problem.shifts)
    visits = tuple(replace(visit, crew=1) for visit in problem.visits)
    rides = tuple(replace(ride, skills=frozenset()) for ride in problem.shipments)
    return replace(
        problem,
        vehicles=cars,
        shifts=shifts,
        visits=visits,
        shipments=rides,
        links=(),
        gaps=(),
        locks=(),
        promises=(),
        crossings=(),
    ), matrix


@pytest.mark.parametrize("seed", range(6))
def test_parts_make_a_whole_day_again(seed: int):
    """Nobody is served twice or forgotten, and what the parts weigh together is what working it out anew gives."""
    instance = Instance(*loose_day(seed))
    with Team(instance, seed, 2) as team:
        team.load(((),) * len(instance.shifts))
        team.each(lambda kernel: kernel.run(1, 0.0))
        regions = Regions(team=team, seed=seed)
        assert regions.useful
        for _ in range(6):
            regions.draw()
            before = [kernel.current_routes for kernel in team.kernels]
            team.each(lambda kernel: kernel.run(15, 300.0))
            for own, kernel in enumerate(team.kernels):
                theirs = np.flatnonzero(~kernel.room.mine)
                assert [kernel.current_routes[k] for k in theirs] == [before[own][k] for k in theirs]
        regions.draw()
        first, second = team.kernels
        assert first.current_routes == second.current_routes
        served = Counter(node for sequence in first.current_routes for node in sequence)
        assert set(served.values()) <= {1}
        assert not list(differences(first))


def test_parts_are_alike_in_size():
    """Used and empty shifts are dealt out evenly, whatever is drawn."""
    instance = Instance(*loose_day(1))
    with Team(instance, 1, 2) as team:
        team.load(((),) * len(instance.shifts))
        team.kernels[0].run(1, 0.0)
        routes, data = team.kernels[0].routes, team.kernels[0].data
    used = [shift for shift, sequence in enumerate(routes) if sequence]
    for seed in range(20):
        number, owner = shares(data, routes, 2, Random(seed))  # noqa: S311
        counts = Counter(number[used].tolist())
        assert abs(counts[0] - counts[1]) <= 1
        assert set(owner.tolist()) <= {0, 1}


def test_a_shared_day_is_the_same_twice():
    """The same seed and iterations give the same sound plan."""
    problem, matrix = loose_day(2)
    plans = [solve(problem, matrix, budget=Budget(iterations=30), seed=3, engine="search").plan for _ in range(2)]
    assert plans[0] == plans[1]
    assert not check(problem, matrix, plans[0])
