"""Take units out: strings of neighbours from several routes (Christiaens & Vanden Berghe 2020), or a whole route."""

from __future__ import annotations

import numpy as np

from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import Data
from routing.solver.kernel.state import State

_MOST_OUT = 10.0
"""How many units a round takes out on average at most."""

_SHARE_OUT = 0.2
"""What part of all units a round takes out on average, where that is fewer."""

_LONGEST = 8
"""How many units of one route a string takes at most."""


@compiled
def ruin(d: Data, s: State, marked: np.ndarray) -> None:
    """Mark units to take out: strings around a random unit, seldom a whole route."""
    marked[:] = False
    units = d.worth.shape[0]
    used = 0
    for shift in range(s.size.shape[0]):
        used += s.size[shift] > 0
    if used == 0:
        return
    mean = max(1.0, units / used)
    longest = min(float(_LONGEST), mean)
    out = max(2.0, min(_MOST_OUT, _SHARE_OUT * units))
    strings = int(np.random.random() * (4.0 * out / (1.0 + longest) - 1.0)) + 1
    seed = np.random.randint(units)
    cut = np.zeros(s.size.shape[0], np.bool_)
    for unit in d.near[seed]:
        if strings == 0:
            break
        if s.out[unit] or marked[unit]:
            continue
        shift = shift_of(d, s, unit)
        if cut[shift]:
            continue
        cut[shift] = True
        cut_string(d, s, shift, unit, int(np.random.random() * longest) + 1, marked)
        strings -= 1


@compiled
def shift_of(d: Data, s: State, unit: int) -> int:
    """Return a shift that serves a unit."""
    node = d.first[d.member[unit, 0]]
    for shift in range(s.size.shape[0]):
        for i in range(s.size[shift]):
            if s.routes[shift, i] == node:
                return shift
    return 0


@compiled
def cut_string(d: Data, s: State, shift: int, unit: int, length: int, marked: np.ndarray) -> None:
    """Mark up to `length` units that stand beside a unit on its route, perhaps sparing some in between."""
    order = np.empty(s.size[shift], np.int64)
    count, here = 0, 0
    for i in range(s.size[shift]):
        other = d.unit[d.request[s.routes[shift, i]]]
        known = False
        for k in range(count):
            known = known or order[k] == other
        if not known:
            if other == unit:
                here = count
            order[count] = other
            count += 1
    spare = int(np.random.random() * 3) if np.random.random() < 0.5 else 0
    window = min(count, length + spare)
    low = max(0, here - window + 1)
    begin = low + int(np.random.random() * (min(here, count - window) - low + 1))
    kept = begin + int(np.random.random() * (window - spare + 1)) if window > spare else begin
    for k in range(begin, begin + window):
        if not (spare > 0 and kept <= k < kept + spare) or order[k] == unit:
            marked[order[k]] = True


@compiled
def take_out(d: Data, s: State, marked: np.ndarray, dirty: np.ndarray) -> None:
    """Take the marked units out of all routes; mark the routes that change as dirty."""
    for shift in range(s.size.shape[0]):
        filled = 0
        for i in range(s.size[shift]):
            node = s.routes[shift, i]
            if marked[d.unit[d.request[node]]]:
                dirty[shift] = True
            else:
                s.routes[shift, filled] = node
                filled += 1
        s.size[shift] = filled
    for unit in range(marked.shape[0]):
        if marked[unit]:
            s.out[unit] = True
