"""The decorator of pricing functions, none of which allocates anything."""

from __future__ import annotations

from typing import Any

import numba

from routing.solver.kernel.compiled import Function

_njit: Any = numba.njit  # its types do not know that a compiled function keeps its signature


def lean(function: Function) -> Function:
    """Compile a function that keeps no count of references: counting takes most of the time of so small ones."""
    made: Function = _njit(cache=True, nogil=True, error_model="numpy", _nrt=False)(function)
    return made
