"""What compiled code reaches by an address is the arrays that Python holds."""

import gc
from typing import NamedTuple

import numpy as np
import pytest

from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.handle import handle


class Parts(NamedTuple):
    """One array of each kind, and both kinds of numbers."""

    flags: np.ndarray
    rows: np.ndarray
    cube: np.ndarray
    points: np.ndarray
    number: int
    told: bool


def parts() -> Parts:
    """Return small arrays with values all different."""
    return Parts(
        np.zeros(3, np.bool_),
        np.arange(12, dtype=np.int32).reshape(3, 4),
        np.arange(24, dtype=np.int64).reshape(2, 3, 4),
        np.array([0.5, 1.5]),
        7,
        True,
    )


@compiled
def _total(row):
    return row.sum()


@compiled
def _read(p):
    number = p.number if p.told else 0
    return p.rows[2, 1] + p.cube[1, 2, 3] + p.points[1] + number + p.rows.shape[1] + _total(p.rows[1])


@compiled
def _write(p):
    p.flags[1] = True
    p.rows[0] = 9
    p.points[:] += 1.0


def test_compiled_code_reads_every_field():
    """Elements, rows, shapes and numbers are those of the tuple."""
    assert _read(handle(parts())) == 9 + 23 + 1.5 + 7 + 4 + (4 + 5 + 6 + 7)


def test_what_compiled_code_writes_python_reads():
    """Memory is shared, not copied."""
    held = parts()
    _write(handle(held))

    assert held.flags.tolist() == [False, True, False]
    assert held.rows[0].tolist() == [9] * 4
    assert held.points.tolist() == [1.5, 2.5]


def test_arrays_live_as_long_as_their_handle():
    """Nobody else need hold them."""
    made = [handle(parts()) for _ in range(200)]
    gc.collect()

    assert {float(_read(one)) for one in made} == {66.5}


def test_an_array_with_gaps_is_refused():
    """An address and a shape would not describe it."""
    held = parts()
    with pytest.raises(TypeError, match="rows"):
        handle(held._replace(rows=held.rows[:, ::2]))
