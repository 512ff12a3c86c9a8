"""Ruin and recreate: annealed for the points, or counting absences to do with fewer routes."""

from __future__ import annotations

import numpy as np

from routing.solver.kernel.chance import draw
from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.cross import cross, mixed, split, swap
from routing.solver.kernel.data import USED, Data, Ints
from routing.solver.kernel.diary import Diary, write_down
from routing.solver.kernel.insert import place_unit
from routing.solver.kernel.ruin import ruin, take_out
from routing.solver.kernel.state import (
    CHEAPEST,
    DEAREST,
    FORGIVEN,
    NOTED,
    PRICE,
    SINCE_FADED,
    WANTED,
    Room,
    State,
    copy_all,
    copy_changed,
    keep_routes,
)
from routing.solver.kernel.total import cost, left_out

_HARDLY = 1e-6
"""Points by which a better solution is better at least."""

_CROSSED, _LONG = 0.05, 20
"""How often two routes exchange their ends before units are taken out, from how many units per route on: short routes
change wholly anyway, and do worse with it."""

_SPLIT, _SPLIT_LONG, _MANY = 0.1, 0.5, 150
"""How often a route is cut in two where another shift in use costs nothing: far oftener from how many units on, where
routes are long, since opening one then takes more stops than a round moves."""

_SWAPPED = 0.05
"""How often two shifts that are not alike exchange their routes before units are taken out."""

_DEARER, _CHEAPER = 1.002, 0.999
"""How the price of leaving somebody out changes with every round that ends so, and with every other."""

_PATIENCE, _MEMORY = 0.3, 10
"""Rounds per unit of the day after which one left out counts twice, and after which half of that is forgotten."""


@compiled
def recreate(d: Data, s: State, spare: State, keep: State, absent: Ints, room: Room) -> None:
    """Put units back in, in an order drawn anew each time."""
    units = np.flatnonzero(s.out & ~room.idle)
    room.tally[WANTED] = units.shape[0]
    key = np.empty(units.shape[0], np.float64)
    kind = draw(room.chance)
    for i in range(units.shape[0]):
        unit = units[i]
        node = d.first[d.member[unit, 0]]
        lot = draw(room.chance)
        if kind < 0.35:
            key[i] = lot
        elif kind < 0.5:
            key[i] = -d.far[unit]
        elif kind < 0.6:
            key[i] = d.far[unit]
        elif kind < 0.7:
            key[i] = d.shuts[node] - d.opens[node]
        elif kind < 0.8:
            key[i] = d.opens[node]
        elif kind < 0.9:
            key[i] = lot - absent[unit]
        else:
            key[i] = lot - d.bulk[unit]
        if kind < 0.95:
            key[i] -= 1e7 * np.floor(np.log10(max(1.0, d.worth[unit])))
    for i in np.argsort(key, kind="mergesort"):
        place_unit(d, s, spare, keep, units[i], room)


@compiled
def anneal(
    d: Data,
    current: State,
    best: State,
    trial: State,
    spare: State,
    keep: State,
    absent: Ints,
    room: Room,
    diary: Diary,
    top: np.ndarray,
    rounds: int,
    heat: float,
) -> int:
    """Run `rounds` rounds from `current` at one heat, keep `best` and its points `top`; return how often it rose.

    With few vehicles a round often leaves somebody out. Refusing all of these would leave hardly any way from one whole
    solution to another, so they are let through at a price that rises and falls with how often that happens
    (strategic oscillation, Glover 1977; the best solution never leaves out more for it). Where shifts are costly and
    no more may be used, emptying one on the way counts for nothing: it would pay for leaving out everybody on it.
    """
    copy_all(current, trial)
    improved, given_up = 0, left_to_others(d, current, room)
    long = not d.bound_up and d.worth.shape[0] >= _LONG * in_use(current)
    free = not d.bound_up and d.weight[USED] <= 0
    varied = not d.bound_up and mixed(d)
    splits = _SPLIT_LONG if long and d.worth.shape[0] >= _MANY else _SPLIT
    now, out_now = cost(d, current), left_out(d, current)
    less_now = lacking(d, current, absent, room)
    for _ in range(rounds):
        joint = -1
        if long and draw(room.chance) < _CROSSED:
            joint = cross(d, trial, spare, room)
        elif free and draw(room.chance) < splits:
            joint = split(d, trial, spare, room)
        elif varied and draw(room.chance) < _SWAPPED:
            joint = swap(d, trial, spare, room)
        ruin(d, trial, joint, room)
        if not take_out(d, trial, spare, room):
            copy_changed(current, trial)
            continue
        recreate(d, trial, spare, keep, absent, room)
        found, out_found = cost(d, trial), left_out(d, trial)
        less_found = lacking(d, trial, absent, room) if out_found > 0 else 0.0
        threshold = now + room.knobs[PRICE] * (less_now - less_found) - heat * np.log(1.0 - draw(room.chance))
        saved = room.knobs[FORGIVEN] * (in_use(current) - in_use(trial))
        if found + saved < threshold or out_found < top[1]:
            if out_found == top[1] and found < top[0] + room.knobs[NOTED]:
                write_down(d, trial, found + out_found, diary)
            copy_changed(trial, current)
            now, out_now, less_now = found, out_found, less_found
            if out_now < top[1] or (out_now == top[1] and now < top[0] - _HARDLY):
                keep_routes(current, best)
                top[0], top[1] = now, out_now
                improved += 1
        else:
            copy_changed(current, trial)
        wanting = out_now - given_up > top[1]
        if wanting:
            absent += current.out
            less_now = lacking(d, current, absent, room)
        if fade(d, absent, room):
            less_now = lacking(d, current, absent, room)
        reprice(wanting, room)
    return improved


@compiled
def left_to_others(d: Data, s: State, room: Room) -> float:
    """Return the points of those left out whom another search looks after."""
    total = 0.0
    for unit in range(d.worth.shape[0]):
        total += d.worth[unit] if room.idle[unit] and s.out[unit] else 0.0
    return total


@compiled
def fade(d: Data, absent: Ints, room: Room) -> bool:
    """Halve all absences once in a long while; return whether it was time to."""
    room.tally[SINCE_FADED] += 1
    if room.tally[SINCE_FADED] < _MEMORY * d.worth.shape[0]:
        return False
    room.tally[SINCE_FADED] = 0
    absent //= 2
    return True


@compiled
def reprice(wanting: bool, room: Room) -> None:
    """Make leaving somebody out dearer after a round that ended so, and cheaper after any other."""
    if wanting:
        room.knobs[PRICE] = min(room.knobs[DEAREST], room.knobs[PRICE] * _DEARER)
    else:
        room.knobs[PRICE] = max(room.knobs[CHEAPEST], room.knobs[PRICE] * _CHEAPER)


@compiled
def in_use(s: State) -> int:
    """Return how many routes serve anybody."""
    total = 0
    for shift in range(s.size.shape[0]):
        total += s.size[shift] > 0
    return total


@compiled
def lacking(d: Data, s: State, absent: Ints, room: Room) -> float:
    """Return how much is left out: urgent units count more, and the more so the longer they have been left out."""
    total, patience = 0.0, _PATIENCE * d.worth.shape[0]
    for unit in range(s.out.shape[0]):
        if s.out[unit] and not room.idle[unit]:
            total += d.rank[unit] * (1.0 + absent[unit] / patience)
    return total


@compiled
def missed(s: State, absent: Ints) -> int:
    """Return how often the units now left out have been left out before."""
    total = 0
    for unit in range(s.out.shape[0]):
        if s.out[unit]:
            total += absent[unit]
    return total


@compiled
def close_one(d: Data, s: State, spare: State, absent: Ints, room: Room) -> bool:
    """Empty the route whose units were left out least often and open no other; return whether the rest has times."""
    fewest, chosen = 1 << 60, -1
    for shift in range(s.size.shape[0]):
        room.open[shift] = False
        if s.size[shift] == 0:
            continue
        total = 0
        for i in range(s.size[shift]):
            total += absent[d.unit[d.request[s.routes[shift, i]]]]
        if total < fewest:
            fewest, chosen = total, shift
    room.marked[:] = False
    for i in range(s.size[chosen]):
        room.marked[d.unit[d.request[s.routes[chosen, i]]]] = True
    return take_out(d, s, spare, room)


@compiled
def reduce(
    d: Data,
    current: State,
    best: State,
    trial: State,
    spare: State,
    keep: State,
    absent: Ints,
    room: Room,
    top: np.ndarray,
    rounds: int,
    heat: float,
) -> int:
    """Run `rounds` rounds that try to serve everybody on fewer routes; return how often that came off.

    Units left out are remembered, and a solution is taken whose absent units were absent less often before
    (Nagata & Bräysy 2009; Christiaens & Vanden Berghe 2020), at most one more of them at a time: otherwise many easy
    ones pile up. `current` may end incomplete.
    """
    improved = 0
    if not current.out.any() and not close_one(d, current, spare, absent, room):
        return 0
    current.changed[:] = False
    copy_all(current, trial)
    now = cost(d, current)
    for _ in range(rounds):
        ruin(d, trial, -1, room)
        if not take_out(d, trial, spare, room):
            copy_changed(current, trial)
            continue
        recreate(d, trial, spare, keep, absent, room)
        found, more = cost(d, trial), trial.out.sum() - current.out.sum()
        fewer = more <= 1 and missed(trial, absent) < missed(current, absent)
        level = more <= 0 and found < now - heat * np.log(1.0 - draw(room.chance))
        absent += trial.out
        if not trial.out.any():
            copy_changed(trial, current)
            keep_routes(current, best)
            top[0], top[1] = found, 0.0
            improved += 1
            if not close_one(d, current, spare, absent, room):
                return improved
            copy_changed(current, trial)
            now = cost(d, current)
        elif fewer or level:
            copy_changed(trial, current)
            now = found
        else:
            copy_changed(current, trial)
    return improved
