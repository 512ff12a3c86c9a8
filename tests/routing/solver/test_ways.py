"""Ways are the matrix, with what no road joins told in the solver's own words."""

import numpy as np
import pytest

from routing.matrix import UNREACHABLE, Matrix
from routing.solver.elements import NEVER
from routing.solver.ways import compile_ways


def matrix(*, far: int) -> Matrix:
    """Return two places, the way back from the second not known."""
    there = np.array([[0, far], [UNREACHABLE, 0]], np.int64)
    return Matrix(places=("a", "b"), seconds={"car": there}, metres={"car": there})


@pytest.mark.parametrize("far", [7, 2**40])
def test_rows_hold_plain_numbers(far: int):
    """Small tables and large ones give Python's own integers."""
    ways = compile_ways(matrix(far=far))["car"]

    assert [list(row) for row in ways.seconds] == [[0, far], [NEVER, 0]]
    assert [list(row) for row in ways.metres] == [[0, far], [0, 0]]
    assert type(ways.seconds[0][1]) is int


def test_a_table_takes_half_the_memory_where_it_can():
    """Seconds and metres of a day fit four bytes."""
    small, large = (compile_ways(matrix(far=far))["car"].seconds_table.dtype for far in (7, 2**40))

    assert (small, large) == (np.int32, np.int64)
