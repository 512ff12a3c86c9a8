"""Ways between places and moments when service may begin, forwards and backwards."""

from __future__ import annotations

from routing.solver.elements import NEVER
from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import Data


@compiled
def go(d: Data, profile: int, leave: int, origin: int, destination: int) -> int:
    """Return when one who leaves `origin` at `leave` is at `destination` at the earliest, `NEVER` without a way."""
    here, there = d.side[origin], d.side[destination]
    if here == there:
        return leave + d.seconds[profile, origin, destination]
    if here >= 0 and there >= 0:
        return NEVER
    ferry = max(here, there)
    homeward = 1 if here >= 0 else 0
    before = d.seconds[profile, origin, d.quay[ferry, homeward]]
    after = d.seconds[profile, d.quay[ferry, 1 - homeward], destination]
    ready = leave + before + d.sail[ferry, 1]
    for row in range(d.boat_at[2 * ferry + homeward], d.boat_at[2 * ferry + homeward + 1]):
        if d.boat[row] >= ready:
            return d.boat[row] + d.sail[ferry, 0] + after
    return NEVER


@compiled
def leave_by(d: Data, profile: int, arrive: int, origin: int, destination: int) -> int:
    """Return when to leave `origin` at the latest to be at `destination` at `arrive`, `-NEVER` without a way."""
    here, there = d.side[origin], d.side[destination]
    if here == there:
        return arrive - d.seconds[profile, origin, destination]
    if here >= 0 and there >= 0:
        return -NEVER
    ferry = max(here, there)
    homeward = 1 if here >= 0 else 0
    before = d.seconds[profile, origin, d.quay[ferry, homeward]]
    after = d.seconds[profile, d.quay[ferry, 1 - homeward], destination]
    for row in range(d.boat_at[2 * ferry + homeward + 1] - 1, d.boat_at[2 * ferry + homeward] - 1, -1):
        if d.boat[row] + d.sail[ferry, 0] + after <= arrive:
            return d.boat[row] - d.sail[ferry, 1] - before
    return -NEVER


@compiled
def driven(d: Data, profile: int, origin: int, destination: int) -> int:
    """Return the metres from `origin` to `destination`, the water not counted."""
    here, there = d.side[origin], d.side[destination]
    if here == there:
        return d.metres[profile, origin, destination]
    ferry = max(here, there)
    homeward = 1 if here >= 0 else 0
    return (
        d.metres[profile, origin, d.quay[ferry, homeward]] + d.metres[profile, d.quay[ferry, 1 - homeward], destination]
    )


@compiled
def begin(d: Data, node: int, ready: int) -> int:
    """Return the first moment at or after `ready` at which service may begin, `NEVER` where none is left."""
    for row in range(d.domain_at[node], d.domain_at[node + 1]):
        if ready <= d.high[row]:
            return max(ready, d.low[row])
    return NEVER


@compiled
def begin_by(d: Data, node: int, latest: int) -> int:
    """Return the last moment at or before `latest` at which service may begin, `-NEVER` where there is none."""
    for row in range(d.domain_at[node + 1] - 1, d.domain_at[node] - 1, -1):
        if latest >= d.low[row]:
            return min(latest, d.high[row])
    return -NEVER


@compiled
def lateness(d: Data, node: int, start: int) -> int:
    """Return by how much `start` lies behind the last window that opened before it."""
    late = 0
    for row in range(d.window_at[node], d.window_at[node + 1]):
        if d.open[row] <= start:
            late = max(0, start - d.close[row])
    return late


@compiled
def punctual_by(d: Data, node: int, start: int, latest: int) -> int:
    """Return the last moment up to `latest` that is no later behind its window than `start` is."""
    for row in range(d.window_at[node + 1] - 1, d.window_at[node] - 1, -1):
        if d.open[row] <= latest:
            found = min(latest, d.close[row])
            if found >= start:
                return found
    return start
