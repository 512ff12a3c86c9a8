"""Insert one request, or a ride with its return, into given routes: every position, tested exactly.

The building block of the repair step, of reasons with remedies, and of "when would it fit?". Candidates are ordered by
an estimate of what they add and accepted by `routing.solver.refit`, so that what is offered can be driven.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush, merge
from itertools import combinations, islice, product

from routing.problem import Waiting
from routing.solver.carers import barred_workers
from routing.solver.elements import Routes, Sequence
from routing.solver.instance import Instance
from routing.solver.places import Placing, placings, points_of
from routing.solver.refit import fits
from routing.solver.slack import Slack, gaps, slack
from routing.solver.walk import Walk, walk

_LEGS = 12
"""How many ways of placing an outbound ride or one of a crew on a shift are followed up with the rest on others."""

_LEGS_IN_ALL = 60
"""How many ways of placing an outbound ride are followed up in all, the cheapest."""

_TEAM = 40
"""From how many shifts a crew is put together, those that have the cheapest places."""

_MEANWHILE = 3
"""How many visits nearby are looked at that a carer could pay between an escorted ride and its return."""

_TRIALS = 150
"""How many candidates of one insertion are tested exactly before giving up."""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Candidate:
    """A way of inserting: estimated points it adds, and the sequences it changes as (shift, sequence) pairs."""

    points: int
    changes: tuple[tuple[int, Sequence], ...]

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
        if fits(instance, routes, candidate.changes):
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
        yield from _crews(instance, routes, request, able)
        return
    for placing, tried in _walked(instance, routes, request, _anywhere(instance, routes, request, able)):
        yield Candidate(points=placing.points, changes=((placing.shift, tried),))


def _walked(
    instance: Instance, routes: Routes, request: int, chosen: Iterable[Placing], *, partial: bool = False
) -> Iterator[tuple[Placing, Sequence]]:
    """Yield the placings of a request that the walk lets through, each with the sequence it gives."""
    nodes = instance.nodes_of_request[request]
    for placing in chosen:
        tried = placing.on(routes[placing.shift], nodes)
        if isinstance(walk(instance, placing.shift, tried, partial=partial), Walk):
            yield placing, tried


def _anywhere(instance: Instance, routes: Routes, request: int, shifts: Iterable[int]) -> list[Placing]:
    """Return all placings of a request that the bounds of the routes allow, cheapest first."""
    return sorted(placing for shift in shifts for placing in placings(instance, shift, routes[shift], request))


def _crews(instance: Instance, routes: Routes, request: int, shifts: list[int]) -> Iterator[Candidate]:
    """Yield placements of a visit on as many shifts of different workers as its crew counts, cheapest first."""
    options: dict[int, list[tuple[Placing, Sequence]]] = {}
    pinned = instance.pinned.get(request, frozenset())
    for placing, tried in _walked(instance, routes, request, _anywhere(instance, routes, request, shifts)):
        if len(options) < _TEAM or placing.shift in options or placing.shift in pinned:
            options.setdefault(placing.shift, []).append((placing, tried))
    options = {shift: own[:_LEGS] for shift, own in options.items()}
    teams = sorted((sum(options[s][0][0].points for s in team), team) for team in _teams(instance, request, options))
    waiting: list[Candidate] = []
    for least, team in teams:
        while waiting and waiting[0].points <= least:
            yield heappop(waiting)
        for chosen in product(*(options[shift] for shift in team)):
            points = sum(placing.points for placing, _ in chosen)
            changes = tuple((placing.shift, tried) for placing, tried in chosen)
            heappush(waiting, Candidate(points=points, changes=changes))
    while waiting:
        yield heappop(waiting)


def _teams(instance: Instance, request: int, shifts: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Yield the shifts of different workers that make a crew, those among them that locks name."""
    pinned = instance.pinned.get(request, frozenset())
    for team in combinations(sorted(shifts), instance.crew[request]):
        workers = {instance.shifts[shift].shift.worker for shift in team}
        if len(workers) == len(team) and (pinned <= set(team) or set(team) <= pinned):
            yield team


def _linked(instance: Instance, routes: Routes, unit: tuple[int, int], shifts: tuple[int, ...]) -> Iterator[Candidate]:
    """Yield placements of an outbound ride and its return, cheapest first."""
    outbound, inbound = unit
    link = instance.link_of[outbound]
    starts = [s for s in shifts if instance.static_block(outbound, s) is None]
    ends = [s for s in shifts if instance.static_block(inbound, s) is None]
    if link.waiting is not Waiting.FREE:
        yield from _escorted(instance, routes, unit, [shift for shift in starts if shift in ends])
        return
    elsewhere = [] if link.one_shift else _anywhere(instance, routes, inbound, ends)
    legs = _legs(instance, routes, outbound, starts)
    for points, leg, tried, back in merge(*(_returns(instance, inbound, leg, elsewhere, ends) for leg in legs)):
        final = back.on(tried if back.shift == leg.shift else routes[back.shift], instance.nodes_of_request[inbound])
        if isinstance(walk(instance, back.shift, final), Walk):
            yield Candidate(points=points, changes=tuple({leg.shift: tried, back.shift: final}.items()))


def _legs(instance: Instance, routes: Routes, outbound: int, shifts: list[int]) -> list[tuple[Placing, Sequence]]:
    """Return the cheapest placings of an outbound ride, some for each shift and not too many in all."""
    found: list[tuple[Placing, Sequence]] = []
    count = Counter[int]()
    for leg in _walked(instance, routes, outbound, _anywhere(instance, routes, outbound, shifts), partial=True):
        count[leg[0].shift] += 1
        if count[leg[0].shift] <= _LEGS:
            found.append(leg)
        if len(found) == _LEGS_IN_ALL:
            break
    return found


def _returns(
    instance: Instance, inbound: int, leg: tuple[Placing, Sequence], elsewhere: list[Placing], ends: list[int]
) -> Iterator[tuple[int, Placing, Sequence, Placing]]:
    """Yield (points of both, outbound, its sequence, return) for every return after an outbound, cheapest first."""
    out, tried = leg
    same = sorted(placings(instance, out.shift, tried, inbound)) if out.shift in ends else []
    for back in merge(same, (back for back in elsewhere if back.shift != out.shift)):
        yield out.points + back.points, out, tried, back


def _escorted(instance: Instance, routes: Routes, unit: tuple[int, int], shifts: Iterable[int]) -> Iterator[Candidate]:
    """Yield placements of an escorted ride and its return on one shift, the return as soon as it may be."""
    outbound, inbound = unit
    found: list[Candidate] = []
    for shift in shifts:
        bounds = slack(instance, shift, routes[shift])
        base = instance.worker_points(outbound, shift) + instance.worker_points(inbound, shift)
        base -= points_of(instance, shift, routes[shift])
        orders = _escorted_orders(instance, bounds, routes[shift], unit) if bounds is not None else ()
        ranked = ((base + points_of(instance, shift, order), order) for order in orders)
        found += [Candidate(points=points, changes=((shift, order),)) for points, order in ranked]
    for candidate in sorted(found):
        if isinstance(walk(instance, *candidate.changes[0]), Walk):
            yield candidate


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
    gone = {index for request in requests for index in instance.nodes_of_request[request]}
    return tuple(
        sequence if gone.isdisjoint(sequence) else tuple(index for index in sequence if index not in gone)
        for sequence in routes
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
