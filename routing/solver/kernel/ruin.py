"""Take units out: strings of neighbours from several routes (Christiaens & Vanden Berghe 2020), or scattered ones."""

from __future__ import annotations

from routing.solver.kernel.chance import below, draw
from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import Data
from routing.solver.kernel.settle import forget, settle, tangled
from routing.solver.kernel.state import LONGEST, MOST, SCATTER, STRING, Room, State

_LEAST_OUT, _SHARE_OUT = 4.0, 0.25
"""How many units a round takes out on average at least, and what part of all where that is between least and most."""

_SPLIT = 0.5
"""How often some units within a string are spared."""

_WHOLE = 0.03
"""How often two neighbouring routes are emptied, or one where routes are longer than a string may be."""

_DRAWS = 16
"""How often a unit is drawn anew that is not in the part of the day to be changed."""

_EMPTIED = 60
"""Units of the longest route that is emptied."""


@compiled
def ruin(d: Data, s: State, around: int, room: Room) -> None:
    """Mark units to take out: strings around a unit (-1: any), now and then its neighbours one by one."""
    room.marked[:] = False
    room.cut[:] = False
    units, used = d.worth.shape[0], 0
    for shift in range(s.size.shape[0]):
        used += s.size[shift] > 0
    if used == 0:
        return
    longest = min(room.knobs[STRING], max(1.0, units / used))
    out = max(_LEAST_OUT, min(room.knobs[MOST], _SHARE_OUT * units))
    seed = around if around >= 0 else below(room.chance, units)
    for _ in range(_DRAWS):
        if s.out[seed] or room.mine[s.home[d.first[d.member[seed, 0]]]]:
            break
        seed = below(room.chance, units)
    kind = draw(room.chance)
    if kind < room.knobs[SCATTER]:
        scatter(d, s, seed, 1 + below(room.chance, int(2 * out)), room)
        return
    whole = kind > 1.0 - _WHOLE
    strings = (
        (2 if units <= LONGEST * used else 1)
        if whole
        else int(draw(room.chance) * (4.0 * out / (1.0 + longest) - 1.0)) + 1
    )
    for k in range(d.near.shape[1]):
        unit = d.near[seed, k]
        if s.out[unit] or room.marked[unit]:
            continue
        shift = s.home[d.first[d.member[unit, 0]]]
        if room.cut[shift] or not room.mine[shift]:
            continue
        room.cut[shift] = True
        length = min(s.size[shift], _EMPTIED) if whole else int(draw(room.chance) * longest) + 1
        cut_string(d, s, shift, unit, length, 0.0 if whole else _SPLIT, room)
        strings -= 1
        if strings == 0:
            return


@compiled
def scatter(d: Data, s: State, seed: int, count: int, room: Room) -> None:
    """Mark a unit and some of its neighbours, the nearer the likelier."""
    reach = min(d.near.shape[1], 3 * count)
    for _ in range(count):
        unit = d.near[seed, int(draw(room.chance) ** 2 * reach)]
        room.marked[unit] = not s.out[unit] and room.mine[s.home[d.first[d.member[unit, 0]]]]
    room.marked[seed] = not s.out[seed] and room.mine[s.home[d.first[d.member[seed, 0]]]]


@compiled
def cut_string(d: Data, s: State, shift: int, unit: int, length: int, split: float, room: Room) -> None:
    """Mark up to `length` units that stand beside a unit on its route, perhaps sparing some in between."""
    line, count, here = room.line, 0, 0
    for i in range(s.size[shift]):
        node = s.routes[shift, i]
        other = d.unit[d.request[node]]
        if d.member[other, 0] != d.request[node] or d.first[d.request[node]] != node:
            continue
        if other == unit:
            here = count
        line[count] = other
        count += 1
    spare = 1 + below(room.chance, 3) if draw(room.chance) < split else 0
    window = min(count, length + spare)
    spare = min(spare, window - 1)
    low = max(0, here - window + 1)
    begin = low + int(draw(room.chance) * (min(here, count - window) - low + 1))
    kept = begin + int(draw(room.chance) * (window - spare + 1))
    for k in range(begin, begin + window):
        if line[k] == unit or not (spare > 0 and kept <= k < kept + spare):
            room.marked[line[k]] = True


@compiled
def take_out(d: Data, s: State, spare: State, room: Room) -> bool:
    """Take the marked units out of all routes and agree times anew; return whether there are any."""
    twice = False
    room.dirty[:] = False
    for unit in range(room.marked.shape[0]):
        if room.marked[unit]:
            s.out[unit] = True
            for k in range(2):
                request = d.member[unit, k]
                if request >= 0:
                    twice = twice or d.crew[request] > 1
                    room.dirty[s.home[d.first[request]]] = True
    tied = False
    for shift in range(s.size.shape[0]):
        if not (room.dirty[shift] or twice) or s.size[shift] == 0:
            continue
        tied = tied or (d.bound_up and tangled(d, s, shift))
        filled = 0
        for i in range(s.size[shift]):
            node = s.routes[shift, i]
            if not room.marked[d.unit[d.request[node]]]:
                s.routes[shift, filled] = node
                filled += 1
        room.dirty[shift] = filled < s.size[shift]
        s.size[shift] = filled
    if tied:
        forget(d, s)
        for shift in range(s.size.shape[0]):
            room.dirty[shift] = room.dirty[shift] or tangled(d, s, shift)
    for shift in range(s.size.shape[0]):  # timing may stop at a route before others
        s.changed[shift] = s.changed[shift] or room.dirty[shift]
    room.saved[:] = True  # what is taken out is not put back from `spare`
    return settle(d, s, spare, room)
