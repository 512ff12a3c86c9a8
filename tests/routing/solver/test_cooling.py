"""The search cools down over its budget, and over turns of it where that is long."""

from itertools import pairwise

import pytest

from routing.solver.cooling import Cooling, cooled, first_turn, heat_at


@pytest.mark.parametrize(
    ("seconds", "rounds", "units", "share"),
    [
        (None, 200.0, 20, 1.0),
        (1.0, 0.0, 20, 1.0),
        (60.0, 700_000.0, 1000, 1.0),
        (60.0, 700_000.0, 100, 0.1),
        (90.0, 10_000.0, 100, 1.0),
        (None, 140_000.0, 100, 0.5),
        (600.0, 10_000.0, 100, 0.05),
        (600.0, 700_000.0, 10, 0.01),
    ],
)
def test_the_first_turn_is_as_long_as_it_takes(seconds: float | None, rounds: float, units: int, share: float):
    """It takes so many rounds per unit, half a minute of a long search at most, and all there is if that is less."""
    assert first_turn(seconds, rounds, units) == pytest.approx(share)


def test_the_first_rounds_tell_how_long_turns_are():
    """A tenth of the time after the beginning a hundredth of the first turn's rounds are done, or all of them."""
    slow = Cooling(begun=0.2, seconds=None, rounds=50, units=10)
    quick = Cooling(begun=0.2, seconds=None, rounds=50, units=10)

    assert (slow.at(0.2, 50), quick.at(0.2, 50)) == (0.0, 0.0)
    assert slow.at(0.28, 120) == pytest.approx(0.1)
    assert quick.at(0.28, 7050) == pytest.approx(0.0)
    assert [slow.at(1.0, 750), quick.at(1.0, 70_050)] == pytest.approx([1.0, 1.0])


def test_turns_are_not_settled_before_the_first_round():
    """A look a moment after the beginning, when no round is done yet, tells nothing of how many there will be."""
    cooling = Cooling(begun=0.2, seconds=None, rounds=50, units=10)

    assert cooling.at(0.2001, 50) < 0.001
    assert cooling.at(0.28, 7050) == pytest.approx(0.0)


@pytest.mark.parametrize("first", [0.45, 1.0])
def test_a_short_search_is_one_turn(first: float):
    """It cools evenly from hot to cold."""
    assert [cooled(used, first) for used in (0, 0.25, 1, 1.2)] == [0, 0.25, 1, 1]


@pytest.mark.parametrize("first", [0.4, 0.33, 0.1, 0.05, 0.0003])
def test_a_long_search_is_cold_early_and_at_the_end(first: float):
    """The first turn is over when it should be, each begins hot, and the last ends with the search."""
    course = [cooled(step / 100_000, first) for step in range(100_001)]
    turns = [later for before, later in pairwise(course) if later < before]

    assert course[round(first * 100_000) - 1] > 0.96
    assert course[-1] == pytest.approx(1)
    assert turns
    assert max(turns) < 0.05


def test_the_heat_falls_evenly():
    """It begins at the first heat, ends at the last, and falls by the same part in the same time."""
    assert [heat_at(100.0, 1.0, cold) for cold in (0.0, 0.5, 1.0, 1.5)] == pytest.approx([100.0, 10.0, 1.0, 1.0])
