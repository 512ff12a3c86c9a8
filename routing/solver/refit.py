"""Test quickly whether a few changed routes have a timetable beside all others.

The earliest times of the routes as they were are kept; what changes pushes a few of them up. Routes on which that fails
may move their breaks. Where that is not enough, a small day is timed afresh and a large one counts as full.
"""

from __future__ import annotations

from collections.abc import Sequence as Listed

from routing.solver.chains import chain
from routing.solver.clock import Clock, put
from routing.solver.earliest import dependent, earliest_clock, groups, place_breaks, remember, shared
from routing.solver.elements import Routes, Sequence
from routing.solver.instance import Instance

_KEPT = 4
"""How many clocks are kept: of the routes that are being added to, and of what was last added."""

_SMALL = 12
"""How many routes are timed afresh where all else fails."""

_MOVING = 5
"""How many routes may move their breaks otherwise."""

_TRIALS = 40
"""How many placements of breaks of the changed routes are tried."""


def fits(instance: Instance, routes: Routes, changes: Listed[tuple[int, Sequence]]) -> bool:
    """Tell whether the routes have a common timetable once some of them got stops more, as `changes` say."""
    changed = dict(changes)
    after = tuple(changed.get(shift, sequence) for shift, sequence in enumerate(routes))
    base = None if _joins_partner(instance, routes, changed) else clock_of(instance, routes)
    if base is not None:
        clock = _making_way(instance, base, changed)
        if clock is not None:
            _keep(instance, after, clock)
            return True
        if len(base.chains) > _SMALL:
            return False
    if _refitted(instance, Clock(), changed, set()) is None:
        return False
    return earliest_clock(instance, after, dependent(instance, after, changed)) is not None


def _making_way(instance: Instance, base: Clock, changed: dict[int, Sequence]) -> Clock | None:
    """Return the clock with some routes changed; where that fails on others, they may move their breaks too."""
    while True:
        stuck: set[int] = set()
        clock = _refitted(instance, base, changed, stuck)
        others = sorted(shift for shift in stuck - changed.keys() if instance.breaks(shift))
        if clock is not None or not others or len(changed) + len(others) > _MOVING:
            return clock
        changed = {**changed, **{shift: base.chains[shift].sequence for shift in others}}


def clock_of(instance: Instance, routes: Routes) -> Clock | None:
    """Return the earliest times of all routes, or None where none are found."""
    for known, clock in reversed(instance.clocks):
        if known == routes:
            return clock
    found: Clock | None = Clock()
    stale = {shift for shift, sequence in enumerate(routes) if sequence}
    for known, clock in reversed(instance.clocks[-1:]):
        if clock is not None:
            moved = [shift for shift, sequence in enumerate(routes) if known[shift] != sequence]
            touched = dependent(instance, known, moved) | dependent(instance, routes, moved)
            found, stale = clock.without(touched), stale & touched
    for group in groups(instance, routes):
        if found is not None and not stale.isdisjoint(group):
            found = _side_by_side(found, earliest_clock(instance, routes, group))
    _keep(instance, routes, found)
    return found


def _keep(instance: Instance, routes: Routes, clock: Clock | None) -> None:
    instance.clocks = (*instance.clocks[1 - _KEPT :], (routes, clock))


def _side_by_side(one: Clock, other: Clock | None) -> Clock | None:
    """Return the clock of routes that do not depend on each other."""
    if other is None:
        return None
    return Clock(
        order=tuple(dict.fromkeys((*one.order, *other.order))),
        chains={**one.chains, **other.chains},
        times={**one.times, **other.times},
        spots={**one.spots, **other.spots},
        decided=one.decided | other.decided,
    )


def _refitted(instance: Instance, base: Clock, changed: dict[int, Sequence], stuck: set[int]) -> Clock | None:
    """Return the clock with some routes changed and their breaks placed anew, all other breaks where they are."""
    made = {shift: chain(instance, shift, sequence) for shift, sequence in changed.items()}
    chains = {shift: c for shift, c in made.items() if c is not None}
    if len(chains) < len(made):
        return None
    breakless = [shift for shift in chains if not instance.breaks(shift)]
    bare = put(instance, base, chains, decided=breakless, stuck=stuck)
    clock = place_breaks(instance, bare, [_TRIALS], stuck)
    if clock is not None:
        remember(instance, clock, changed)
    return clock


def _joins_partner(instance: Instance, routes: Routes, changed: dict[int, Sequence]) -> bool:
    """Tell whether a shift is used that was not, beside another that shares its worker or its vehicle."""
    fresh = {shift for shift in changed if not routes[shift]}
    used = fresh | {shift for shift, sequence in enumerate(routes) if sequence} if fresh else fresh
    return bool(fresh) and any(a in used and b in used and fresh & {a, b} for a, b in shared(instance))
