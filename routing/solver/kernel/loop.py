"""Ruin and recreate, annealed."""

from __future__ import annotations

import numpy as np

from routing.solver.kernel.compiled import compiled
from routing.solver.kernel.data import Data, Ints
from routing.solver.kernel.insert import place_unit
from routing.solver.kernel.ruin import ruin, take_out
from routing.solver.kernel.settle import forget, settle
from routing.solver.kernel.state import Room, State, blank, copy_into
from routing.solver.kernel.timing import lateness

BLINK = 0.01


@compiled
def seed_chance(seed: int) -> None:
    """Seed the chance of compiled code."""
    np.random.seed(seed)


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
    if d.weight[8] > 0:
        total += d.weight[8] * latest_of_all(d, s)
    if d.weight[5] > 0:
        for shift in range(s.size.shape[0]):
            if d.group[shift] >= 0:
                most, least, first = work(s, shift), work(s, shift), True
                for other in range(s.size.shape[0]):
                    if d.group[other] == d.group[shift]:
                        first = first and other >= shift
                        most, least = max(most, work(s, other)), min(least, work(s, other))
                if first:
                    total += d.weight[5] * (most - least)
    return total


@compiled
def latest_of_all(d: Data, s: State) -> int:
    """Return the greatest lateness of any stop."""
    worst = 0
    for shift in range(s.size.shape[0]):
        for i in range(s.size[shift]):
            worst = max(worst, lateness(d, s.routes[shift, i], s.begins[shift, i]))
    return worst


@compiled
def work(s: State, shift: int) -> int:
    """Return roughly how long a shift works: from its first stop to its return."""
    return s.begins[shift, s.size[shift]] - s.begins[shift, 0] if s.size[shift] > 0 else 0


@compiled
def recreate(d: Data, s: State, spare: State, keep: State, absent: Ints, room: Room) -> None:
    """Put units back in, in an order drawn anew each time."""
    units = np.flatnonzero(s.out)
    key = np.empty(units.shape[0], np.float64)
    draw = np.random.random()
    for i in range(units.shape[0]):
        unit = units[i]
        node = d.first[d.member[unit, 0]]
        if draw < 0.35:
            key[i] = np.random.random()
        elif draw < 0.55:
            key[i] = d.high[d.domain_at[node + 1] - 1] - d.low[d.domain_at[node]]
        elif draw < 0.7:
            key[i] = d.low[d.domain_at[node]]
        elif draw < 0.85:
            key[i] = -absent[unit] + np.random.random()
        else:
            key[i] = -float(d.duration[node]) + (-4000.0 if d.member[unit, 1] >= 0 else 0.0)
        if draw < 0.9:
            key[i] -= 1e7 * np.floor(np.log10(max(1.0, d.worth[unit])))
    for i in np.argsort(key, kind="mergesort"):
        place_unit(d, s, spare, keep, units[i], BLINK, room)


@compiled
def anneal(d: Data, current: State, best: State, absent: Ints, room: Room, rounds: int, heat: float) -> int:
    """Run `rounds` rounds from `current` at one heat, keeping `best`; return how often the best improved."""
    trial, spare, keep = blank(d), blank(d), blank(d)
    marked, dirty = np.zeros(d.worth.shape[0], np.bool_), np.zeros(current.size.shape[0], np.bool_)
    now, out_now = cost(d, current), left_out(d, current)
    top, out_top = cost(d, best), left_out(d, best)
    improved = 0
    for _ in range(rounds):
        copy_into(current, trial)
        ruin(d, trial, marked)
        dirty[:] = False
        take_out(d, trial, marked, dirty)
        forget(d, trial)
        dirty[:] = True
        if not settle(d, trial, dirty, room):
            continue
        recreate(d, trial, spare, keep, absent, room)
        found, out_found = cost(d, trial), left_out(d, trial)
        absent += trial.out
        threshold = now - heat * np.log(np.random.random())
        fewer = missed(trial, absent) < missed(current, absent)
        if out_found < out_now or (out_found == out_now and (found < threshold or fewer)):
            copy_into(trial, current)
            now, out_now = found, out_found
            if out_now < out_top or (out_now == out_top and now < top - 1e-6):
                copy_into(current, best)
                top, out_top = now, out_now
                improved += 1
    return improved


@compiled
def missed(s: State, absent: Ints) -> int:
    """Return how often the units now left out have been left out before."""
    total = 0
    for unit in range(s.out.shape[0]):
        if s.out[unit]:
            total += absent[unit]
    return total
