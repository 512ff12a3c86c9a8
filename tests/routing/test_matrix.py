"""Travel times are found by place and profile, and what no road joins is None."""

import numpy as np
import pytest

from routing.errors import ProblemError
from routing.matrix import UNREACHABLE, Matrix

SECONDS = np.array([[0, 60], [UNREACHABLE, 0]])
METRES = np.array([[0, 900], [UNREACHABLE, 0]])
MATRIX = Matrix(places=("a", "b"), seconds={"car": SECONDS}, metres={"car": METRES})


def test_rows_are_from_and_columns_are_to():
    """There is not back: the way from a to b exists, the way from b to a does not."""
    assert (MATRIX.travel("a", "b"), MATRIX.length("a", "b")) == (60, 900)
    assert (MATRIX.travel("b", "a"), MATRIX.length("b", "a")) == (None, None)


@pytest.mark.parametrize(
    ("seconds", "metres", "fault"),
    [
        ({"car": np.zeros((2, 3), int)}, {"car": METRES}, "shape (2, 3), expected (2, 2)"),
        ({"car": SECONDS}, {"car": np.zeros((1, 1), int)}, "shape (1, 1), expected (2, 2)"),
        ({"car": SECONDS, "van": SECONDS}, {"car": METRES}, "same profiles"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(seconds: dict, metres: dict, fault: str):
    """Shape and profiles of both groups must agree with the places."""
    with pytest.raises(ProblemError, match=r".") as caught:
        Matrix(places=("a", "b"), seconds=seconds, metres=metres)

    assert fault in str(caught.value)
