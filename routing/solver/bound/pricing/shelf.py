"""Which labels are kept: those that no other label makes pointless, by stop and stretch of time."""

from __future__ import annotations

from routing.solver.bound.pricing.data import BUCKETS, FAR, FULL, SIZE, Room, Tables
from routing.solver.bound.pricing.lean import lean


@lean
def _stretch(t: Tables, ready: int) -> int:
    span = max(1, (t.hard_end - t.earliest) // BUCKETS + 1)
    return min(BUCKETS, max(0, (ready - t.earliest) // span))


@lean
def _prefers(t: Tables, room: Room, one: int, other: int, crowd: int) -> bool:
    """Tell whether whatever follows `other` may follow `one` and is no dearer there; a `crowd` forgets memories."""
    mine, its = room.rank[one], room.rank[other]
    if mine[0] > its[0] or mine[1] > its[1] or mine[2] > its[2]:
        return False
    if room.open[one] != room.open[other]:
        return False
    if room.rest[one] != room.rest[other] or room.due[one] != room.due[other]:
        return False
    if crowd == 0 and room.memory[one] & ~room.shut[other]:
        return False
    if t.hold < FAR and room.goods[one] > room.goods[other]:
        return False
    rested = room.rest[one] == (1 << len(t.pause_low)) - 1
    if rested and t.longest >= FAR:
        return True
    return bool(room.busy[one] <= room.busy[other])


@lean
def _is_beaten(t: Tables, room: Room, fresh: int, crowd: int) -> bool:
    stop, until = room.stop[fresh], _stretch(t, room.ready[fresh])
    for stretch in range(until, -1, -1):
        if room.least[stop, stretch] > room.worked[fresh]:
            continue
        label = room.shelf[stop, stretch]
        while label >= 0 and room.rank[label, 0] <= room.rank[fresh, 0]:
            if _prefers(t, room, label, fresh, crowd):
                return True
            label = room.beside[label]
    return False


@lean
def _drop_beaten(t: Tables, room: Room, fresh: int, crowd: int) -> None:
    stop, since = room.stop[fresh], _stretch(t, room.ready[fresh])
    for stretch in range(since, BUCKETS + 1):
        before, label = -1, room.shelf[stop, stretch]
        while label >= 0:
            after = room.beside[label]
            if room.rank[label, 0] >= room.rank[fresh, 0] and _prefers(t, room, fresh, label, crowd):
                room.alive[label] = False
                if before < 0:
                    room.shelf[stop, stretch] = after
                else:
                    room.beside[before] = after
            else:
                before = label
            label = after


@lean
def is_crowded(t: Tables, room: Room, stop: int, ready: int, worked: float, crowd: int) -> bool:
    """Tell whether a `crowd` of labels is there already, and a better one among them."""
    stretch = _stretch(t, ready)
    return bool(crowd and room.kept[stop, stretch] >= crowd and worked >= room.least[stop, stretch])


@lean
def _shelve(room: Room, stop: int, stretch: int, fresh: int) -> None:
    """Put a label among its like, by what was worked for."""
    before, after = -1, room.shelf[stop, stretch]
    while after >= 0 and room.rank[after, 0] < room.rank[fresh, 0]:
        before, after = after, room.beside[after]
    room.beside[fresh] = after
    if before < 0:
        room.shelf[stop, stretch] = fresh
    else:
        room.beside[before] = fresh


@lean
def keep(t: Tables, room: Room, fresh: int, crowd: int) -> None:
    """Keep a label that was just written behind the last one, unless another beats it."""
    stop, stretch = room.stop[fresh], _stretch(t, room.ready[fresh])
    rank = room.rank[fresh]
    rank[0], rank[1], rank[2] = room.worked[fresh], room.waited[fresh], room.ready[fresh]
    if _is_beaten(t, room, fresh, crowd):
        return
    _drop_beaten(t, room, fresh, crowd)
    room.kept[stop, stretch] += 1
    _shelve(room, stop, stretch, fresh)
    room.least[stop, stretch] = min(room.least[stop, stretch], room.worked[fresh])
    room.onward[fresh] = room.queue[stretch]
    room.queue[stretch] = fresh
    room.alive[fresh] = True
    room.state[SIZE] += 1
    if room.state[SIZE] >= len(room.ready) - 1:
        room.state[FULL] = 1
