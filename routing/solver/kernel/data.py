"""The instance as numpy arrays, in one named tuple that compiled code takes whole."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from routing.problem import Shipment, Visit, Waiting
from routing.solver.earliest import shared
from routing.solver.elements import NEVER, ShiftData
from routing.solver.insertion import unit_of
from routing.solver.instance import Instance
from routing.solver.kernel.derived import derived
from routing.solver.kernel.near import near

Ints = NDArray[np.int64]
Rows = NDArray[np.int32]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

MANNERS = {Waiting.FREE: 0, Waiting.NEARBY: 2, Waiting.STAYS: 3}
"""What a shift does while a client is inside; 1 is a free wait that still asks for one shift."""


class Data(NamedTuple):
    """All that compiled code reads; names and units as in `routing.solver.elements`.

    Ragged lists are flat arrays with a start per owner (`..._at`, one longer than the owners). Points are floats.
    """

    seconds: Ints  # profile, place, place
    metres: Ints
    seconds_to: Ints  # the same, the later place first: what leads to one place lies together in memory
    metres_to: Ints
    # nodes
    place: Ints
    duration: Ints
    request: Ints
    partner: Ints
    kind: Ints  # 0 visit, 1 pickup, 2 delivery
    load: Ints  # node, 3
    goods: Ints
    low: Ints  # domain intervals
    high: Ints
    domain_at: Ints
    open: Ints  # windows
    close: Ints
    window_at: Ints
    promised: Ints  # begin promised for a node, -1 without
    # requests
    first: Ints
    crew: Ints
    points: Floats
    unit: Ints
    allowed: Flags  # request, shift
    people: Floats  # request, shift
    limit: Ints  # request, profile; -1 without
    direct: Ints  # request, profile
    apart: Flags  # request, request, or (0, 0) where nobody is
    pinned: Flags  # request, shift
    pins: Ints
    # units: one request, or a ride and its return
    member: Ints  # unit, 2; -1 where single
    worth: Floats
    rank: Floats  # unit: 1 where the least would be lost by leaving it out, 1 more for ten times as much
    near: Ints  # unit, units by closeness
    # shifts
    profile: Ints
    start: Ints
    end: Ints
    earliest: Ints
    latest: Ints
    hard_end: Ints
    hold: Ints  # goods, NEVER without a limit
    longest: Ints
    worker: Ints
    group: Ints
    layout: Ints  # all layouts
    layout_at: Ints
    pause_low: Ints
    pause_high: Ints
    pause_length: Ints
    pause_after: Ints
    pause_at: Ints
    follows: Ints  # pairs of shifts that share a worker or a vehicle, the earlier first
    # links, by request of the outbound and inbound ride
    link_out: Ints  # request -> its return, -1
    link_in: Ints  # request -> its outbound, -1
    manner: Ints  # outbound request
    stay: Ints
    close_by: Flags  # link number, profile, place
    link_number: Ints
    # gaps
    gap_first: Ints
    gap_second: Ints
    gap_least: Ints
    gap_most: Ints
    gap_apart: Flags  # two carers
    # sequence locks
    lock_shift: Ints
    lock_strict: Flags
    lock_node: Ints
    lock_at: Ints
    # ferries
    side: Ints
    quay: Ints  # ferry, 2: mainland and island
    boat: Ints
    boat_at: Ints  # ferry * 2 + homeward
    sail: Ints  # ferry, 2: duration and boarding
    # weights
    weight: Floats  # kilometre, paid, overtime, late, aboard, imbalance, changed, shift used, greatest late
    free_change: int
    tied: Flags  # request: its times depend on other routes
    # derived, for quick tests
    opens: Ints  # node: first and last moment to begin, lateness allowed
    shuts: Ints
    punctual: Ints  # node: the end of its window
    simple: Flags  # node: one window, one interval
    plain: Flags  # node: simple, and nothing weighs on it but way and time
    gentle: Flags  # node: plain but for the length of a ride
    ample: Flags  # node: plain but for ties to other routes
    escorted: Flags  # request: a carer waits during it
    far: Ints  # unit: way from the first shift's start
    bulk: Floats  # unit: how much it takes of a route, in time and room
    alike: Ints  # shift: the first shift that is in all respects like this one
    locked: Flags  # shift: a sequence lock names it
    unbroken: Ints  # shift: longest time from leaving to return without a break
    rest: Ints  # shift: length of all breaks
    loose: Flags  # shift: only ways and lateness are weighed, no breaks, any length
    even: Flags  # shift: only ways are weighed, and there are no breaks to place
    untimed: Flags  # shift: only ways count, and nobody may be late
    bound_up: bool  # some routes depend on each other


def compile_data(instance: Instance) -> Data:
    """Return the arrays of an instance."""
    profiles = sorted(instance.matrix.seconds)
    plain = (
        _of_ways(instance, profiles)
        | _of_nodes(instance)
        | _of_requests(instance, profiles)
        | _of_shifts(instance, profiles)
        | _of_ties(instance, profiles)
        | _of_ferries(instance)
        | _of_weights(instance)
    )
    return Data(**plain, **derived(plain))


def _of_ways(instance: Instance, profiles: list[str]) -> dict[str, Any]:
    """Return the arrays of ways, one table per profile."""
    used = [instance.ways[profile] for profile in profiles]
    return {
        "seconds": np.stack([ways.seconds_table for ways in used]).astype(np.int32, copy=False),
        "metres": np.stack([ways.metres_table for ways in used]).astype(np.int32, copy=False),
    }


def _of_nodes(instance: Instance) -> dict[str, Any]:
    """Return the arrays of nodes."""
    nodes = instance.nodes
    domain_at, low, high = _ragged([node.domain for node in nodes])
    window_at, open_, close = _ragged([node.windows for node in nodes])
    return {
        "place": _ints([node.place for node in nodes]),
        "duration": _ints([node.duration for node in nodes]),
        "request": _ints([node.request for node in nodes]),
        "partner": _ints([node.partner for node in nodes]),
        "kind": _ints([0 if node.is_visit else 1 if node.is_pickup else 2 for node in nodes]),
        "load": np.array([node.load for node in nodes], np.int64).reshape(-1, 3),
        "goods": _ints([node.goods for node in nodes]),
        "low": low,
        "high": high,
        "domain_at": domain_at,
        "open": open_,
        "close": close,
        "window_at": window_at,
        "promised": _promised(instance),
    }


def _of_requests(instance: Instance, profiles: list[str]) -> dict[str, Any]:
    """Return the arrays of requests and of units."""
    requests, shifts = range(len(instance.requests)), instance.shifts
    units = sorted({unit_of(instance, request) for request in requests})
    unit = np.zeros(len(requests), np.int64)
    for number, members in enumerate(units):
        unit[list(members)] = number
    worth = [float(sum(instance.unassigned_points(r) for r in members)) for members in units]
    return {
        "first": _ints([own[0] for own in instance.nodes_of_request]),
        "crew": _ints(instance.crew),
        "points": np.array([float(instance.unassigned_points(r)) for r in requests]),
        "unit": unit,
        "allowed": _table(requests, shifts, lambda r, s: instance.static_block(r, s) is None, bool, _who_may(instance)),
        "people": _table(requests, shifts, lambda r, s: float(instance.worker_points(r, s)), float, _whose(instance)),
        "limit": _ride_table(instance, profiles, instance.ride_limit),
        "direct": _ride_table(instance, profiles, instance.direct),
        "apart": _apart(instance),
        "pinned": _pinned(instance),
        "pins": _ints([len(instance.pinned.get(r, ())) for r in requests]),
        "member": np.array([(*members, -1)[:2] for members in units], np.int64).reshape(-1, 2),
        "worth": np.array(worth),
        "rank": 1.0 + np.log10(np.maximum(1.0, worth) / max(1.0, min(worth, default=1.0))),
        "near": near(instance, units),
        "tied": _tied(instance),
    }


def _of_shifts(instance: Instance, profiles: list[str]) -> dict[str, Any]:
    """Return the arrays of shifts with their layouts and breaks."""
    shifts = instance.shifts
    layout_at, layout = _rows([data.layouts for data in shifts], 3)
    pauses = [instance.breaks(data.index) for data in shifts]
    pause_at, pause = _rows(
        [[(p.window.earliest, p.window.latest, p.duration, p.required_after) for p in own] for own in pauses], 4
    )
    return {
        "profile": _ints([profiles.index(data.profile) for data in shifts]),
        "start": _ints([data.start for data in shifts]),
        "end": _ints([data.end for data in shifts]),
        "earliest": _ints([data.shift.earliest for data in shifts]),
        "latest": _ints([data.shift.latest for data in shifts]),
        "hard_end": _ints([data.hard_end for data in shifts]),
        "hold": _ints([data.hold for data in shifts]),
        "longest": _ints([NEVER if d.shift.max_duration is None else d.shift.max_duration for d in shifts]),
        "worker": _numbered([data.shift.worker for data in shifts]),
        "group": _numbered([data.shift.balance_group for data in shifts], blank=""),
        "layout": layout,
        "layout_at": layout_at,
        "pause_low": pause[:, 0].copy(),
        "pause_high": pause[:, 1].copy(),
        "pause_length": pause[:, 2].copy(),
        "pause_after": pause[:, 3].copy(),
        "pause_at": pause_at,
        "follows": np.array(shared(instance), np.int64).reshape(-1, 2),
    }


def _of_ties(instance: Instance, profiles: list[str]) -> dict[str, Any]:
    """Return the arrays of links, gaps and locked sequences."""
    requests, links = range(len(instance.requests)), instance.links
    lock_at, lock_node = _rows([[(node,) for node in chain] for _, chain, _ in instance.sequence_locks], 1)
    return {
        "link_out": _by_request(requests, {out: back for _, out, back in links}),
        "link_in": _by_request(requests, {back: out for _, out, back in links}),
        "manner": _by_request(requests, {out: MANNERS[link.waiting] or int(link.one_shift) for link, out, _ in links}),
        "stay": _by_request(requests, {out: link.minimum_stay for link, out, _ in links}),
        "close_by": _close_by(instance, profiles),
        "link_number": _by_request(requests, {out: number for number, (_, out, _) in enumerate(links)}),
        "gap_first": _ints([first for _, first, _ in instance.gaps]),
        "gap_second": _ints([second for _, _, second in instance.gaps]),
        "gap_least": _ints([gap.minimum for gap, _, _ in instance.gaps]),
        "gap_most": _ints([NEVER if gap.maximum is None else gap.maximum for gap, _, _ in instance.gaps]),
        "gap_apart": np.array([gap.two_carers for gap, _, _ in instance.gaps], np.bool_),
        "lock_shift": _ints([shift for shift, _, _ in instance.sequence_locks]),
        "lock_strict": np.array([strict for _, _, strict in instance.sequence_locks], np.bool_),
        "lock_node": lock_node[:, 0].copy(),
        "lock_at": lock_at,
    }


def _of_ferries(instance: Instance) -> dict[str, Any]:
    """Return the arrays of ferries and who lives beyond them."""
    boat_at, boat = _rows(
        [
            [(departure,) for departure in sorted(times)]
            for ferry in instance.ferries
            for times in (ferry.crossing.outward, ferry.crossing.homeward)
        ],
        1,
    )
    return {
        "side": _ints(instance.side),
        "quay": np.array([(f.mainland, f.island) for f in instance.ferries], np.int64).reshape(-1, 2),
        "boat": boat[:, 0].copy(),
        "boat_at": boat_at,
        "sail": np.array([(f.crossing.duration, f.crossing.boarding) for f in instance.ferries], np.int64).reshape(
            -1, 2
        ),
    }


def _of_weights(instance: Instance) -> dict[str, Any]:
    """Return the weights of the objective."""
    weigh = instance.problem.objective
    return {
        "weight": np.array(
            [
                weigh.kilometre / 1000,
                weigh.paid_minute / 60,
                weigh.overtime_minute / 60,
                weigh.late_minute / 60,
                weigh.waiting_aboard_minute / 60,
                weigh.imbalance_minute / 60,
                weigh.changed_minute / 60,
                weigh.shift_used,
                weigh.greatest_late_minute / 60,
            ]
        ),
        "free_change": weigh.free_change,
    }


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), np.int64)


def _ragged(rows: Iterable[tuple[tuple[int, int], ...]]) -> tuple[Ints, Ints, Ints]:
    at, flat = _rows(list(rows), 2)
    return at, flat[:, 0].copy(), flat[:, 1].copy()


def _rows(rows: Sequence[Sequence[Sequence[int]]], width: int) -> tuple[Ints, Ints]:
    """Return where each row begins in the flat array (with the end of the last), and the flat array."""
    at = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)
    flat = [item for row in rows for item in row]
    return at, np.array(flat, np.int64).reshape(-1, width)


def _table(
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


def _who_may(instance: Instance) -> Callable[[int], Hashable]:
    """Return what `Instance.static_block` looks at of a request."""

    def key(request: int) -> Hashable:
        asked, load = instance.requests[request], instance.nodes[instance.nodes_of_request[request][0]].load
        tied = request in instance.link_of or request in instance.pinned or request in instance.torn
        goods = asked.goods if isinstance(asked, Visit) else 0
        return request if tied else (asked.skills, asked.forbidden, load, goods, instance.crew[request])

    return key


def _whose(instance: Instance) -> Callable[[int], Hashable]:
    """Return what `Instance.worker_points` looks at of a request."""

    def key(request: int) -> Hashable:
        asked, promise = instance.requests[request], instance.promise_of.get(request)
        return asked.regular, asked.preferred, promise.worker if promise is not None else None

    return key


def _pinned(instance: Instance) -> Flags:
    table = np.zeros((len(instance.requests), len(instance.shifts)), np.bool_)
    for request, named in instance.pinned.items():
        table[request, list(named)] = True
    return table


def _ride_table(instance: Instance, profiles: list[str], value: Callable[[int, int], int | None]) -> Ints:
    table = np.full((len(instance.requests), len(profiles)), -1, np.int64)
    for number, profile in enumerate(profiles):
        shift = next((data.index for data in instance.shifts if data.profile == profile), None)
        for request, asked in enumerate(instance.requests):
            if shift is not None and isinstance(asked, Shipment):
                found = value(request, shift)
                table[request, number] = -1 if found is None else found
    return table


def _promised(instance: Instance) -> Ints:
    begin = np.full(len(instance.nodes), -1, np.int64)
    for request, promise in instance.promise_of.items():
        begin[instance.nodes_of_request[request][0]] = promise.start
    return begin


def _apart(instance: Instance) -> Flags:
    size = len(instance.requests) if any(instance.apart) else 0
    table = np.zeros((size, size), np.bool_)
    for request, others in enumerate(instance.apart if size else ()):
        table[request, list(others)] = True
    return table


def _numbered(names: Sequence[str], blank: str | None = None) -> Ints:
    known = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return _ints(-1 if name == blank else known[name] for name in names)


def _by_request(requests: range, values: Mapping[int, int]) -> Ints:
    return _ints(values.get(request, -1) for request in requests)


def _close_by(instance: Instance, profiles: list[str]) -> Flags:
    table = np.zeros((len(instance.links), len(profiles), len(instance.matrix.places)), np.bool_)
    for number, (_, outbound, _) in enumerate(instance.links):
        for p, profile in enumerate(profiles):
            table[number, p, list(instance.nearby_places.get((profile, outbound), ()))] = True
    return table


def _tied(instance: Instance) -> Flags:
    """Return which requests can tie the times of two routes together."""
    flags = np.array([size > 1 for size in instance.crew], np.bool_)
    for link, outbound, inbound in instance.links:
        if not link.one_shift:
            flags[[outbound, inbound]] = True
    for _, first, second in instance.gaps:
        flags[[instance.nodes[first].request, instance.nodes[second].request]] = True
    return flags
