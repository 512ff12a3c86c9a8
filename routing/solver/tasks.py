"""What the OR-Tools model routes: tasks, each one or several stops done without anything between.

Most tasks are one stop. An escorted ride whose carer stays or calls nearby is one task from door to door, so that ride
and return become a plain pair. A trip to an island is one task from the mainland quay back to it, for every choice of
boats, with the visits that fit between them; the model takes at most one per ferry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from routing.problem import Shipment, Waiting
from routing.solver.elements import NEVER, Ferry, Interval, Sequence
from routing.solver.instance import Instance


@dataclass(frozen=True, kw_only=True)
class Task:
    """One indivisible piece of work.

    `nodes` are the stops in order, `entry` and `exit` its first and last place, `durations` its length on each shift,
    `domain` when it may begin, `shifts` who may do it, `penalty` the points of leaving it out. Tasks of one
    `alternative` exclude each other. `copy` numbers the crew of a visit.
    """

    nodes: Sequence
    entry: int
    exit: int
    durations: tuple[int, ...]
    domain: tuple[Interval, ...]
    shifts: tuple[int, ...]
    penalty: int
    copy: int = 0
    alternative: int | None = None


def tasks_of(instance: Instance) -> tuple[Task, ...]:
    """Return the tasks of a problem in a fixed order."""
    bundled = _bundled(instance)
    found: list[Task] = []
    for request in range(len(instance.requests)):
        if request in bundled:
            continue
        shifts = tuple(s for s in range(len(instance.shifts)) if instance.static_block(request, s) is None)
        if is_escorted(instance, request):
            found.append(_door_to_door(instance, request, shifts))
        else:
            found += _stops(instance, request, shifts)
    for position, ferry in enumerate(instance.ferries):
        inside = sorted(request for request, side in bundled.items() if side == position)
        found += _trips(instance, ferry, position, inside)
    return tuple(found)


def is_escorted(instance: Instance, request: int) -> bool:
    """Tell whether a ride belongs to a link whose carer stays with the client or calls nearby meanwhile."""
    link = instance.link_of.get(request)
    return link is not None and link.waiting is not Waiting.FREE


def _stops(instance: Instance, request: int, shifts: tuple[int, ...]) -> Iterator[Task]:
    nodes, crew = instance.nodes_of_request[request], instance.crew[request]
    pinned = sorted(instance.pinned.get(request, ()))
    for copy in range(crew):
        for index in nodes:
            node = instance.nodes[index]
            yield Task(
                nodes=(index,),
                entry=node.place,
                exit=node.place,
                durations=(node.duration,) * len(instance.shifts),
                domain=node.domain,
                shifts=(pinned[copy],) if copy < len(pinned) and pinned[copy] in shifts else shifts,
                penalty=instance.unassigned_points(request) // (crew * len(nodes)),
                copy=copy,
            )


def _door_to_door(instance: Instance, request: int, shifts: tuple[int, ...]) -> Task:
    pickup, delivery = (instance.nodes[index] for index in instance.nodes_of_request[request])
    driving = [instance.direct(request, shift) for shift in range(len(instance.shifts))]
    reachable = tuple(shift for shift in shifts if driving[shift] < NEVER)
    slowest = max((driving[shift] for shift in reachable), default=0)
    offset = pickup.duration + slowest
    domain = _intersect(pickup.domain, [(low - offset, high - offset) for low, high in delivery.domain])
    wait = 0
    if not domain and pickup.domain[-1][1] + offset < delivery.domain[0][0]:
        wait = delivery.domain[0][0] - pickup.domain[-1][1] - offset
        domain = ((pickup.domain[-1][1], pickup.domain[-1][1]),)
    usable = reachable if domain else ()
    return Task(
        nodes=(pickup.index, delivery.index),
        entry=pickup.place,
        exit=delivery.place,
        durations=tuple(pickup.duration + min(d, NEVER) + wait + delivery.duration for d in driving),
        domain=domain or ((0, 0),),
        shifts=usable,
        penalty=instance.unassigned_points(request),
    )


def _intersect(first: Iterable[Interval], second: Iterable[Interval]) -> tuple[Interval, ...]:
    both = [(max(a, c), min(b, d)) for a, b in first for c, d in second]
    return tuple(sorted((low, high) for low, high in both if low <= high and high >= 0))


def _bundled(instance: Instance) -> dict[int, int]:
    """Return the island visits that no shift can reach without a ferry, with their island's position."""
    found = {}
    for request in range(len(instance.requests)):
        nodes = [instance.nodes[index] for index in instance.nodes_of_request[request]]
        side = instance.side[nodes[0].place]
        if side < 0 or len(nodes) > 1 or instance.crew[request] > 1:
            continue
        local = any(
            instance.side[data.start] == side and instance.static_block(request, data.index) is None
            for data in instance.shifts
        )
        if not local:
            found[request] = side
    return found


def _trips(instance: Instance, ferry: Ferry, position: int, requests: list[int]) -> Iterator[Task]:
    """Yield one task per choice of boats and shift that has something to do on the island, equal ones joined."""
    made: dict[tuple[Sequence, int, int], list[int]] = {}
    crossing = ferry.crossing
    for data in instance.shifts:
        mine = [r for r in requests if instance.static_block(r, data.index) is None]
        for out in crossing.outward:
            for home in crossing.homeward:
                sequence = _fill(instance, data.index, ferry, (out, home), mine)
                if sequence and instance.side[data.start] < 0:
                    made.setdefault((sequence, out, home), []).append(data.index)
    for (sequence, out, home), shifts in sorted(made.items()):
        begin = out - crossing.boarding
        yield Task(
            nodes=sequence,
            entry=ferry.mainland,
            exit=ferry.mainland,
            durations=(home + crossing.duration - begin,) * len(instance.shifts),
            domain=((begin, begin),),
            shifts=tuple(shifts),
            penalty=sum(instance.unassigned_points(instance.nodes[index].request) for index in sequence),
            alternative=position,
        )


def _fill(instance: Instance, shift: int, ferry: Ferry, boats: tuple[int, int], requests: list[int]) -> Sequence:
    """Return the visits that fit between two boats, the dearest to leave out first, a break of the shift kept free."""
    crossing, (out, home) = ferry.crossing, boats
    rest = sum(pause.duration for pause in instance.breaks(shift))
    begin, end = out + crossing.duration, home - crossing.boarding - rest
    chosen: Sequence = ()
    for request in sorted(requests, key=lambda r: (-instance.unassigned_points(r), r)):
        (node,) = instance.nodes_of_request[request]
        orders = [(*chosen[:i], node, *chosen[i:]) for i in range(len(chosen) + 1)]
        ends = [(_island_end(instance, shift, ferry, order, begin), order) for order in orders]
        fit = [(done, order) for done, order in ends if done is not None and done <= end]
        fitting = instance.nodes[node].goods + sum(instance.nodes[index].goods for index in chosen)
        if fit and fitting <= instance.shifts[shift].hold:
            chosen = min(fit)[1]
    return chosen


def _island_end(instance: Instance, shift: int, ferry: Ferry, order: Sequence, begin: int) -> int | None:
    """Return when a shift that lands at `begin` is back at the island's quay, or None where a window is missed."""
    seconds, now, here = instance.shifts[shift].seconds, begin, ferry.island
    for index in order:
        node = instance.nodes[index]
        start = node.next_start(now + seconds[here][node.place])
        if start is None:
            return None
        now, here = start + node.duration, node.place
    return now + seconds[here][ferry.island]


def pairs(instance: Instance, tasks: tuple[Task, ...]) -> tuple[tuple[int, int], ...]:
    """Return the task positions that must be on one shift in this order: a ride's ends, an escorted ride's halves."""
    where = {(task.nodes, task.copy): position for position, task in enumerate(tasks)}
    found = []
    for request, nodes in enumerate(instance.nodes_of_request):
        ride = instance.requests[request]
        if not isinstance(ride, Shipment):
            continue
        if not is_escorted(instance, request):
            found.append((where[nodes[:1], 0], where[nodes[1:], 0]))
        elif instance.link_of[request].outbound == ride.id:
            back = instance.request_index[instance.link_of[request].inbound]
            found.append((where[nodes, 0], where[instance.nodes_of_request[back], 0]))
    return tuple(found)
