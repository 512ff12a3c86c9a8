"""What a whole solution weighs."""

from __future__ import annotations

from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import GREATEST_LATE, UNEVEN, Data
from routing.solver.kernel.state import State, work
from routing.solver.kernel.timing import lateness


@compiled
def left_out(d: Data, s: State) -> float:
    """Return the points of the units that are left out."""
    total = 0.0
    for unit in range(s.out.shape[0]):
        if s.out[unit]:
            total += d.worth[unit]
    return total


@compiled
def cost(d: Data, s: State) -> float:
    """Return the points of everything that is served: routes, the greatest lateness and uneven work."""
    total = s.points.sum()
    if d.weight[GREATEST_LATE] > 0:
        total += d.weight[GREATEST_LATE] * latest_of_all(d, s)
    if d.weight[UNEVEN] > 0:
        for shift in range(s.size.shape[0]):
            if d.group[shift] >= 0:
                most, least, first = work(s, shift), work(s, shift), True
                for other in range(s.size.shape[0]):
                    if d.group[other] == d.group[shift]:
                        first = first and other >= shift
                        most, least = max(most, work(s, other)), min(least, work(s, other))
                if first:
                    total += d.weight[UNEVEN] * (most - least)
    return total


@compiled
def latest_of_all(d: Data, s: State) -> int:
    """Return the greatest lateness of any stop."""
    worst = 0
    for shift in range(s.size.shape[0]):
        for i in range(s.size[shift]):
            worst = max(worst, lateness(d, s.routes[shift, i], s.begins[shift, i]))
    return worst
