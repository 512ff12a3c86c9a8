"""What quick tests read of a route: each beginning and each end of it summed up in a few numbers.

A stretch of stops without a choice of windows is three numbers: its shortest duration, and from when until when it may
begin to last no longer; two stretches join in constant time (Savelsbergh 1992; Vidal et al. 2013, without time warp).
"""

from __future__ import annotations

from routing.solver.elements import NEVER
from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import KILOMETRE, OVERTIME, PAID, USED, Data
from routing.solver.kernel.rules import DELIVERY, PICKUP
from routing.solver.kernel.state import State
from routing.solver.kernel.timing import begin, begin_by, driven, go, leave_by


@compiled
def join(
    span: int, start: int, by: int, way: int, next_span: int, next_start: int, next_by: int
) -> tuple[int, int, int]:
    """Return two stretches with a way between them as one; it may begin until `-NEVER` where they do not fit."""
    reach = span + way
    if by <= -NEVER or next_by <= -NEVER or start + reach > next_by:
        return 0, 0, -NEVER
    wait = max(0, next_start - reach - by)
    return reach + next_span + wait, max(next_start - reach, start) - wait, min(next_by - reach, by)


@compiled
def refresh(d: Data, s: State, shift: int) -> None:
    """Write the beginnings and ends of a route anew."""
    refresh_heads(d, s, shift)
    refresh_tails(d, s, shift)
    refresh_spare(d, s, shift)


@compiled
def refresh_heads(d: Data, s: State, shift: int) -> None:
    """Write what each beginning of a route comes to, and what the whole route weighs apart from time."""
    sea, profile, here = d.quay.shape[0] > 0, d.profile[shift], d.start[shift]
    size, ready = s.size[shift], s.leave[shift]
    span, start, by = 0, ready, NEVER
    metres, work, cargo, fixed = 0, 0, 0, d.weight[USED] if size > 0 else 0.0
    seats, wheelchairs, stretchers, riders = 0, 0, 0, 0
    plain, escorting = not d.locked[shift], False
    gentle, loose = plain and d.even[shift], plain and d.loose[shift]
    s.ready[shift, 0] = ready
    s.head_span[shift, 0], s.head_from[shift, 0], s.head_by[shift, 0] = span, start, by
    s.riders[shift, 0] = 0
    s.aboard[shift, 0, 0], s.aboard[shift, 0, 1], s.aboard[shift, 0, 2] = 0, 0, 0
    for i in range(size):
        node = s.routes[shift, i]
        request, there, duration = d.request[node], d.place[node], d.duration[node]
        s.home[node], s.spot[node] = shift, i
        opens = max(d.opens[node], s.floor[node])
        way = d.seconds[profile, here, there]
        leg = driven(d, profile, here, there) if sea else d.metres[profile, here, there]
        arrive = go(d, profile, ready, here, there) if sea else ready + way
        metres += leg
        s.at[shift, i], s.leg_seconds[shift, i], s.leg_metres[shift, i] = here, way, leg
        ready = max(arrive, opens) if d.simple[node] else begin(d, node, max(arrive, s.floor[node]))
        ready = min(NEVER, ready + duration)
        plain = plain and d.plain[node]
        gentle = gentle and d.gentle[node]
        loose = loose and d.ample[node]
        if plain:
            span, start, by = join(span, start, by, way, duration, opens, d.punctual[node])
        escorting = escorting or d.escorted[request]
        work += way + duration
        cargo += d.goods[node]
        if d.kind[node] != DELIVERY:
            fixed += d.people[request, shift]
        seats += d.load[node, 0]
        wheelchairs += d.load[node, 1]
        stretchers += d.load[node, 2]
        riders += 1 if d.kind[node] == PICKUP else -1 if d.kind[node] == DELIVERY else 0
        s.ready[shift, i + 1] = ready
        s.head_span[shift, i + 1], s.head_from[shift, i + 1], s.head_by[shift, i + 1] = span, start, by
        s.riders[shift, i + 1] = riders
        s.aboard[shift, i + 1, 0], s.aboard[shift, i + 1, 1], s.aboard[shift, i + 1, 2] = seats, wheelchairs, stretchers
        here = there
    s.at[shift, size], s.at[shift, size + 1] = here, d.end[shift]
    s.leg_seconds[shift, size], s.leg_metres[shift, size] = 0, 0
    if size > 0:
        s.leg_seconds[shift, size] = d.seconds[profile, here, d.end[shift]]
        s.leg_metres[shift, size] = driven(d, profile, here, d.end[shift])
        work += s.leg_seconds[shift, size]
        metres += s.leg_metres[shift, size]
    s.metres[shift], s.work[shift], s.fixed[shift] = metres, work, fixed
    s.cargo[shift] = cargo
    s.gentle[shift], s.loose[shift] = gentle, loose
    s.plain[shift], s.escorting[shift] = plain, escorting


@compiled
def refresh_tails(d: Data, s: State, shift: int) -> None:
    """Write what each end of a route comes to; after the beginnings, which say whether it is plain."""
    sea, profile, there = d.quay.shape[0] > 0, d.profile[shift], d.end[shift]
    size, until, plain = s.size[shift], d.hard_end[shift], s.plain[shift]
    span, start, by = 0, 0, until
    s.until[shift, size] = until
    s.tail_span[shift, size], s.tail_from[shift, size], s.tail_by[shift, size] = span, start, by
    for i in range(size - 1, -1, -1):
        node = s.routes[shift, i]
        here, duration = d.place[node], d.duration[node]
        way = d.seconds[profile, here, there]
        latest = (leave_by(d, profile, until, here, there) if sea else until - way) - duration
        until = max(-NEVER, min(latest, d.shuts[node]) if d.simple[node] else begin_by(d, node, latest))
        if plain:
            opens = max(d.opens[node], s.floor[node])
            span, start, by = join(duration, opens, d.punctual[node], way, span, start, by)
        s.until[shift, i] = until
        s.tail_span[shift, i], s.tail_from[shift, i], s.tail_by[shift, i] = span, start, by
        there = here


@compiled
def refresh_spare(d: Data, s: State, shift: int) -> None:
    """Write by how much each way of a route may grow before a ride is too long, even if nobody had to wait."""
    size, profile = s.size[shift], d.profile[shift]
    for i in range(size + 1):
        s.spare[shift, i] = NEVER
    for i in range(size):
        node = s.routes[shift, i]
        limit = d.limit[d.request[node], profile]
        if d.kind[node] != PICKUP or limit < 0 or d.quay.shape[0] > 0:
            continue
        here, ride = d.place[node], 0
        for j in range(i + 1, size):
            after = s.routes[shift, j]
            ride += d.seconds[profile, here, d.place[after]]
            if after == node + 1:
                for k in range(i + 1, j + 1):
                    s.spare[shift, k] = min(s.spare[shift, k], limit - ride)
                break
            ride += d.duration[after]
            here = d.place[after]


@compiled
def plain_points(d: Data, shift: int, metres: int, fixed: float, span: int, start: int, by: int) -> float:
    """Return the points of a plain route that lasts `span`, below 0 where late or breaks have to be weighed as well."""
    if by < start or span > d.unbroken[shift]:
        return -1.0
    late = max(0, start + span - d.latest[shift])
    return d.weight[KILOMETRE] * metres + d.weight[PAID] * span + d.weight[OVERTIME] * late + fixed
