"""Travel of one profile as the solver reads it: whole tables for arrays, rows for looking up one leg at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from routing.matrix import UNREACHABLE, Matrix
from routing.solver.elements import NEVER, Rows

Table: TypeAlias = NDArray[Any]
"""Whole numbers by place position, row = from, column = to."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Ways:
    """How the vehicles of one profile get about; `NEVER` seconds and no metres where no road leads."""

    seconds_table: Table
    metres_table: Table

    @cached_property
    def seconds(self) -> Rows:
        """Return the seconds row by row."""
        return rows(self.seconds_table)

    @cached_property
    def metres(self) -> Rows:
        """Return the metres row by row."""
        return rows(self.metres_table)


def compile_ways(matrix: Matrix) -> Mapping[str, Ways]:
    """Return the ways of each profile."""
    return {
        profile: Ways(
            seconds_table=_narrow(np.where(matrix.seconds[profile] == UNREACHABLE, NEVER, matrix.seconds[profile])),
            metres_table=_narrow(np.where(matrix.metres[profile] == UNREACHABLE, 0, matrix.metres[profile])),
        )
        for profile in matrix.seconds
    }


def rows(table: Table) -> Rows:
    """Return views of a table's rows: they give plain numbers, nearly as fast as lists, without a copy."""
    return [memoryview(row) for row in table]


def _narrow(table: Table) -> Table:
    """Return a table in half the memory where its numbers allow it, as those of a day's ways do."""
    fits = not table.size or max(table.max(), -table.min()) < 2**31
    return np.ascontiguousarray(table, np.int32 if fits else np.int64)
