"""Insert one request, or a ride with its return, into given routes: every position, tested exactly.

The building block of the repair step, of reasons with remedies, and of "when would it fit?". Candidates are ordered by
an estimate of what they add and accepted by `routing.solver.earliest`, so that what is offered can be driven.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import combinations, islice, product, repeat
from typing import TypeAlias

from routing.problem import Waiting
from routing.solver.carers import barred_workers
from routing.solver.earliest import timetable_exists
from routing.solver.elements import ARC_SCALE, Routes, Sequence
from routing.solver.instance import Instance
from routing.solver.slack import Slack, gaps, slack
from routing.solver.walk import Walk, walk

Placing: TypeAlias = tuple[int, Sequence]
"""Estimated points that placing a request adds, and the sequence it gives."""

_LEGS = 12
"""How many ways of placing an outbound ride are followed up with its return on other shifts."""

_MEANWHILE = 3
"""How many visits nearby are looked at that a carer could pay between an escorted ride and its return."""

_TRIALS = 150
"""How many candidates of one insertion are tested exactly before giving up."""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Candidate:
    """A way of inserting: estimated points it adds, and the sequences it changes as (shift, sequence) pairs."""

    points: int
    changes: tuple[tuple[int, Sequence], ...]

    @classmethod
    def of(cls, placing: Placing, shift: int) -> Candidate:
        """Return the placing of one request on one shift as a candidate."""
        points, sequence = placing
        return cls(points=points, changes=((shift, sequence),))

    def apply(self, routes: Routes) -> Routes:
        """Return the routes with the changed sequences in place."""
        changed = list(routes)
        for shift, sequence in self.changes:
            changed[shift] = sequence
        return tuple(changed)


def unit_of(instance: Instance, request: int) -> tuple[int, ...]:
    """Return the requests that are served or left out together with `request`, an outbound ride first."""
    link = instance.link_of.get(request)
    if link is None:
        return (request,)
    return (instance.request_index[link.outbound], instance.request_index[link.inbound])


def best_insertion(
    instance: Instance, routes: Routes, unit: tuple[int, ...], *, shifts: Iterable[int] | None = None
) -> Candidate | None:
    """Return the cheapest insertion of a unit that has a timetable, or None; `shifts` limits where to look."""
    return next(insertions(instance, routes, unit, shifts=shifts), None)


def insertions(
    instance: Instance,
    routes: Routes,
    unit: tuple[int, ...],
    *,
    shifts: Iterable[int] | None = None,
    trials: int = _TRIALS,
) -> Iterator[Candidate]:
    """Yield the insertions of a unit that have a timetable, cheapest estimate first, of the `trials` cheapest."""
    allowed = tuple(range(len(routes))) if shifts is None else tuple(shifts)
    for candidate in islice(candidates(instance, routes, unit, allowed), trials):
        if timetable_exists(instance, candidate.apply(routes), [shift for shift, _ in candidate.changes]):
            yield candidate


def candidates(
    instance: Instance, routes: Routes, unit: tuple[int, ...], shifts: tuple[int, ...]
) -> Iterator[Candidate]:
    """Yield the insertions of a unit that no single route forbids, cheapest estimate first."""
    if len(unit) == 2:
        yield from _linked(instance, routes, (unit[0], unit[1]), shifts)
        return
    (request,) = unit
    barred = barred_workers(instance, routes, request)
    able = [
        shift
        for shift in shifts
        if instance.static_block(request, shift) is None and instance.shifts[shift].shift.worker not in barred
    ]
    if instance.crew[request] > 1:
        yield from sorted(_crews(instance, routes, request, able))
        return
    yield from merge(
        *(map(Candidate.of, _single(instance, shift, routes[shift], request), repeat(shift)) for shift in able)
    )


def _single(
    instance: Instance, shift: int, sequence: Sequence, request: int, *, partial: bool = False
) -> Iterator[Placing]:
    """Yield the placings of a request on one shift that the walk lets through, cheapest first."""
    bounds = slack(instance, shift, sequence)
    if bounds is None:
        return
    base = instance.worker_points(request, shift) - _points(instance, shift, sequence)
    orders = _orders(instance, bounds, sequence, request)
    for points, tried in sorted((base + _points(instance, shift, order), order) for order in orders):
        if isinstance(walk(instance, shift, tried, partial=partial), Walk):
            yield points, tried


def _orders(instance: Instance, bounds: Slack, sequence: Sequence, request: int) -> Iterator[Sequence]:
    nodes = instance.nodes_of_request[request]
    if len(nodes) == 1:
        for i in gaps(instance, bounds, nodes[0]):
            yield (*sequence[:i], nodes[0], *sequence[i:])
        return
    pickup, delivery = nodes
    ends = gaps(instance, bounds, delivery)
    for i in gaps(instance, bounds, pickup):
        for j in ends:
            if i <= j:
                yield (*sequence[:i], pickup, *sequence[i:j], delivery, *sequence[j:])


def _points(instance: Instance, shift: int, sequence: Sequence) -> int:
    """Return what driving a sequence costs, 0 where the shift stays at home."""
    if not sequence:
        return 0
    data, nodes = instance.shifts[shift], instance.nodes
    arcs, here, total = instance.arc_points[data.profile], data.start, 0
    for index in sequence:
        place = nodes[index].place
        total += arcs[here][place]
        here = place
    return (total + arcs[here][data.end]) // ARC_SCALE + instance.problem.objective.shift_used


def _crews(instance: Instance, routes: Routes, request: int, shifts: list[int]) -> Iterator[Candidate]:
    """Yield placements of a visit on as many shifts of different workers as its crew counts."""
    options = {shift: list(islice(_single(instance, shift, routes[shift], request), _LEGS)) for shift in shifts}
    pinned = instance.pinned.get(request, frozenset())
    for team in combinations(options, instance.crew[request]):
        workers = {instance.shifts[shift].shift.worker for shift in team}
        if len(workers) == len(team) and (pinned <= set(team) or set(team) <= pinned):
            for chosen in product(*(options[shift] for shift in team)):
                points = sum(part for part, _ in chosen)
                changes = tuple((shift, sequence) for shift, (_, sequence) in zip(team, chosen, strict=True))
                yield Candidate(points=points, changes=changes)


def _linked(instance: Instance, routes: Routes, unit: tuple[int, int], shifts: tuple[int, ...]) -> Iterator[Candidate]:
    """Yield placements of an outbound ride and its return."""
    outbound, inbound = unit
    link = instance.link_of[outbound]
    starts = [s for s in shifts if instance.static_block(outbound, s) is None]
    ends = [s for s in shifts if instance.static_block(inbound, s) is None]
    if link.waiting is not Waiting.FREE:
        both = [shift for shift in starts if shift in ends]
        yield from merge(*(_escorted(instance, routes, unit, shift) for shift in both))
        return
    yield from merge(
        *(
            _returns(instance, routes, inbound, (points, shift, sequence), other)
            for shift in starts
            for points, sequence in islice(_single(instance, shift, routes[shift], outbound, partial=True), _LEGS)
            for other in ([shift] if link.one_shift else ends)
        )
    )


def _returns(
    instance: Instance, routes: Routes, inbound: int, leg: tuple[int, int, Sequence], other: int
) -> Iterator[Candidate]:
    """Yield placements of a return on shift `other` after its outbound ride was placed by `leg`."""
    points, shift, sequence = leg
    for more, final in _single(instance, other, sequence if other == shift else routes[other], inbound):
        yield Candidate(points=points + more, changes=tuple({shift: sequence, other: final}.items()))


def _escorted(instance: Instance, routes: Routes, unit: tuple[int, int], shift: int) -> Iterator[Candidate]:
    """Yield placements of an escorted ride and its return on one shift, the return as soon as it may be."""
    outbound, inbound = unit
    sequence = routes[shift]
    bounds = slack(instance, shift, sequence)
    if bounds is None:
        return
    base = instance.worker_points(outbound, shift) + instance.worker_points(inbound, shift)
    base -= _points(instance, shift, sequence)
    orders = _escorted_orders(instance, bounds, sequence, unit)
    for points, tried in sorted((base + _points(instance, shift, order), order) for order in orders):
        if isinstance(walk(instance, shift, tried), Walk):
            yield Candidate(points=points, changes=((shift, tried),))


def _escorted_orders(
    instance: Instance, bounds: Slack, sequence: Sequence, unit: tuple[int, int]
) -> Iterator[Sequence]:
    (pickup, delivery), (collect, bring) = (instance.nodes_of_request[request] for request in unit)
    meanwhile = 0 if instance.link_of[unit[0]].waiting is Waiting.STAYS else _MEANWHILE
    begin, drop, back, home = (gaps(instance, bounds, node) for node in (pickup, delivery, collect, bring))
    for j, k in product(drop, back):
        if j <= k <= j + meanwhile:
            for i, m in product((i for i in begin if i <= j), [m for m in home if m >= k]):
                parts = (sequence[:i], (pickup,), sequence[i:j], (delivery,), sequence[j:k], (collect,))
                yield tuple(n for part in (*parts, sequence[k:m], (bring,), sequence[m:]) for n in part)


def without(instance: Instance, routes: Routes, requests: Collection[int]) -> Routes:
    """Return the routes without the stops of `requests`."""
    return tuple(
        tuple(index for index in sequence if instance.nodes[index].request not in requests) for sequence in routes
    )


def left_out(instance: Instance, routes: Routes) -> list[tuple[int, ...]]:
    """Return the units that no route serves, in a fixed order."""
    served = {instance.nodes[index].request for sequence in routes for index in sequence}
    units = (unit_of(instance, request) for request in range(len(instance.requests)) if request not in served)
    return list(dict.fromkeys(units))


def insert_all(instance: Instance, routes: Routes, *, stop: Callable[[], bool] = lambda: False) -> Routes:
    """Return the routes with every request inserted that finds a place, the dearest to leave out first.

    One pass does: what found no place finds none beside still more requests.
    """
    for unit in sorted(left_out(instance, routes), key=lambda unit: -sum(map(instance.unassigned_points, unit))):
        found = None if stop() else best_insertion(instance, routes, unit)
        if found is not None:
            routes = found.apply(routes)
    return routes
