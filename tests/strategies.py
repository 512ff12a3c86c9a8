"""Hypothesis strategies: days that use every feature."""

from __future__ import annotations

from hypothesis import strategies as st

from routing.matrix import Matrix
from routing.problem import Problem
from tests.days import build_day, random_day

DRAWN = 8
"""Up to this size every choice of a day is Hypothesis's own and shrinks; beyond, only size and seed do."""


@st.composite
def days(draw: st.DrawFn, size: int | tuple[int, int] = (1, 60)) -> tuple[Problem, Matrix]:
    """Draw a valid day of exactly `size` requests, or of a number between the two of `size`."""
    fewest, most = (size, size) if isinstance(size, int) else size
    requests = draw(st.integers(fewest, most))
    if requests <= DRAWN:
        return build_day(draw(st.randoms(use_true_random=False)), requests)
    return random_day(draw(st.integers(0, 2**32 - 1)), requests)
