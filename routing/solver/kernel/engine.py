"""The door to the compiled search: sequences in, better sequences out."""

from __future__ import annotations

from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.solver.carers import one_for_both
from routing.solver.elements import Routes, Sequence
from routing.solver.instance import Instance
from routing.solver.kernel.data import USED, Data
from routing.solver.kernel.diary import empty_diary
from routing.solver.kernel.fill import compile_data
from routing.solver.kernel.handle import handle
from routing.solver.kernel.loop import anneal, reduce
from routing.solver.kernel.route import weigh_tried
from routing.solver.kernel.settle import forget, settle
from routing.solver.kernel.state import (
    CHEAPEST,
    DEAREST,
    FORGIVEN,
    LONGEST,
    MOST,
    MOST_OUT,
    NOTED,
    PRICE,
    STRING,
    State,
    blank,
    keep_routes,
    scratch,
)
from routing.solver.kernel.total import cost, left_out

_HEAT = 1.5
"""Heat at the start, as a part of what serving one unit costs on average in the first solution."""
_COLD, _TEPID = 0.03, 0.105
"""Heat at the end, and while shifts are reduced, measured alike."""

_FEW = 20
"""Up to how many routes the heat at the start is right. With more of them each is changed more rarely in the same time,
and a search as hot would come to nothing; long routes stand the heat, however many stops there are."""

_PRICE, _CHEAPEST, _DEAREST = 2.0, 0.2, 20.0
"""What leaving one unit out costs while searching, as a multiple of what serving one does: at first, least and most."""

_LONG = 20
"""From how many units each on routes are long."""

_MANY, _WIDELY = 300, 30.0
"""From how many units on, where routes are long, how many a hot search takes out of a place and of one route.

Few rounds have to bring order into long routes at first; later they mend little things, and smaller ruins are quicker.
"""

_WORSE = 0.03
"""By what part a solution may be worse than the best one for its routes to be written down."""


class Seen(NamedTuple):
    """One route as a search met it: on which shift, its points, and those of the solution it was part of."""

    shift: int
    sequence: Sequence
    points: float
    total: float


class Kernel:
    """The compiled search on one instance. Searches of several seeds may share the arrays and run side by side."""

    def __init__(self, instance: Instance, seed: int, data: Data | None = None) -> None:
        self.instance = instance
        self.data = compile_data(instance) if data is None else data
        self.room = scratch(self.data, seed)
        self.current, self.best = blank(self.data), blank(self.data)
        self.absent = np.zeros(len(self.data.worth), np.int64)
        self.top = np.zeros(2)
        self.loads = 0
        self.lean = 0.0  # how much more, in parts of the heat, closing a route costs than it does; below 0 opening one
        self.diary = empty_diary()
        self._diary = handle(self.diary)
        self.d, self.scratch = handle(self.data), handle(self.room)
        self.now, self._best = handle(self.current), handle(self.best)
        self._trial, self._spare, self._keep = (handle(blank(self.data)) for _ in range(3))
        self.load(tuple(() for _ in instance.shifts))

    def load(self, routes: Routes) -> bool:
        """Begin from sequences that have a timetable; return whether the kernel agrees that they have."""
        self.loads += 1
        self._start(routes)
        one_hand = one_for_both(self.instance, routes, range(len(routes)))
        found = not one_hand and bool(settle(self.d, self.now, self._spare, self.scratch))
        if not found:
            self._start(tuple(() for _ in routes))
            settle(self.d, self.now, self._spare, self.scratch)
        self.note()
        return found

    def go_on(self, routes: Routes) -> None:
        """Go on from sequences that have a timetable, the best solution kept unless they are better."""
        self._start(routes)
        settle(self.d, self.now, self._spare, self.scratch)
        out, points = left_out(self.d, self.now), cost(self.d, self.now)
        if (out, points) < (self.top[1], self.top[0]):
            self.note()

    def keep_to(self, shifts: NDArray[np.bool_], units: NDArray[np.bool_]) -> None:
        """Change given shifts only, and of the units left out now put back only the given ones."""
        self.room.mine[:] = shifts
        self.room.idle[:] = self.current.out & ~units

    def _start(self, routes: Routes) -> None:
        state = self.current
        state.size[:], state.out[:] = 0, True
        for shift, sequence in enumerate(routes):
            state.routes[shift, : len(sequence)] = sequence
            state.size[shift] = len(sequence)
            for node in sequence:
                state.out[self.data.unit[self.data.request[node]]] = False
        forget(self.d, self.now)
        self.room.dirty[:] = True

    def note(self) -> None:
        """Take the present solution for the best one."""
        keep_routes(self.now, self._best)
        self.top[:] = cost(self.d, self.now), left_out(self.d, self.now)

    def run(self, rounds: int, heat: float) -> int:
        """Run some rounds at one heat; return how often the best improved."""
        self._set_up(heat)
        return int(
            anneal(
                self.d,
                self.now,
                self._best,
                self._trial,
                self._spare,
                self._keep,
                self.absent,
                self.scratch,
                self._diary,
                self.top,
                rounds,
                heat,
            )
        )

    def _set_up(self, heat: float) -> None:
        """Say what may be used, what is noted and what leaving somebody out costs."""
        mean, knobs = self.mean(), self.room.knobs
        no_more = self.costly_shifts and self.complete
        self.room.open[:] = (self.best.size > 0) | (not no_more)
        forgiven = self.data.weight[USED] if no_more else 0.0
        knobs[FORGIVEN] = forgiven if self.costly_shifts else self.lean * heat
        knobs[NOTED] = _WORSE * mean * len(self.best.out)
        if len(self.best.out) >= _MANY and self.has_long_routes:
            warmth = self._warmth(heat)
            knobs[MOST], knobs[STRING] = (least + (_WIDELY - least) * warmth for least in (MOST_OUT, LONGEST))
        if heat > 0:  # not while the first plan is made
            knobs[CHEAPEST], knobs[DEAREST] = _CHEAPEST * mean, _DEAREST * mean
            knobs[PRICE] = min(max(knobs[PRICE] or _PRICE * mean, knobs[CHEAPEST]), knobs[DEAREST])

    def reduce(self, rounds: int, heat: float) -> int:
        """Run some rounds that try to serve everybody on fewer shifts; return how often that came off.

        `run` must not follow before `load` has brought back a whole solution.
        """
        return int(
            reduce(
                self.d,
                self.now,
                self._best,
                self._trial,
                self._spare,
                self._keep,
                self.absent,
                self.scratch,
                self.top,
                rounds,
                heat,
            )
        )

    def weigh(self, shift: int, sequence: Sequence, *, agreed: bool = False) -> float:
        """Return the points of one route, `INFEASIBLE` where a rule forbids it or it has no times.

        With `agreed` it keeps to what the other routes of the present solution ask of it, else it stands alone.
        """
        self.room.tried[: len(sequence)] = sequence
        return float(weigh_tried(self.d, self.now, shift, len(sequence), agreed, self.scratch))

    @property
    def points(self) -> float:
        """Return the points of the best solution as the kernel weighs them."""
        return float(self.top.sum())

    @property
    def routes(self) -> Routes:
        """Return the sequences of the best solution."""
        return _sequences(self.best)

    @property
    def current_routes(self) -> Routes:
        """Return the sequences of the present solution."""
        return _sequences(self.current)

    def seen(self) -> list[Seen]:
        """Return the routes of good solutions met since last asked, those of the best one first."""
        whole, points = float(self.top.sum()), self.best.points.tolist()
        found = [Seen(shift, route, points[shift], whole) for shift, route in enumerate(self.routes) if route]
        rows, stops = int(self.diary.filled[0]), self.diary.stops[: int(self.diary.filled[1])].tolist()
        about, costs = self.diary.about[:rows].tolist(), self.diary.points[:rows].tolist()
        for (shift, first, size), (own, total) in zip(about, costs, strict=True):
            found.append(Seen(shift, tuple(stops[first : first + size]), own, total))
        self.diary.filled[:] = 0
        return found

    @property
    def complete(self) -> bool:
        """Tell whether the best solution serves everybody."""
        return not self.best.out.any()

    @property
    def has_long_routes(self) -> bool:
        """Tell whether the routes of the best solution are long on average."""
        return len(self.best.out) >= _LONG * int((self.best.size > 0).sum())

    @property
    def costly_shifts(self) -> bool:
        """Tell whether using a shift costs more than serving one request more on another."""
        return float(self.data.weight[USED]) > self.mean()

    def mean(self) -> float:
        """Return what serving one unit costs on average in the best solution, without the cost of using a shift."""
        served, used = int((~self.best.out).sum()), int((self.best.size > 0).sum())
        return max(1e-9, (float(self.top[0]) - float(self.data.weight[USED]) * used) / max(1, served))

    def first_heat(self) -> float:
        """Return a heat that fits the instance: a part of what serving one request costs on average."""
        return _HEAT * min(1.0, _FEW / max(1, int((self.best.size > 0).sum()))) * self.mean()

    def _warmth(self, heat: float) -> float:
        """Return where a heat lies between the last, 0, and the first, 1."""
        first, last = self.first_heat(), self.last_heat()
        return min(1.0, max(0.0, log(max(heat, last) / last) / log(first / last)))

    def tepid(self) -> float:
        """Return the heat at which shifts are reduced."""
        return _TEPID * self.mean()

    def last_heat(self) -> float:
        """Return the heat of a search about to end."""
        return _COLD * self.mean()


def _sequences(state: State) -> Routes:
    return tuple(tuple(row[:size].tolist()) for row, size in zip(state.routes, state.size.tolist(), strict=True))
