"""Work out from scratch whatever the search keeps up to date step by step, and say where the two differ.

The assertion mode: `Audited` is the search with every round looked over. Far too slow for use, on in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from routing.solver.carers import barred_workers
from routing.solver.kernel.engine import Kernel
from routing.solver.kernel.insert import search_request
from routing.solver.kernel.route import INFEASIBLE
from routing.solver.kernel.settle import tangled
from routing.solver.kernel.state import KEPT, NEXT_BLINK, State
from routing.solver.kernel.total import cost, left_out

_CLOSE = 1e-6
"""Points by which two sums of the same numbers may differ."""


class Audited(Kernel):
    """The search that looks itself over after every round; AssertionError with everything that differs."""

    def run(self, rounds: int, heat: float) -> int:
        """Run round by round."""
        improved = 0
        for _ in range(rounds):
            improved += super().run(1, heat)
            faults = [*differences(self), *misplaced(self)]
            if faults:
                raise AssertionError("\n".join(faults))
        return improved


def differences(kernel: Kernel) -> Iterator[str]:
    """Yield what of the present solution is not what working it out anew gives."""
    d, s = kernel.data, kernel.current
    served = np.zeros(len(d.place), np.int64)
    for shift in range(len(s.size)):
        sequence = s.routes[shift, : s.size[shift]]
        served[sequence] += 1
        if not s.size[shift]:
            continue
        points = kernel.weigh(shift, tuple(int(node) for node in sequence), agreed=True)
        if abs(points - s.points[shift]) > _CLOSE:
            yield f"shift {shift} weighs {points}, not {s.points[shift]}"
        yield from _carried(kernel, shift)
    for unit, out in enumerate(s.out):
        for request in d.member[unit][d.member[unit] >= 0]:
            wanted = 0 if out else int(d.crew[request])
            if served[d.first[request]] != wanted:
                yield f"request {request} stands on {served[d.first[request]]} routes, not {wanted}"
    yield from _again(kernel)
    if not d.bound_up and not np.isclose(kernel.top.sum(), _points(kernel, kernel.best), atol=_CLOSE):
        yield f"the best weighs {_points(kernel, kernel.best)}, not {kernel.top.sum()}"


def _points(kernel: Kernel, state: State) -> float:
    """Return the points of routes, timed from nothing."""
    other = Kernel(kernel.instance, 0, kernel.data)
    other.load(tuple(tuple(int(n) for n in state.routes[k, : state.size[k]]) for k in range(len(state.size))))
    return float(cost(other.d, other.now) + left_out(other.d, other.now))


def _again(kernel: Kernel) -> Iterator[str]:
    """Yield rows of the present solution that a solution built from its sequences does not share.

    Where routes depend on each other and on breaks, common times depend on the order of agreement: not compared.
    """
    s = kernel.current
    other = Kernel(kernel.instance, 0, kernel.data)
    other.load(kernel.current_routes)
    for name in State._fields:
        mine, fresh = getattr(s, name), getattr(other.current, name)
        if name in ("home", "spot", "changed", "floor"):  # notes, and floors of nodes that stand nowhere
            continue
        for shift in range(len(s.size)):
            if mine.shape[0] != len(s.size) or tangled(kernel.d, kernel.now, shift):
                continue
            upto = int(s.size[shift]) + (0 if name == "routes" else 1)
            row, again = (mine[shift], fresh[shift]) if mine.ndim == 1 else (mine[shift, :upto], fresh[shift, :upto])
            only_plain = name.startswith(("head", "tail")) and not s.plain[shift]
            if not only_plain and not np.allclose(row, again, atol=_CLOSE):
                yield f"{name} of shift {shift}: {row}, worked out anew {again}"


def _carried(kernel: Kernel, shift: int) -> Iterator[str]:
    """Yield where the people aboard are not those who have got in and not out."""
    d, s = kernel.data, kernel.current
    for i in range(s.size[shift] + 1):
        aboard = d.load[s.routes[shift, :i]].sum(axis=0)
        if (s.aboard[shift, i] != aboard).any():
            yield f"{s.aboard[shift, i]} aboard shift {shift} at {i}, not {aboard}"


def misplaced(kernel: Kernel) -> Iterator[str]:
    """Yield requests left out whose cheapest place by quick tests is not the cheapest by weighing every place."""
    d, s = kernel.data, kernel.current
    for request in range(len(d.crew)):
        unit = d.unit[request]
        if not s.out[unit] or d.crew[request] > 1 or d.escorted[request]:
            continue
        kernel.room.tally[NEXT_BLINK] = 1 << 60  # no blinks
        search_request(kernel.d, kernel.now, request, KEPT, kernel.scratch)
        kernel.room.tally[NEXT_BLINK] = 0
        found, wanted = kernel.room.found[0, 0], min(_places(kernel, request), default=INFEASIBLE)
        if abs(found - wanted) > _CLOSE:
            yield f"request {request} costs {wanted} at least, not {found}"


def _places(kernel: Kernel, request: int) -> Iterator[float]:
    """Yield what a request costs at each place where it may be."""
    d, s = kernel.data, kernel.current
    node, ride = int(d.first[request]), d.kind[d.first[request]] != 0
    barred = barred_workers(kernel.instance, kernel.current_routes, request)
    for shift in np.flatnonzero(d.allowed[request]):
        if kernel.instance.shifts[shift].shift.worker in barred:
            continue
        old = [int(n) for n in s.routes[shift, : s.size[shift]]]
        for i in range(len(old) + 1):
            for j in range(i, len(old) + 1) if ride else [i]:
                new = (*old[:i], node, *old[i:j], *([node + 1] if ride else []), *old[j:])
                points = kernel.weigh(int(shift), new, agreed=True)
                if points < INFEASIBLE:
                    yield points - float(s.points[shift]) + float(kernel.room.tilt[shift])
