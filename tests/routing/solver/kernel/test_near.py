"""Neighbours of units are those that a plain comparison of all pairs finds."""

import numpy as np
import pytest

from routing.solver.insertion import unit_of
from routing.solver.instance import Instance
from routing.solver.kernel import near as module
from routing.solver.kernel.near import near
from tests.days import random_day


def units_of(instance: Instance) -> list[tuple[int, ...]]:
    """Return the units of an instance."""
    return sorted({unit_of(instance, request) for request in range(len(instance.requests))})


def plainly(instance: Instance, units: list[tuple[int, ...]]) -> list[list[int]]:
    """Return the units by closeness, pair by pair."""
    own = [[instance.nodes[n] for r in members for n in instance.nodes_of_request[r]] for members in units]
    seconds, found = instance.shifts[0].seconds, []
    for a, first in enumerate(own):

        def away(b: int, a: int = a, first: list = first) -> float:
            second = own[b]
            ways = [min(seconds[x.place][y.place], 4 * 3600) for x in first for y in second]
            late = max(
                0, second[0].domain[0][0] - first[0].domain[-1][1], first[0].domain[0][0] - second[0].domain[-1][1]
            )
            return -1 if a == b else min(ways) + sum(ways) / len(ways) / 2 + late / 4

        found.append(sorted(range(len(units)), key=lambda b: (away(b), b)))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_neighbours_are_those_of_a_plain_comparison(seed: int):
    """Rides, returns and visits, on either side of the water, in the order of how close they lie."""
    instance = Instance(*random_day(seed, 30))
    units = units_of(instance)

    assert near(instance, units).tolist() == plainly(instance, units)


def test_only_the_nearest_are_kept(monkeypatch: pytest.MonkeyPatch):
    """Of many units each knows so many, the very nearest, whatever part is compared at one time."""
    instance = Instance(*random_day(1, 30))
    units = units_of(instance)
    whole = near(instance, units)
    monkeypatch.setattr(module, "MOST", 7)
    monkeypatch.setattr(module, "_CHUNK", 64)

    assert np.array_equal(near(instance, units), whole[:, :7])


def test_nothing_is_near_without_requests():
    """A day that asks for nothing has no neighbours."""
    assert near(Instance(*random_day(1, 4)), []).shape == (0, 0)
