"""Arrays made of lists and of what an instance is asked: the building blocks of `fill`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routing.problem import Shipment, Visit
from routing.solver.elements import ShiftData
from routing.solver.instance import Instance
from routing.solver.kernel.data import Flags, Ints


def ints(values: Iterable[int]) -> Ints:
    """Return an array of whole numbers."""
    return np.array(list(values), np.int64)


def ragged(rows: Iterable[tuple[tuple[int, int], ...]]) -> tuple[Ints, Ints, Ints]:
    """Return where each row of pairs begins, and the firsts and the seconds of all pairs."""
    at, flat = rows_of(list(rows), 2)
    return at, flat[:, 0].copy(), flat[:, 1].copy()


def rows_of(rows: Sequence[Sequence[Sequence[int]]], width: int) -> tuple[Ints, Ints]:
    """Return where each row begins in the flat array (with the end of the last), and the flat array."""
    at = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)
    flat = [item for row in rows for item in row]
    return at, np.array(flat, np.int64).reshape(-1, width)


def shared_rows(
    requests: range,
    shifts: Sequence[ShiftData],
    value: Callable[[int, int], bool | float],
    kind: type,
    key: Callable[[int], Hashable],
) -> NDArray[Any]:
    """Return a value per request and shift; requests of one `key` share a row, which is worked out once."""
    known: dict[Hashable, int] = {}
    table: NDArray[Any] = np.zeros((len(requests), len(shifts)), kind)
    for request in requests:
        like = known.setdefault(key(request), request)
        table[request] = table[like] if like != request else [value(request, data.index) for data in shifts]
    return table


def who_may(instance: Instance) -> Callable[[int], Hashable]:
    """Return what `Instance.static_block` looks at of a request."""

    def key(request: int) -> Hashable:
        asked, load = instance.requests[request], instance.nodes[instance.nodes_of_request[request][0]].load
        tied = request in instance.link_of or request in instance.pinned or request in instance.torn
        goods = asked.goods if isinstance(asked, Visit) else 0
        return request if tied else (asked.skills, asked.forbidden, load, goods, instance.crew[request])

    return key


def whose(instance: Instance) -> Callable[[int], Hashable]:
    """Return what `Instance.worker_points` looks at of a request."""

    def key(request: int) -> Hashable:
        asked, promise = instance.requests[request], instance.promise_of.get(request)
        return asked.regular, asked.preferred, promise.worker if promise is not None else None

    return key


def pinned(instance: Instance) -> Flags:
    """Return whether a request is held on a shift by name."""
    table = np.zeros((len(instance.requests), len(instance.shifts)), np.bool_)
    for request, named in instance.pinned.items():
        table[request, list(named)] = True
    return table


def per_ride(instance: Instance, profiles: list[str], value: Callable[[int, int], int | None]) -> Ints:
    """Return a value per ride and profile, -1 where there is none: any shift of a profile stands for all."""
    table = np.full((len(instance.requests), len(profiles)), -1, np.int64)
    for number, profile in enumerate(profiles):
        shift = next((data.index for data in instance.shifts if data.profile == profile), None)
        for request, asked in enumerate(instance.requests):
            if shift is not None and isinstance(asked, Shipment):
                found = value(request, shift)
                table[request, number] = -1 if found is None else found
    return table


def promised(instance: Instance) -> Ints:
    """Return the begin promised for each node, -1 without."""
    begin = np.full(len(instance.nodes), -1, np.int64)
    for request, promise in instance.promise_of.items():
        begin[instance.nodes_of_request[request][0]] = promise.start
    return begin


def apart(instance: Instance) -> Flags:
    """Return who may not share a vehicle, as a table of requests that is empty where nobody is kept apart."""
    size = len(instance.requests) if any(instance.apart) else 0
    table = np.zeros((size, size), np.bool_)
    for request, others in enumerate(instance.apart if size else ()):
        table[request, list(others)] = True
    return table


def numbered(names: Sequence[str], blank: str | None = None) -> Ints:
    """Return equal numbers for equal names, and -1 for `blank`."""
    known = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return ints(-1 if name == blank else known[name] for name in names)


def by_request(requests: range, values: Mapping[int, int]) -> Ints:
    """Return a value per request, -1 without."""
    return ints(values.get(request, -1) for request in requests)


def close_by(instance: Instance, profiles: list[str]) -> Flags:
    """Return, per link and profile, the places near enough to go to meanwhile."""
    table = np.zeros((len(instance.links), len(profiles), len(instance.matrix.places)), np.bool_)
    for number, (_, outbound, _) in enumerate(instance.links):
        for p, profile in enumerate(profiles):
            table[number, p, list(instance.nearby_places.get((profile, outbound), ()))] = True
    return table


def tied(instance: Instance) -> Flags:
    """Return which requests can tie the times of two routes together."""
    flags = np.array([size > 1 for size in instance.crew], np.bool_)
    for link, outbound, inbound in instance.links:
        if not link.one_shift:
            flags[[outbound, inbound]] = True
    for _, first, second in instance.gaps:
        flags[[instance.nodes[first].request, instance.nodes[second].request]] = True
    return flags


def gap_ends(instance: Instance) -> dict[str, Ints | Flags]:
    """Return who follows whom at what distance, and which nodes are held by more than one other."""
    follower, leader, pause = (np.full(len(instance.nodes), -1, np.int64) for _ in range(3))
    firm = np.array([instance.crew[node.request] > 1 for node in instance.nodes], np.bool_)
    for gap, first, second in instance.gaps:
        firm[first] |= follower[first] >= 0
        follower[first], pause[first] = second, gap.minimum
        if gap.maximum is not None:
            firm[second] |= leader[second] >= 0
            leader[second] = first
    return {"firm": firm, "follower": follower, "leader": leader, "pause": pause}
