"""The search cools down over its budget, and over turns of it where that is long."""

from itertools import pairwise

import pytest

from routing.solver.cooling import cooled, heat_at


@pytest.mark.parametrize("seconds", [None, 1.0, 60.0, 90.0])
def test_a_short_search_is_one_turn(seconds: float | None):
    """It cools evenly from hot to cold."""
    assert [cooled(used, seconds) for used in (0, 0.25, 1, 1.2)] == [0, 0.25, 1, 1]


@pytest.mark.parametrize("seconds", [91.0, 100.0, 300.0, 600.0, 3600.0, 86_400.0])
def test_a_long_search_is_cold_early_and_at_the_end(seconds: float):
    """The first turn is over after half a minute, the last ends with the search, and none begins as hot."""
    course = [cooled(step / 10 / seconds, seconds) for step in range(round(seconds * 10) + 1)]
    turns = [later for before, later in pairwise(course) if later < before]

    assert course[299] > 0.98
    assert course[-1] == pytest.approx(1)
    assert turns
    assert min(turns) >= 0.4


def test_the_heat_falls_evenly():
    """It begins at the first heat, ends at the last, and falls by the same part in the same time."""
    assert [heat_at(100.0, 1.0, cold) for cold in (0.0, 0.5, 1.0, 1.5)] == pytest.approx([100.0, 10.0, 1.0, 1.0])
