"""Test exactly whether routes that depend on each other have a common timetable.

With the order of stops and the place of breaks given, every rule about time has the form "this begins at the earliest
so long after that": driving, service, ferries, crews that begin together, gaps, ride limits, the length of a shift.
Such a system has a least solution, found by pushing times up until nothing moves (Dechter, Meiri & Pearl 1991, simple
temporal networks; windows with holes and timetables stay exact, since both only push times up, monotonely). Breaks are
placed by depth-first search over the gaps between stops.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import TypeAlias

from routing.problem import Break, Waiting
from routing.solver.carers import one_for_both
from routing.solver.elements import Interval, Passage, Placement, Placements, Routes, Sequence
from routing.solver.instance import Instance
from routing.solver.slack import Slack, slack

_ROUNDS = 400
"""How often one time may be pushed up before the system counts as circular, that is infeasible."""


Order: TypeAlias = tuple[tuple[int, int], ...]
"""Pairs of shifts of which the first returns before the second leaves."""

_PAIRS = 4
"""How many pairs of shifts that share a worker or a vehicle are tried in both orders."""

_TRIALS = 150
"""How many placements of breaks are tried before a group of routes counts as not to be timed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """A moment whose time is sought: something that begins at `place` and lasts `duration`."""

    place: int
    duration: int
    domain: tuple[Interval, ...]
    node: int = -1
    pause: Break | None = None


@dataclass(frozen=True, kw_only=True)
class Chain:
    """The events of one route in order: leaving, stops and breaks, return."""

    shift: int
    events: tuple[Event, ...]
    passages: tuple[Passage, ...]
    placements: Placements


@dataclass(kw_only=True)
class _Net:
    """Times and the rules that push them up: `after[i]` holds (j, lag): event j begins at least `lag` after event i."""

    domains: list[tuple[Interval, ...]] = field(default_factory=list)
    after: list[list[tuple[int, int]]] = field(default_factory=list)
    rides: list[list[tuple[int, int, Passage]]] = field(default_factory=list)

    def add(self, domain: tuple[Interval, ...]) -> int:
        self.domains.append(domain)
        self.after.append([])
        self.rides.append([])
        return len(self.domains) - 1

    def solve(self) -> list[int] | None:
        """Return the least times, or None where there are none."""
        times = [domain[0][0] for domain in self.domains]
        pushed = [0] * len(times)
        queue = deque(range(len(times)))
        waiting = [True] * len(times)
        while queue:
            i = queue.popleft()
            waiting[i] = False
            bounds = [(j, times[i] + lag) for j, lag in self.after[i]]
            for j, lag, passage in self.rides[i]:
                arrived = passage.arrive(times[i] + lag)
                if arrived is None:
                    return None
                bounds.append((j, arrived))
            for j, bound in bounds:
                if bound <= times[j]:
                    continue
                start = _first(self.domains[j], bound)
                pushed[j] += 1
                if start is None or pushed[j] > _ROUNDS:
                    return None
                times[j] = start
                if not waiting[j]:
                    waiting[j] = True
                    queue.append(j)
        return times


def _first(domain: tuple[Interval, ...], ready: int) -> int | None:
    for low, high in domain:
        if ready <= high:
            return max(ready, low)
    return None


def chain(instance: Instance, shift: int, sequence: Sequence, placements: Placements = ()) -> Chain | None:
    """Return the events of a route with its breaks placed, or None where a leg cannot be driven.

    `placements` hold one entry per break of the shift, None where it is not taken.
    """
    data = instance.shifts[shift]
    whole = ((data.shift.earliest, data.hard_end),)
    events = [Event(place=data.start, duration=0, domain=whole)]
    stops = [
        Event(place=node.place, duration=node.duration, domain=node.domain, node=index)
        for index in sequence
        for node in (instance.nodes[index],)
    ]
    stops.append(Event(place=data.end, duration=0, domain=whole))
    for gap, stop in enumerate(stops):
        due = [
            (p, b) for p, b in zip(placements, instance.breaks(shift), strict=False) if p is not None and p.gap == gap
        ]
        for placed, pause in sorted(due, key=lambda item: (item[0].arrived, item[1].window)):
            place = stop.place if placed.arrived else events[-1].place
            window = ((pause.window.earliest, pause.window.latest),)
            events.append(Event(place=place, duration=pause.duration, domain=window, pause=pause))
        events.append(stop)
    passages = [instance.passage(shift, a.place, b.place) for a, b in pairwise(events)]
    if any(passage is None for passage in passages):
        return None
    known = tuple(passage for passage in passages if passage is not None)
    return Chain(shift=shift, events=tuple(events), passages=known, placements=placements)


def pause_gaps(instance: Instance, sequence: Sequence) -> tuple[int, ...]:
    """Return the gaps of a sequence in which nobody is aboard and no carer stays with her client."""
    free, aboard = [], 0
    for gap in range(len(sequence) + 1):
        if aboard == 0:
            free.append(gap)
        if gap < len(sequence):
            node = instance.nodes[sequence[gap]]
            link = instance.link_of.get(node.request)
            stays = link is not None and link.waiting is Waiting.STAYS
            if node.is_pickup:
                aboard += not (stays and link is not None and instance.requests[node.request].id == link.inbound)
            elif not node.is_visit:
                aboard -= not (stays and link is not None and instance.requests[node.request].id == link.outbound)
    return tuple(free)


def timetable_exists(instance: Instance, routes: Routes, shifts: Iterable[int]) -> bool:
    """Tell whether a common timetable is found for the routes of `shifts` and all that depend on them."""
    return earliest(instance, routes, shifts) is not None


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
    group = sorted(shift for shift in dependent(instance, routes, shifts) if routes[shift])
    if one_for_both(instance, routes, group):
        return None
    for order in _orders(instance, routes, group):
        timing = _with_breaks(instance, routes, group, order)
        if timing is not None:
            return timing
    return None


def _orders(instance: Instance, routes: Routes, group: list[int]) -> Iterator[Order]:
    """Yield who comes first of each two shifts that share a worker or a vehicle, likely orders first."""
    pairs = [pair for pair in shared(instance) if set(pair) <= set(group)]
    alone = _timing(instance, routes, group, {}, ()) if pairs else None
    if not pairs or alone is None:
        yield from [()] if not pairs else []
        return
    leaves = {c.shift: alone.times[c.shift, 1] for c in alone.chains}
    likely = [(a, b) if leaves[a] <= leaves[b] else (b, a) for a, b in pairs]
    for flips in sorted(product((False, True), repeat=min(len(likely), _PAIRS)), key=sum):
        turned = [*flips, *[False] * (len(likely) - len(flips))]
        yield tuple((b, a) if turn else (a, b) for (a, b), turn in zip(likely, turned, strict=True))


def _with_breaks(instance: Instance, routes: Routes, group: list[int], order: Order) -> Timing | None:
    if _timing(instance, routes, group, {}, order) is None:
        return None
    known = {shift: found for shift in group if (found := instance.rests.get((shift, routes[shift]))) is not None}
    timing = _place_breaks(instance, routes, group, order, known, [_TRIALS // 5])
    timing = timing or _place_breaks(instance, routes, group, order, {}, [_TRIALS])
    if timing is not None:
        instance.rests.update({(c.shift, routes[c.shift]): c.placements for c in timing.chains if c.placements})
    return timing


def _place_breaks(
    instance: Instance,
    routes: Routes,
    group: list[int],
    order: Order,
    chosen: dict[int, Placements],
    trials: list[int],
) -> Timing | None:
    """Place the breaks of one route after the other; undecided ones take part without breaks, a lower bound."""
    trials[0] -= 1
    timing = _timing(instance, routes, group, chosen, order) if trials[0] >= 0 else None
    undecided = [shift for shift in group if shift not in chosen and instance.breaks(shift)]
    if timing is None or not undecided:
        return timing
    shift = undecided[0]
    starts = next(timing.of(c) for c in timing.chains if c.shift == shift)
    for placements in _choices(instance, shift, routes[shift], starts):
        found = _place_breaks(instance, routes, group, order, {**chosen, shift: placements}, trials)
        if found is not None or trials[0] < 0:
            return found
    return None


def _timing(
    instance: Instance, routes: Routes, group: list[int], chosen: Mapping[int, Placements], order: Order
) -> Timing | None:
    chains = []
    for shift in group:
        made = chain(instance, shift, routes[shift], chosen.get(shift, ()))
        if made is None:
            return None
        chains.append(made)
    times = _times(instance, chains, decided=chosen, order=order)
    return None if times is None else Timing(chains=tuple(chains), times=times)


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
    home: dict[int, set[int]] = {}
    for shift, sequence in enumerate(routes):
        for index in sequence:
            home.setdefault(instance.nodes[index].request, set()).add(shift)
    ties = [shifts_of for request, shifts_of in home.items() if instance.crew[request] > 1]
    ties += [home[out] | home[back] for _, out, back in instance.links if out in home and back in home]
    for _, first, second in instance.gaps:
        a, b = instance.nodes[first].request, instance.nodes[second].request
        if a in home and b in home:
            ties.append(home[a] | home[b])
    ties += [set(pair) for pair in shared(instance) if all(routes[shift] for shift in pair)]
    reached = set(shifts)
    grown = True
    while grown:
        fresh = {shift for tie in ties if tie & reached for shift in tie} - reached
        grown = bool(fresh)
        reached |= fresh
    return frozenset(reached)


def shared(instance: Instance) -> tuple[tuple[int, int], ...]:
    """Return the pairs of shifts that share a worker or a vehicle, the one that is ready earlier first."""
    order = sorted(instance.shifts, key=lambda data: (data.shift.earliest, data.shift.latest, data.index))
    return tuple(
        (a.index, b.index)
        for position, a in enumerate(order)
        for b in order[position + 1 :]
        if a.shift.worker == b.shift.worker or a.shift.vehicle == b.shift.vehicle
    )


def _times(
    instance: Instance, chains: list[Chain], *, decided: Mapping[int, object], order: Order
) -> Mapping[tuple[int, int], int] | None:
    """Return the least time of each (shift, event), or None where there is none."""
    net = _Net()
    events: dict[tuple[int, int], int] = {}
    at: dict[int, list[tuple[int, int]]] = {}
    for c in chains:
        for position, event in enumerate(c.events):
            variable = net.add(event.domain)
            events[c.shift, position] = variable
            if event.node >= 0:
                at.setdefault(event.node, []).append((c.shift, variable))
        _add_chain(instance, net, c, events, decided=c.shift in decided)
    _add_ties(instance, net, at)
    last = {c.shift: len(c.events) - 1 for c in chains}
    for a, b in order:
        net.after[events[a, last[a]]].append((events[b, 0], 0))
    times = net.solve()
    return None if times is None else {key: times[variable] for key, variable in events.items()}


def _add_chain(instance: Instance, net: _Net, c: Chain, events: dict[tuple[int, int], int], *, decided: bool) -> None:
    for position, passage in enumerate(c.passages):
        before, after = events[c.shift, position], events[c.shift, position + 1]
        lag = c.events[position].duration
        if passage.ferry is None:
            net.after[before].append((after, lag + passage.before))
        else:
            net.rides[before].append((after, lag, passage))
    start, end = events[c.shift, 0], events[c.shift, len(c.events) - 1]
    longest = instance.shifts[c.shift].shift.max_duration
    limits = [] if longest is None else [longest]
    if decided:
        pauses = zip(c.placements, instance.breaks(c.shift), strict=True)
        limits += [pause.required_after for placed, pause in pauses if placed is None]
    if limits:
        net.after[end].append((start, -min(limits)))


def _add_ties(instance: Instance, net: _Net, at: dict[int, list[tuple[int, int]]]) -> None:
    for places in at.values():
        for (_, a), (_, b) in pairwise(places):
            net.after[a].append((b, 0))
            net.after[b].append((a, 0))
    _add_ride_limits(instance, net, at)
    for link, outbound, inbound in instance.links:
        dropped, collected = instance.nodes_of_request[outbound][1], instance.nodes_of_request[inbound][0]
        if dropped in at and collected in at:
            lag = instance.nodes[dropped].duration + link.minimum_stay
            net.after[at[dropped][0][1]].append((at[collected][0][1], lag))
    for gap, first, second in instance.gaps:
        if first in at and second in at:
            a, b, length = at[first][0][1], at[second][0][1], instance.nodes[first].duration
            net.after[a].append((b, length + gap.minimum))
            if gap.maximum is not None:
                net.after[b].append((a, -(length + gap.maximum)))


def _add_ride_limits(instance: Instance, net: _Net, at: dict[int, list[tuple[int, int]]]) -> None:
    for node, ((shift, pickup), *_) in at.items():
        here = instance.nodes[node]
        if here.is_pickup and here.partner in at:
            limit = instance.ride_limit(here.request, shift)
            if limit is not None:
                net.after[at[here.partner][0][1]].append((pickup, -(limit + here.duration)))
