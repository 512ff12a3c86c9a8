"""What ties requests and shifts to each other, worked out once for an instance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from routing.problem import Problem, Shipment
from routing.solver.elements import ShiftData

if TYPE_CHECKING:
    from routing.solver.instance import Instance


def lags(instance: Instance) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return, per node that links or gaps name, (other node, seconds): the other begins so long after it."""
    found: dict[int, list[tuple[int, int]]] = {}
    for link, outbound, inbound in instance.links:
        dropped, collected = instance.nodes_of_request[outbound][1], instance.nodes_of_request[inbound][0]
        found.setdefault(dropped, []).append((collected, instance.nodes[dropped].duration + link.minimum_stay))
    for gap, first, second in instance.gaps:
        length = instance.nodes[first].duration
        found.setdefault(first, []).append((second, length + gap.minimum))
        if gap.maximum is not None:
            found.setdefault(second, []).append((first, -(length + gap.maximum)))
    return {node: tuple(own) for node, own in found.items()}


def before(known: Mapping[int, tuple[tuple[int, int], ...]]) -> dict[int, tuple[int, ...]]:
    """Return, per node, the nodes whose lags end at it."""
    found: dict[int, list[int]] = {}
    for node, own in known.items():
        for other, _ in own:
            found.setdefault(other, []).append(node)
    return {node: tuple(others) for node, others in found.items()}


def tied(instance: Instance) -> dict[int, tuple[int, ...]]:
    """Return, per node whose time may depend on another route, the nodes it ties there; itself if it has a crew."""
    found: dict[int, set[int]] = {}
    for request, size in enumerate(instance.crew):
        if size > 1:
            found[instance.nodes_of_request[request][0]] = {instance.nodes_of_request[request][0]}
    ties = [(instance.nodes_of_request[out], instance.nodes_of_request[back]) for _, out, back in instance.links]
    ties += [((first,), (second,)) for _, first, second in instance.gaps]
    for one, other in ties:
        for a, b in ((one, other), (other, one)):
            for node in a:
                found.setdefault(node, set()).update(b)
    return {node: tuple(sorted(others)) for node, others in found.items()}


def shared(shifts: Iterable[ShiftData]) -> tuple[tuple[int, int], ...]:
    """Return the pairs of shifts that share a worker or a vehicle, the one that is ready earlier first."""
    order = sorted(shifts, key=lambda data: (data.shift.earliest, data.shift.latest, data.index))
    rank = {data.index: position for position, data in enumerate(order)}
    alike: dict[tuple[str, str], list[int]] = {}
    for data in order:
        alike.setdefault(("worker", data.shift.worker), []).append(data.index)
        alike.setdefault(("vehicle", data.shift.vehicle), []).append(data.index)
    pairs = {pair for members in alike.values() for pair in combinations(members, 2)}
    return tuple(sorted(pairs, key=lambda pair: (rank[pair[0]], rank[pair[1]])))


def apart(problem: Problem) -> tuple[frozenset[int], ...]:
    """Return, per request, the requests that may never be aboard with it (`alone` counts as all others)."""
    rides: dict[str, set[int]] = {}
    for i, request in enumerate(problem.requests):
        if isinstance(request, Shipment):
            rides.setdefault(request.client, set()).add(i)
    everybody = frozenset(i for own in rides.values() for i in own)
    alone = frozenset(i for i in everybody if isinstance(ride := problem.requests[i], Shipment) and ride.alone)
    found = [alone - {i} if i in everybody else frozenset() for i in range(len(problem.requests))]
    for i in alone:
        found[i] = everybody - {i}
    for clients in filter(None, map(sorted, problem.apart)):
        one, other = rides.get(clients[0], set()), rides.get(clients[-1], set())
        for i in one | other:
            found[i] |= (other if i in one else one) - {i}
    return tuple(found)
