"""Test exactly whether routes that depend on each other have a common timetable.

Which times the order of stops and the place of breaks leave is for `routing.solver.clock`. Here breaks are placed by
depth-first search over the gaps between stops, and shifts that share a worker or a vehicle are put in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from routing.problem import Break
from routing.solver.carers import one_for_both
from routing.solver.chains import Chain, chain, pause_gaps
from routing.solver.clock import Clock, Order, put
from routing.solver.elements import Placement, Placements, Routes, Sequence
from routing.solver.instance import KEPT, Instance
from routing.solver.slack import Slack, slack

_PAIRS = 4
"""How many pairs of shifts that share a worker or a vehicle are tried in both orders."""

_TRIALS = 150
"""How many placements of breaks are tried before a group of routes counts as not to be timed, at the least."""

_DEEPEST = 200
"""How many routes may be gone back to: of more, the first keep the breaks that they got first."""

_TRIALS_EACH = 3
"""The same for each route of a large group."""


def timetable_exists(instance: Instance, routes: Routes, shifts: Iterable[int]) -> bool:
    """Tell whether a common timetable is found for the routes of `shifts` and all that depend on them."""
    return earliest_clock(instance, routes, dependent(instance, routes, shifts)) is not None


@dataclass(frozen=True, kw_only=True)
class Timing:
    """Chains with their breaks placed, and the earliest time of each (shift, event)."""

    chains: tuple[Chain, ...]
    times: Mapping[tuple[int, int], int]

    def of(self, c: Chain) -> list[int]:
        """Return the times of a chain's events in order."""
        return [self.times[c.shift, position] for position in range(len(c.events))]


def earliest(instance: Instance, routes: Routes, shifts: Iterable[int]) -> Timing | None:
    """Return the earliest timetable of the routes of `shifts` and of every route that depends on them.

    None where there is none, where one carer would make two visits that ask for two, or where none was found within
    `_TRIALS` placements of breaks.
    """
    return earliest_of_group(instance, routes, dependent(instance, routes, shifts))


def earliest_of_group(instance: Instance, routes: Routes, group: Iterable[int]) -> Timing | None:
    """Return the earliest timetable of the routes of a group that depends on no others, or None."""
    clock = earliest_clock(instance, routes, group)
    if clock is None:
        return None
    times = {(shift, position): time for shift, own in clock.times.items() for position, time in enumerate(own)}
    return Timing(chains=tuple(clock.chains[shift] for shift in sorted(clock.chains)), times=times)


def earliest_clock(instance: Instance, routes: Routes, shifts: Iterable[int]) -> Clock | None:
    """Return the earliest timetable of the routes of `shifts`, which depend on no others, or None."""
    group = sorted(shift for shift in shifts if routes[shift])
    if one_for_both(instance, routes, group):
        return None
    for order in _orders(instance, routes, group):
        clock = _with_breaks(instance, routes, group, order)
        if clock is not None:
            return clock
    return None


def _orders(instance: Instance, routes: Routes, group: list[int]) -> Iterator[Order]:
    """Yield who comes first of each two shifts that share a worker or a vehicle, likely orders first."""
    pairs = [pair for pair in shared(instance) if set(pair) <= set(group)]
    alone = _without_breaks(instance, routes, group, ()) if pairs else None
    if not pairs or alone is None:
        yield from [()] if not pairs else []
        return
    leaves = {shift: times[1] for shift, times in alone.times.items()}
    likely = [(a, b) if leaves[a] <= leaves[b] else (b, a) for a, b in pairs]
    for flips in sorted(product((False, True), repeat=min(len(likely), _PAIRS)), key=sum):
        turned = [*flips, *[False] * (len(likely) - len(flips))]
        yield tuple((b, a) if turn else (a, b) for (a, b), turn in zip(likely, turned, strict=True))


def _without_breaks(instance: Instance, routes: Routes, group: list[int], order: Order) -> Clock | None:
    made = {shift: chain(instance, shift, routes[shift]) for shift in group}
    known = {shift: c for shift, c in made.items() if c is not None}
    breakless = [shift for shift in group if not instance.breaks(shift)]
    return put(instance, Clock(order=order), known, decided=breakless) if len(known) == len(made) else None


def _with_breaks(instance: Instance, routes: Routes, group: list[int], order: Order) -> Clock | None:
    bare = _without_breaks(instance, routes, group, order)
    if bare is None:
        return None
    trials = max(_TRIALS, _TRIALS_EACH * len(group))
    clock = place_breaks(instance, _as_last_time(instance, routes, bare), [trials // 5])
    clock = clock or place_breaks(instance, bare, [trials])
    if clock is not None:
        remember(instance, clock, group)
    return clock


def _as_last_time(instance: Instance, routes: Routes, bare: Clock) -> Clock | None:
    """Return the clock with the breaks where they found room when a route was last timed, if any was."""
    known = {shift: instance.rests.get((shift, routes[shift])) for shift in bare.chains}
    made = {s: chain(instance, s, routes[s], placed) for s, placed in known.items() if placed is not None}
    chains = {shift: c for shift, c in made.items() if c is not None}
    return put(instance, bare, chains, decided=chains) if chains else bare


def remember(instance: Instance, clock: Clock, shifts: Iterable[int]) -> None:
    """Note where the breaks of some routes found room."""
    if len(instance.rests) > KEPT:
        instance.rests = {}
    for c in (clock.chains[shift] for shift in shifts):
        if c.placements:
            instance.rests[c.shift, c.sequence] = c.placements


def place_breaks(
    instance: Instance, clock: Clock | None, trials: list[int], stuck: set[int] | None = None
) -> Clock | None:
    """Place the breaks of one route after the other; `trials` counts down how many placements may be tried yet.

    `stuck` takes the shifts on which placements failed.
    """
    while clock is not None and len(clock.chains) - len(clock.decided) > _DEEPEST:
        clock = next(_with_one_placed(instance, clock, stuck), None)
    trials[0] -= 1
    if clock is None or trials[0] < 0 or len(clock.decided) == len(clock.chains):
        return clock if trials[0] >= 0 else None
    for placed in _with_one_placed(instance, clock, stuck, trials):
        found = place_breaks(instance, placed, trials, stuck)
        if found is not None or trials[0] < 0:
            return found
    return None


def _with_one_placed(
    instance: Instance, clock: Clock, stuck: set[int] | None, trials: list[int] | None = None
) -> Iterator[Clock]:
    """Yield the clock with the breaks of its first undecided route placed; what cannot be timed counts as a trial."""
    shift = min(shift for shift in clock.chains if shift not in clock.decided)
    sequence = clock.chains[shift].sequence
    for placements in _choices(instance, shift, sequence, clock.times[shift]):
        made = chain(instance, shift, sequence, placements)
        placed = put(instance, clock, {shift: made}, decided=[shift], stuck=stuck) if made is not None else None
        if placed is not None:
            yield placed
        elif trials is not None:
            trials[0] -= 1
            if trials[0] < 0:
                return


def _choices(instance: Instance, shift: int, sequence: Sequence, starts: list[int]) -> Iterator[Placements]:
    """Yield the placements of one route's breaks that its bounds allow, likely ones first."""
    bounds = slack(instance, shift, sequence)
    if bounds is None:
        return
    options: list[list[Placement | None]] = []
    for pause in instance.breaks(shift):
        spots = sorted(_spots(instance, bounds, sequence, starts, pause))
        taken: list[Placement | None] = [placement for _, placement in spots]
        short = starts[-1] - starts[0] <= pause.required_after
        options.append([None, *taken] if short else [*taken, None])
    ranks = product(*(range(len(choices)) for choices in options))
    for rank in sorted(ranks, key=lambda rank: (sum(rank), rank)):
        yield tuple(choices[position] for choices, position in zip(options, rank, strict=True))


def _spots(
    instance: Instance, bounds: Slack, sequence: Sequence, starts: list[int], pause: Break
) -> Iterator[tuple[int, Placement]]:
    """Yield (seconds lost before the break may begin, placement) where a break fits between its neighbours."""
    for gap in pause_gaps(instance, sequence):
        (here, _), (there, latest) = bounds.before[gap], bounds.after[gap]
        passage = instance.passage(bounds.data.index, here, there)
        ready = starts[gap] + (instance.nodes[sequence[gap - 1]].duration if gap else 0)
        arrived = passage.arrive(ready) if passage else None
        if passage is None or arrived is None:
            continue
        begin = max(ready, pause.window.earliest)
        onward = passage.arrive(begin + pause.duration)
        if begin <= pause.window.latest and onward is not None and onward <= latest:
            yield begin - ready, Placement(gap=gap, arrived=False)
        begin = max(arrived, pause.window.earliest)
        if begin <= pause.window.latest and begin + pause.duration <= latest:
            yield begin - arrived, Placement(gap=gap, arrived=True)


def dependent(instance: Instance, routes: Routes, shifts: Iterable[int]) -> frozenset[int]:
    """Return the shifts whose times depend on those of `shifts`, themselves included."""
    return _reached(neighbours(instance, routes), shifts)


def groups(instance: Instance, routes: Routes) -> Iterator[list[int]]:
    """Yield the used shifts in groups that do not depend on each other."""
    near = neighbours(instance, routes)
    left = {shift for shift, sequence in enumerate(routes) if sequence}
    while left:
        group = _reached(near, [min(left)])
        left -= group
        yield sorted(group)


def neighbours(instance: Instance, routes: Routes) -> dict[int, set[int]]:
    """Return, per used shift that crews, links, gaps, a worker or a vehicle tie to others, those others."""
    homes: dict[int, set[int]] = {}
    for shift, sequence in enumerate(routes):
        for index in instance.tied.keys() & sequence if sequence else ():
            homes.setdefault(index, set()).add(shift)
    near: dict[int, set[int]] = {}
    for index, own in homes.items():
        reached = {home for node in instance.tied[index] for home in homes.get(node, ())}
        for shift in own if reached else ():
            near.setdefault(shift, set()).update(reached)
    for a, b in shared(instance):
        if routes[a] and routes[b]:
            near.setdefault(a, set()).add(b)
            near.setdefault(b, set()).add(a)
    return near


def _reached(near: Mapping[int, set[int]], shifts: Iterable[int]) -> frozenset[int]:
    reached = set(shifts)
    fresh = list(reached)
    while fresh:
        others = near.get(fresh.pop(), set()) - reached
        reached |= others
        fresh += others
    return frozenset(reached)


def shared(instance: Instance) -> tuple[tuple[int, int], ...]:
    """Return the pairs of shifts that share a worker or a vehicle, the one that is ready earlier first."""
    return instance.shared
