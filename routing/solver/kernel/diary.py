"""Write down the routes of good solutions as the search meets them, each once: what set partitioning chooses from."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import Data, Floats
from routing.solver.kernel.state import State

_ROUTES, _STOPS, _KNOWN = 1_024, 65_536, 1 << 16

_MIX = np.uint64(0x9E3779B97F4A7C15)
_BY_29 = np.uint64(29)


class Diary(NamedTuple):
    """Routes written down since they were last read. A full diary takes no more until then."""

    filled: NDArray[np.int64]  # 0: routes, 1: stops
    about: NDArray[np.int64]  # route, 3: shift, first stop, stops
    points: Floats  # route, 2: its own, those of the solution
    stops: NDArray[np.int32]
    known: NDArray[np.uint64]  # marks of routes written down lately


def empty_diary() -> Diary:
    """Return a diary without a route."""
    return Diary(
        filled=np.zeros(2, np.int64),
        about=np.zeros((_ROUTES, 3), np.int64),
        points=np.zeros((_ROUTES, 2)),
        stops=np.zeros(_STOPS, np.int32),
        known=np.zeros(_KNOWN, np.uint64),
    )


@compiled
def write_down(d: Data, s: State, total: float, diary: Diary) -> None:
    """Write down the routes of a solution that are noted as changed and not known yet."""
    for shift in range(s.size.shape[0]):
        size = s.size[shift]
        if not s.changed[shift] or size == 0:
            continue
        mark = np.uint64(d.alike[shift] + 1)
        for i in range(size):
            mark = (mark ^ (mark >> _BY_29) ^ np.uint64(s.routes[shift, i] + 1)) * _MIX
        row, first = diary.filled[0], diary.filled[1]
        place = int(mark % np.uint64(diary.known.shape[0]))
        if diary.known[place] == mark or row == diary.about.shape[0] or first + size > diary.stops.shape[0]:
            continue
        diary.known[place] = mark
        diary.about[row, 0], diary.about[row, 1], diary.about[row, 2] = shift, first, size
        diary.points[row, 0], diary.points[row, 1] = s.points[shift], total
        for i in range(size):
            diary.stops[first + i] = s.routes[shift, i]
        diary.filled[0], diary.filled[1] = row + 1, first + size
