"""Insert one request, or a ride with its return, into given routes: every position, tested exactly.

The building block of the repair step, of reasons with remedies, and of "when would it fit?". Candidates are ordered by
an estimate of what they add and accepted by `routing.solver.earliest`, so that what is offered can be driven.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice, product

from routing.problem import Waiting
from routing.solver.earliest import timetable_exists
from routing.solver.instance import Instance, Routes, Sequence
from routing.solver.walk import Walk, walk

_LEGS = 12
"""How many ways of placing an outbound ride are followed up with its return on other shifts."""

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
    instance: Instance, routes: Routes, unit: tuple[int, ...], *, shifts: Iterable[int] | None = None
) -> Iterator[Candidate]:
    """Yield the insertions of a unit that have a timetable, cheapest estimate first."""
    allowed = tuple(range(len(routes))) if shifts is None else tuple(shifts)
    for candidate in islice(sorted(candidates(instance, routes, unit, allowed)), _TRIALS):
        if timetable_exists(instance, candidate.apply(routes), [shift for shift, _ in candidate.changes]):
            yield candidate


def candidates(
    instance: Instance, routes: Routes, unit: tuple[int, ...], shifts: tuple[int, ...]
) -> Iterator[Candidate]:
    """Yield the insertions of a unit that no single route forbids, in no particular order."""
    if len(unit) == 2:
        yield from _linked(instance, routes, (unit[0], unit[1]), shifts)
        return
    (request,) = unit
    if instance.crew[request] > 1:
        yield from _crews(instance, routes, request, shifts)
        return
    for shift in shifts:
        if instance.static_block(request, shift) is None:
            for points, sequence in _single(instance, shift, routes[shift], request):
                yield Candidate(points=points, changes=((shift, sequence),))


def _single(
    instance: Instance, shift: int, sequence: Sequence, request: int, *, partial: bool = False
) -> Iterator[tuple[int, Sequence]]:
    """Yield (points, sequence) for every position of a request on one shift that the walk lets through."""
    before = _measure(instance, shift, sequence)
    fixed = instance.worker_points(request, shift)
    for tried in _orders(instance, sequence, request):
        walked = walk(instance, shift, tried, partial=partial)
        if isinstance(walked, Walk):
            yield _points(instance, walked) - before + fixed, tried


def _orders(instance: Instance, sequence: Sequence, request: int) -> Iterator[Sequence]:
    nodes = instance.nodes_of_request[request]
    if len(nodes) == 1:
        for i in range(len(sequence) + 1):
            yield (*sequence[:i], nodes[0], *sequence[i:])
        return
    pickup, delivery = nodes
    for i in range(len(sequence) + 1):
        for j in range(i, len(sequence) + 1):
            yield (*sequence[:i], pickup, *sequence[i:j], delivery, *sequence[j:])


def _points(instance: Instance, walked: Walk) -> int:
    weigh = instance.problem.objective
    return (weigh.kilometre * walked.metres * 3 + weigh.paid_minute * walked.driving * 50) // 3_000


def _measure(instance: Instance, shift: int, sequence: Sequence) -> int:
    if not sequence:
        return 0
    walked = walk(instance, shift, sequence)
    return _points(instance, walked) if isinstance(walked, Walk) else 0


def _crews(instance: Instance, routes: Routes, request: int, shifts: tuple[int, ...]) -> Iterator[Candidate]:
    """Yield placements of a visit on as many shifts of different workers as its crew counts."""
    options = {
        shift: sorted(_single(instance, shift, routes[shift], request))[:_LEGS]
        for shift in shifts
        if instance.static_block(request, shift) is None
    }
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
        for shift in starts:
            if shift in ends:
                yield from _escorted(instance, routes, unit, shift)
        return
    legs = [
        (points, shift, sequence)
        for shift in starts
        for points, sequence in sorted(_single(instance, shift, routes[shift], outbound, partial=True))[:_LEGS]
    ]
    for points, shift, sequence in sorted(legs):
        partly = Candidate(points=points, changes=((shift, sequence),)).apply(routes)
        for other in [shift] if link.one_shift else ends:
            for more, final in _single(instance, other, partly[other], inbound):
                changes = {shift: sequence, other: final}
                yield Candidate(points=points + more, changes=tuple(changes.items()))


def _escorted(instance: Instance, routes: Routes, unit: tuple[int, int], shift: int) -> Iterator[Candidate]:
    """Yield placements of an escorted ride and its return on one shift, the return as soon as it may be."""
    outbound, inbound = unit
    (pickup, delivery), (collect, bring) = (instance.nodes_of_request[request] for request in unit)
    sequence, before = routes[shift], _measure(instance, shift, routes[shift])
    fixed = instance.worker_points(outbound, shift) + instance.worker_points(inbound, shift)
    stays = instance.link_of[outbound].waiting is Waiting.STAYS
    for i in range(len(sequence) + 1):
        for j in range(i, len(sequence) + 1):
            for k in [j] if stays else range(j, min(j + 4, len(sequence) + 1)):
                for m in range(k, len(sequence) + 1):
                    parts = (sequence[:i], (pickup,), sequence[i:j], (delivery,), sequence[j:k], (collect,))
                    tried = tuple(n for part in (*parts, sequence[k:m], (bring,), sequence[m:]) for n in part)
                    walked = walk(instance, shift, tried)
                    if isinstance(walked, Walk):
                        yield Candidate(points=_points(instance, walked) - before + fixed, changes=((shift, tried),))


def insert_all(instance: Instance, routes: Routes, *, stop: Callable[[], bool] = lambda: False) -> Routes:
    """Return the routes with every request inserted that finds a place, the dearest to leave out first."""
    served = {instance.nodes[index].request for sequence in routes for index in sequence}
    units = {unit_of(instance, request) for request in range(len(instance.requests)) if request not in served}
    ranked = sorted(units, key=lambda unit: (-sum(instance.unassigned_points(r) for r in unit), unit))
    grown = True
    while grown and not stop():
        grown = False
        for unit in list(ranked):
            found = best_insertion(instance, routes, unit)
            if found is not None:
                routes, grown = found.apply(routes), True
                ranked.remove(unit)
    return routes
