"""Look for the cheapest places of a visit or a ride on one route, most of them in constant time.

Where way and time are all that is weighed, the ends of the route tell what a place costs. Elsewhere they tell at least
whether it is too late and the least it can cost; what is promising is then weighed exactly, the cheapest first.
"""

from __future__ import annotations

from typing import NamedTuple

from routing.solver.elements import NEVER
from routing.solver.kernel.chance import until_blink
from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import KILOMETRE, LATE, PAID, USED, Data, Rows
from routing.solver.kernel.ends import join, plain_points
from routing.solver.kernel.rides import rides_fit
from routing.solver.kernel.route import INFEASIBLE, weigh
from routing.solver.kernel.rules import fits, obeys
from routing.solver.kernel.state import CANDIDATES, NEXT_BLINK, Room, State
from routing.solver.kernel.timing import begin, driven, go

BLINK = 0.01
"""Part of the places that is overlooked, so that the same ruin is mended in many ways (Christiaens 2020)."""


BOUND, EXACT, RIDES = 0, 1, 2
"""What is known of what a place costs: the least it can, all, or all but whether rides stay short enough."""


@compiled
def blinks(room: Room) -> bool:
    """Tell whether to overlook the place at hand."""
    room.tally[NEXT_BLINK] -= 1
    if room.tally[NEXT_BLINK] >= 0:
        return False
    room.tally[NEXT_BLINK] = until_blink(room.chance, BLINK)
    return True


@compiled
def offer(room: Room, kept: int, points: float, shift: int, i: int, j: int, k: int, m: int) -> None:
    """Keep a place among the `kept` cheapest rows (points, shift, i, j, k, m)."""
    found = room.found
    if points >= found[kept - 1, 0]:
        return
    row = kept - 1
    while row > 0 and found[row - 1, 0] > points:
        for column in range(6):
            found[row, column] = found[row - 1, column]
        row -= 1
    found[row, 0], found[row, 1], found[row, 2] = points, shift, i
    found[row, 3], found[row, 4], found[row, 5] = j, k, m


@compiled
def note(room: Room, count: int, bound: float, i: int, j: int, known: int) -> int:
    """Keep a place to be weighed, in order of what it costs at least; return how many are kept."""
    if count == CANDIDATES:
        if bound >= room.bound[count - 1]:
            return count
        count -= 1
    row = count
    while row > 0 and room.bound[row - 1] > bound:
        room.bound[row] = room.bound[row - 1]
        for column in range(3):
            room.places[row, column] = room.places[row - 1, column]
        row -= 1
    room.bound[row] = bound
    room.places[row, 0], room.places[row, 1], room.places[row, 2] = i, j, known
    return count + 1


@compiled
def spliced(old: Rows, size: int, first: int, i: int, second: int, j: int, new: Rows) -> int:
    """Write into `new` the route `old` with `first` before position `i` and `second` (-1: none) before `j`."""
    for k in range(i):
        new[k] = old[k]
    new[i] = first
    if second < 0:
        for k in range(i, size):
            new[k + 1] = old[k]
        return size + 1
    for k in range(i, j):
        new[k + 1] = old[k]
    new[j + 1] = second
    for k in range(j, size):
        new[k + 2] = old[k]
    return size + 2


@compiled
def weigh_noted(
    d: Data, s: State, shift: int, first: int, second: int, ruled: bool, count: int, kept: int, room: Room
) -> None:
    """Weigh the places kept for a visit (`second` -1) or a ride exactly, the most promising first, and offer them."""
    for row in range(count):
        points = room.bound[row]
        if points >= room.found[kept - 1, 0]:
            return
        i, j = room.places[row, 0], room.places[row, 1]
        known = room.places[row, 2]
        size = spliced(s.routes[shift], s.size[shift], first, i, second, j, room.tried)
        if ruled and not obeys(d, shift, room.tried, size, room.inside):
            continue
        if known == RIDES:
            if not rides_fit(d, shift, room.tried, size, s.floor, s.leave[shift], room, room.begins):
                continue
        elif known != EXACT:
            points = weigh(d, shift, room.tried, size, s.floor, s.leave[shift], room, room.begins)
            if points >= INFEASIBLE:
                continue
            points += room.tilt[shift] - s.points[shift]
        offer(room, kept, points, shift, i, j, 0, 0)


@compiled
def seek_visit(d: Data, s: State, shift: int, node: int, low: int, high: int, kept: int, room: Room) -> None:
    """Offer the positions `low` to `high` of a visit on a shift."""
    size, profile = s.size[shift], d.profile[shift]
    if size + 3 > s.routes.shape[1] or s.cargo[shift] + d.goods[node] > d.hold[shift]:
        return
    sea, simple, place, duration = d.quay.shape[0] > 0, d.simple[node], d.place[node], d.duration[node]
    opens, shuts, punctual = max(d.opens[node], s.floor[node]), d.shuts[node], d.punctual[node]
    plain, gentle = s.plain[shift] and d.plain[node], s.gentle[shift] and d.gentle[node]
    loose = s.loose[shift] and d.ample[node]
    ruled = sea or d.locked[shift] or s.escorting[shift]
    by_way, by_time = d.weight[KILOMETRE], d.weight[PAID]
    people = d.people[d.request[node], shift] + (d.weight[USED] if size == 0 else 0.0) + room.tilt[shift]
    least = by_way * s.metres[shift] + by_time * (s.work[shift] - (d.rest[shift] if size > 0 else 0)) + s.fixed[shift]
    least = people if loose else least + people - s.points[shift]
    untimely, count = opens + duration, 0
    for i in range(low, high + 1):
        if s.ready[shift, i] > shuts:
            break
        if s.until[shift, i] < untimely:
            continue
        here, there = s.at[shift, i], s.at[shift, i + 1]
        if sea:
            extra = driven(d, profile, here, place) + driven(d, profile, place, there)
            extra -= driven(d, profile, here, there) if size > 0 else 0
        else:
            extra = d.metres_to[profile, place, here] + d.metres[profile, place, there] - s.leg_metres[shift, i]
        bound = least + by_way * extra
        if by_time <= 0 and bound >= room.found[kept - 1, 0]:
            continue
        way_in, way_out = d.seconds_to[profile, place, here], d.seconds[profile, place, there]
        arrive = go(d, profile, s.ready[shift, i], here, place) if sea else s.ready[shift, i] + way_in
        if arrive > shuts:
            break
        start = max(arrive, opens) if simple else begin(d, node, max(arrive, s.floor[node]))
        if start > shuts:
            break
        if s.riders[shift, i] > 0 or blinks(room):
            continue
        leave = start + duration
        if (go(d, profile, leave, place, there) if sea else leave + way_out) > s.until[shift, i]:
            continue
        if not sea:
            longer = way_in + way_out + duration - s.leg_seconds[shift, i] - (d.rest[shift] if size == 0 else 0)
            bound += by_time * longer
        if bound >= room.found[kept - 1, 0]:
            continue
        exact = False
        if loose:
            bound += d.weight[LATE] * delay(d, s, shift, i, leave + way_out, max(0, start - punctual))
            exact = True
        elif plain and d.untimed[shift]:
            exact = True
        elif plain:
            span, begins, by = join(
                s.head_span[shift, i], s.head_from[shift, i], s.head_by[shift, i], way_in, duration, opens, punctual
            )
            span, begins, by = join(
                span, begins, by, way_out, s.tail_span[shift, i], s.tail_from[shift, i], s.tail_by[shift, i]
            )
            points = plain_points(d, shift, s.metres[shift] + extra, s.fixed[shift] + people, span, begins, by)
            if points >= 0:
                bound, exact = points - s.points[shift], True
        if exact and not ruled:
            offer(room, kept, bound, shift, i, 0, 0, 0)
        else:
            count = note(room, count, bound, i, 0, EXACT if exact else RIDES if gentle else BOUND)
    weigh_noted(d, s, shift, node, -1, ruled, count, kept, room)


@compiled
def delay(d: Data, s: State, shift: int, i: int, arrive: int, late: int) -> int:
    """Return `late` and the lateness that arriving at position `i` at `arrive` adds from there on."""
    size, profile = s.size[shift], d.profile[shift]
    for k in range(i, size):
        node = s.routes[shift, k]
        duration, punctual = d.duration[node], d.punctual[node]
        old = s.ready[shift, k + 1] - duration
        if arrive <= old:
            return late
        late += max(0, arrive - punctual) - max(0, old - punctual)
        after = d.place[s.routes[shift, k + 1]] if k + 1 < size else d.end[shift]
        arrive += duration + d.seconds[profile, d.place[node], after]
    return late


class Known(NamedTuple):
    """What is known of a ride on a shift, wherever it is put."""

    least: float  # the least points it adds, but for detours
    people: float  # points for who drives whom, and for a shift more in use
    plain: bool  # the ends tell its exact price
    ruled: bool  # rules that need no times have to be asked


class Boarded(NamedTuple):
    """A route up to and with a pickup before position `i`."""

    i: int
    ready: int
    span: int  # these three as `ends.join` has them, of plain routes
    begins: int
    by: int


@compiled
def seek_ride(d: Data, s: State, shift: int, pickup: int, kept: int, room: Room) -> None:
    """Offer every pair of positions of a ride on a shift."""
    size, profile, delivery = s.size[shift], d.profile[shift], pickup + 1
    if size + 4 > s.routes.shape[1]:
        return
    sea, plain = d.quay.shape[0] > 0, s.plain[shift] and d.plain[pickup] and d.plain[delivery]
    ruled = sea or d.locked[shift] or s.escorting[shift] or d.escorted[d.request[pickup]] or d.apart.shape[0] > 0
    by_way, by_time = d.weight[KILOMETRE], d.weight[PAID]
    people = d.people[d.request[pickup], shift] + (d.weight[USED] if size == 0 else 0.0) + room.tilt[shift]
    least = by_way * s.metres[shift] + by_time * (s.work[shift] - d.rest[shift]) + s.fixed[shift]
    least += people - s.points[shift]
    known = Known(least, people, plain, ruled)
    place, duration, opens = d.place[pickup], d.duration[pickup], max(d.opens[pickup], s.floor[pickup])
    untimely, count = opens + duration, 0
    for i in range(size + 1):
        if s.ready[shift, i] > d.shuts[pickup]:
            break
        if s.until[shift, i] < untimely:
            continue
        here = s.at[shift, i]
        way = d.seconds_to[profile, place, here]
        arrive = go(d, profile, s.ready[shift, i], here, place) if sea else s.ready[shift, i] + way
        if arrive > d.shuts[pickup]:
            break
        start = max(arrive, opens) if d.simple[pickup] else begin(d, pickup, max(arrive, s.floor[pickup]))
        if start > d.shuts[pickup]:
            break
        if not sea:  # by the triangle inequality no delivery mends what the pickup alone spoils
            after = s.at[shift, i + 1]
            onward = d.seconds[profile, place, after]
            if start + duration + onward > s.until[shift, i]:
                continue
            longer = way + duration + onward - s.leg_seconds[shift, i]
            if longer > s.spare[shift, i]:
                continue
            detour = d.metres_to[profile, place, here] + d.metres[profile, place, after] - s.leg_metres[shift, i]
            if least + by_way * detour + by_time * longer >= room.found[kept - 1, 0]:
                continue
        if blinks(room):
            continue
        span, begins, by = 0, 0, 0
        if plain and not d.untimed[shift]:
            span, begins, by = join(
                s.head_span[shift, i],
                s.head_from[shift, i],
                s.head_by[shift, i],
                way,
                duration,
                opens,
                d.punctual[pickup],
            )
        boarded = Boarded(i, start + duration, span, begins, by)
        count = seek_delivery(d, s, shift, pickup, boarded, known, count, kept, room)
    weigh_noted(d, s, shift, pickup, delivery, ruled, count, kept, room)


@compiled
def seek_delivery(
    d: Data, s: State, shift: int, pickup: int, boarded: Boarded, known: Known, count: int, kept: int, room: Room
) -> int:
    """Offer or keep every position of a delivery behind one place for its pickup; return how many are kept."""
    size, profile, delivery, i = s.size[shift], d.profile[shift], pickup + 1, boarded.i
    sea, simple, timed = d.quay.shape[0] > 0, d.simple[delivery], known.plain and not d.untimed[shift]
    goal, duration, shuts = d.place[delivery], d.duration[delivery], d.shuts[delivery]
    opens = max(d.opens[delivery], s.floor[delivery])
    by_way, by_time = d.weight[KILOMETRE], d.weight[PAID]
    gentle = s.gentle[shift] and d.gentle[pickup] and d.gentle[delivery]
    here, ride, ready = d.place[pickup], 0, boarded.ready
    span, begins, by = boarded.span, boarded.begins, boarded.by
    limit = ride_limit(d, shift, pickup, sea)
    metres, longer = detour_to(d, s, shift, pickup, i, sea)
    for j in range(i, size + 1):
        if j > i:
            node = s.routes[shift, j - 1]
            if d.kind[node] == 0:
                break
            there = s.at[shift, j]
            way = d.seconds[profile, here, there] if j == i + 1 else s.leg_seconds[shift, j - 1]
            arrive = go(d, profile, ready, here, there) if sea else ready + way
            if arrive > s.until[shift, j - 1]:
                break
            low = max(d.opens[node], s.floor[node])
            ready = max(arrive, low) if d.simple[node] else begin(d, node, max(arrive, s.floor[node]))
            ready += d.duration[node]
            if timed:
                span, begins, by = join(span, begins, by, way, d.duration[node], low, d.punctual[node])
            ride += way + d.duration[node]
            if j == i + 1:  # from here on the pickup's own detour is known
                metres += driven(d, profile, here, there) if sea else d.metres[profile, here, there]
                longer += way
            here = there
        if not has_room(d, s, shift, pickup, j):
            break
        if j > i and known.least + by_way * metres >= room.found[kept - 1, 0]:
            break
        way_in = d.seconds_to[profile, goal, here]
        if ride + way_in > limit:
            break
        arrive = go(d, profile, ready, here, goal) if sea else ready + way_in
        if arrive > shuts:
            break
        start = max(arrive, opens) if simple else begin(d, delivery, max(arrive, s.floor[delivery]))
        if start > shuts:
            break
        there = s.at[shift, j + 1]
        way_out = d.seconds[profile, goal, there]
        passed = s.leg_seconds[shift, j] if j > i else d.seconds[profile, here, there]
        if not sea and way_in + duration + way_out - passed > s.spare[shift, j]:
            continue
        leave = start + duration
        if (go(d, profile, leave, goal, there) if sea else leave + way_out) > s.until[shift, j]:
            continue
        if sea:
            extra = metres + driven(d, profile, here, goal) + driven(d, profile, goal, there)
            extra -= driven(d, profile, here, there) if j > i else 0
            bound = known.least + by_way * extra
        else:
            extra = metres + d.metres_to[profile, goal, here] + d.metres[profile, goal, there]
            extra -= s.leg_metres[shift, j] if j > i else 0
            more = longer + way_in + way_out - (passed if j > i else 0)
            bound = known.least + by_way * extra + by_time * more
        if bound >= room.found[kept - 1, 0]:
            continue
        exact = known.plain and not timed
        if timed:
            head = join(span, begins, by, way_in, duration, opens, d.punctual[delivery])
            points = joined_points(d, s, shift, j, head, way_out, extra, known.people)
            if points >= 0:
                bound, exact = points - s.points[shift], True
        if exact and not known.ruled:
            offer(room, kept, bound, shift, i, j, 0, 0)
        else:
            count = note(room, count, bound, i, j, EXACT if exact else RIDES if gentle else BOUND)
    return count


@compiled
def ride_limit(d: Data, shift: int, pickup: int, sea: bool) -> int:
    """Return how long a ride may be on a shift, as far as ways tell: the water is not in their table."""
    limit = d.limit[d.request[pickup], d.profile[shift]]
    return 4 * NEVER if limit < 0 or sea else limit


@compiled
def detour_to(d: Data, s: State, shift: int, pickup: int, i: int, sea: bool) -> tuple[int, int]:
    """Return metres and seconds more up to a pickup before position `i`, and for its delivery's own service."""
    profile, here, before = d.profile[shift], d.place[pickup], s.at[shift, i]
    metres = driven(d, profile, before, here) if sea else d.metres_to[profile, here, before]
    seconds = d.seconds_to[profile, here, before] + d.duration[pickup] + d.duration[pickup + 1]
    return metres - s.leg_metres[shift, i], seconds - s.leg_seconds[shift, i]


@compiled
def has_room(d: Data, s: State, shift: int, pickup: int, j: int) -> bool:
    """Tell whether a rider fits with those aboard after position `j`."""
    seats = s.aboard[shift, j, 0] + d.load[pickup, 0]
    wheelchairs = s.aboard[shift, j, 1] + d.load[pickup, 1]
    return bool(fits(d, shift, seats, wheelchairs, s.aboard[shift, j, 2] + d.load[pickup, 2]))


@compiled
def joined_points(
    d: Data, s: State, shift: int, j: int, head: tuple[int, int, int], way: int, extra: int, people: float
) -> float:
    """Return the points of a plain route whose beginning `head` goes on with what follows position `j`."""
    span, begins, by = head
    span, begins, by = join(span, begins, by, way, s.tail_span[shift, j], s.tail_from[shift, j], s.tail_by[shift, j])
    return float(plain_points(d, shift, s.metres[shift] + extra, s.fixed[shift] + people, span, begins, by))
