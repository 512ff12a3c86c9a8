"""The least times of routes whose order and breaks are given, and how they move when some routes change.

Every rule about time has the form "this begins at the earliest so long after that": driving, service, ferries, crews
that begin together, gaps, ride limits, the length of a shift. Such a system has a least solution, found by pushing
times up until nothing moves (Dechter, Meiri & Pearl 1991, simple temporal networks; windows with holes and timetables
stay exact, since both only push times up, monotonely). A change of few routes pushes little, however many there are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from routing.solver.chains import Chain
from routing.solver.elements import Interval
from routing.solver.instance import Instance

Order: TypeAlias = tuple[tuple[int, int], ...]
"""Pairs of shifts of which the first returns before the second leaves."""

Spot: TypeAlias = tuple[int, int]
"""An event: its shift and its position on the chain."""

_ROUNDS = 400
"""How often one time may be pushed up before the system counts as circular, that is infeasible."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Clock:
    """Routes as chains and the least time of each of their events.

    `decided` are the shifts whose breaks have their places; the others take part without breaks, a lower bound.
    `spots` says which events serve a node: one, or as many as a visit's crew.
    """

    order: Order = ()
    chains: Mapping[int, Chain] = field(default_factory=dict)
    times: Mapping[int, list[int]] = field(default_factory=dict)
    spots: Mapping[int, tuple[Spot, ...]] = field(default_factory=dict)
    decided: frozenset[int] = frozenset()

    def without(self, shifts: Collection[int]) -> Clock:
        """Return the clock of the other shifts; their times stand, though nothing may push them any more."""
        return Clock(
            order=self.order,
            chains={shift: c for shift, c in self.chains.items() if shift not in shifts},
            times={shift: times for shift, times in self.times.items() if shift not in shifts},
            spots=_left(self.spots, [self.chains[shift] for shift in shifts if shift in self.chains]),
            decided=self.decided - frozenset(shifts),
        )


def put(
    instance: Instance,
    clock: Clock,
    chains: Mapping[int, Chain],
    *,
    decided: Collection[int],
    stuck: set[int] | None = None,
) -> Clock | None:
    """Return the clock with the chains of some shifts set anew, or None where there are no such times.

    Exact where what changes can only push times up: routes that are new, get a stop or a break. `stuck` takes the
    shift on which it failed.
    """
    pushing = _Pushing(
        instance=instance,
        order=clock.order,
        chains={**clock.chains, **chains},
        times={**clock.times, **{s: [event.domain[0][0] for event in c.events] for s, c in chains.items()}},
        spots=_joined(_left(clock.spots, [clock.chains[s] for s in chains if s in clock.chains]), chains),
        own=set(chains),
        decided=(clock.decided - chains.keys()) | frozenset(decided),
    )
    failed = pushing.settle()
    if failed is not None and stuck is not None:
        stuck.add(failed)
    return pushing.result() if failed is None else None


def _left(spots: Mapping[int, tuple[Spot, ...]], gone: Collection[Chain]) -> dict[int, tuple[Spot, ...]]:
    left = dict(spots)
    for c in gone:
        for event in c.events:
            if event.node >= 0:
                others = tuple(spot for spot in left.pop(event.node, ()) if spot[0] != c.shift)
                left.update({event.node: others} if others else {})
    return left


def _joined(spots: dict[int, tuple[Spot, ...]], chains: Mapping[int, Chain]) -> dict[int, tuple[Spot, ...]]:
    for shift, c in chains.items():
        for position, event in enumerate(c.events):
            if event.node >= 0:
                spots[event.node] = (*spots.get(event.node, ()), (shift, position))
    return spots


@dataclass(kw_only=True)
class _Pushing:
    """Times on their way up. The lists of `own` shifts are this clock's alone, others are copied before they change."""

    instance: Instance
    order: Order
    chains: dict[int, Chain]
    times: dict[int, list[int]]
    spots: dict[int, tuple[Spot, ...]]
    own: set[int]
    decided: frozenset[int]

    def result(self) -> Clock:
        return Clock(order=self.order, chains=self.chains, times=self.times, spots=self.spots, decided=self.decided)

    def settle(self) -> int | None:
        """Push until nothing moves; return the shift of which a time leaves its domain, or None where none does."""
        queue = deque([*self._beginning(), *((s, p) for s in sorted(self.own) for p in range(len(self.times[s])))])
        waiting, pushed = set(queue), dict[Spot, int]()
        while queue:
            spot = queue.popleft()
            waiting.discard(spot)
            for target, bound in self._bounds(*spot):
                shift, position = target
                if bound is None:
                    return shift
                if bound <= self.times[shift][position]:
                    continue
                start = _first(self.chains[shift].events[position].domain, bound)
                pushed[target] = pushed.get(target, 0) + 1
                if start is None or pushed[target] > _ROUNDS:
                    return shift
                self._move(shift, position, start)
                if target not in waiting:
                    waiting.add(target)
                    queue.append(target)
        return None

    def _move(self, shift: int, position: int, start: int) -> None:
        if shift not in self.own:
            self.own.add(shift)
            self.times[shift] = list(self.times[shift])
        self.times[shift][position] = start

    def _beginning(self) -> Iterator[Spot]:
        """Yield the events of unchanged routes that push events of the changed ones."""
        for shift in sorted(self.own):
            for event in self.chains[shift].events:
                for node in (event.node, *self.instance.before.get(event.node, ())) if event.node >= 0 else ():
                    yield from (spot for spot in self.spots.get(node, ()) if spot[0] not in self.own)
        for a, b in self.order:
            if b in self.own and a in self.chains and a not in self.own:
                yield a, len(self.times[a]) - 1

    def _bounds(self, shift: int, position: int) -> Iterator[tuple[Spot, int | None]]:
        """Yield what an event pushes: (other event, the time before which it cannot be; None for never)."""
        c, now = self.chains[shift], self.times[shift][position]
        event, last = c.events[position], len(c.events) - 1
        if position < last:
            yield (shift, position + 1), c.passages[position].arrive(now + event.duration)
        else:
            yield from self._closing(c, now)
        if event.node >= 0:
            yield from tie_bounds(self.instance, self.spots, event.node, shift, now)
            yield from ride_bounds(self.instance, self.spots, event.node, shift, now)

    def _closing(self, c: Chain, now: int) -> Iterator[tuple[Spot, int]]:
        longest = self.instance.shifts[c.shift].shift.max_duration
        limits = [] if longest is None else [longest]
        if c.shift in self.decided:
            pauses = zip(c.placements, self.instance.breaks(c.shift), strict=True)
            limits += [pause.required_after for placed, pause in pauses if placed is None]
        if limits:
            yield (c.shift, 0), now - min(limits)
        for a, b in self.order:
            if a == c.shift and b in self.chains:
                yield (b, 0), now


def tie_bounds(
    instance: Instance, spots: Mapping[int, tuple[Spot, ...]], node: int, shift: int, now: int
) -> Iterator[tuple[Spot, int]]:
    """Yield what a stop pushes on other routes, or on its own, through crews, links and gaps."""
    for spot in spots[node]:
        if spot[0] != shift:
            yield spot, now
    for other, lag in instance.lags.get(node, ()):
        if other in spots:
            yield spots[other][0], now + lag


def ride_bounds(
    instance: Instance, spots: Mapping[int, tuple[Spot, ...]], node: int, shift: int, now: int
) -> Iterator[tuple[Spot, int]]:
    """Yield how late a rider must be picked up who is dropped now."""
    partner = instance.nodes[node].partner
    if 0 <= partner < node and partner in spots:
        limit = instance.ride_limit(instance.nodes[node].request, shift)
        if limit is not None:
            yield spots[partner][0], now - limit - instance.nodes[partner].duration


def _first(domain: tuple[Interval, ...], ready: int) -> int | None:
    for low, high in domain:
        if ready <= high:
            return max(ready, low)
    return None
