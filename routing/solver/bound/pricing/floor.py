"""What the rest of a day can gain at most: labels that cannot pay any more are dropped early."""

from __future__ import annotations

import numpy as np

from routing.solver.bound.pricing.data import FAR, Floats, Ints, Tables
from routing.solver.bound.pricing.lean import lean


@lean
def value_requests(t: Tables, gain: Floats, seconds: Ints, worth: Floats) -> None:
    """Fill what each request is worth at most, and the least seconds it takes.

    Worth is its dual minus its cheapest ways and its paid time; seconds are its shortest ways and its service.
    """
    for request in range(len(gain)):
        seconds[request], worth[request] = 0, gain[request] - t.people[request]
    for stop in range(t.stops):
        request = t.request[stop]
        cheapest, shortest = 1e18, FAR
        for before in range(t.stops + 1):
            if t.go[before, stop] < FAR:
                cheapest = min(cheapest, t.points[before, stop] + t.pay * t.go[before, stop])
                shortest = min(shortest, t.go[before, stop])
        if not t.usable[stop] or shortest >= FAR:
            worth[request] = -1e18
            continue
        seconds[request] += shortest + t.length[stop]
        worth[request] -= cheapest + t.pay * t.length[stop]
        if t.kind[stop] == 1:  # the direct way is taken off at the pickup, before it has been ridden
            worth[request] += t.aboard * t.direct[request]


def best_first(seconds: Ints, worth: Floats) -> Ints:
    """Return the requests that are worth something, by worth per second."""
    order = np.argsort(-worth / np.maximum(seconds, 1), kind="stable")
    return np.ascontiguousarray(order[worth[order] > 0])


@lean
def most_gain(order: Ints, seconds: Ints, worth: Floats, shut: int, left: int) -> float:
    """Return more than any of the requests outside `shut` can be worth in `left` seconds (Dantzig's bound)."""
    gained = 0.0
    for request in order:
        if shut >> request & 1:
            continue
        if seconds[request] > left:
            return float(gained + worth[request] * left / seconds[request])
        left -= seconds[request]
        gained += worth[request]
    return float(gained)
