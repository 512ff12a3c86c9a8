"""Fill the arrays of compiled code from an instance."""

from __future__ import annotations

from typing import Any

import numpy as np

from routing.problem import Waiting
from routing.solver.earliest import shared
from routing.solver.elements import NEVER
from routing.solver.insertion import unit_of
from routing.solver.instance import Instance
from routing.solver.kernel.data import Data
from routing.solver.kernel.derived import derived
from routing.solver.kernel.near import near
from routing.solver.kernel.tables import (
    apart,
    by_request,
    close_by,
    gap_ends,
    ints,
    numbered,
    per_ride,
    pinned,
    promised,
    ragged,
    rows_of,
    shared_rows,
    tied,
    who_may,
    whose,
)

MANNERS = {Waiting.FREE: 0, Waiting.NEARBY: 2, Waiting.STAYS: 3}
"""What a shift does while a client is inside; 1 is a free wait that still asks for one shift."""


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
    domain_at, low, high = ragged([node.domain for node in nodes])
    window_at, open_, close = ragged([node.windows for node in nodes])
    return {
        "place": ints([node.place for node in nodes]),
        "duration": ints([node.duration for node in nodes]),
        "request": ints([node.request for node in nodes]),
        "partner": ints([node.partner for node in nodes]),
        "kind": ints([0 if node.is_visit else 1 if node.is_pickup else 2 for node in nodes]),
        "load": np.array([node.load for node in nodes], np.int64).reshape(-1, 3),
        "goods": ints([node.goods for node in nodes]),
        "low": low,
        "high": high,
        "domain_at": domain_at,
        "open": open_,
        "close": close,
        "window_at": window_at,
        "promised": promised(instance),
    }


def _of_requests(instance: Instance, profiles: list[str]) -> dict[str, Any]:
    """Return the arrays of requests and of units."""
    requests, shifts = range(len(instance.requests)), instance.shifts
    units = sorted({unit_of(instance, request) for request in requests})
    unit = np.zeros(len(requests), np.int64)
    for number, members in enumerate(units):
        unit[list(members)] = number

    def may(request: int, shift: int) -> bool:
        return instance.static_block(request, shift) is None

    def liked(request: int, shift: int) -> float:
        return float(instance.worker_points(request, shift))

    worth = [float(sum(instance.unassigned_points(r) for r in members)) for members in units]
    return {
        "first": ints([own[0] for own in instance.nodes_of_request]),
        "crew": ints(instance.crew),
        "points": np.array([float(instance.unassigned_points(r)) for r in requests]),
        "unit": unit,
        "allowed": shared_rows(
            requests, shifts, lambda r, s: instance.static_block(r, s) is None, bool, who_may(instance)
        ),
        "people": shared_rows(
            requests, shifts, lambda r, s: float(instance.worker_points(r, s)), float, whose(instance)
        ),
        "limit": per_ride(instance, profiles, instance.ride_limit),
        "direct": per_ride(instance, profiles, instance.direct),
        "apart": apart(instance),
        "pinned": pinned(instance),
        "pins": ints([len(instance.pinned.get(r, ())) for r in requests]),
        "member": np.array([(*members, -1)[:2] for members in units], np.int64).reshape(-1, 2),
        "worth": np.array(worth),
        "rank": 1.0 + np.log10(np.maximum(1.0, worth) / max(1.0, min(worth, default=1.0))),
        "near": near(instance, units),
        "tied": tied(instance),
    }


def _of_shifts(instance: Instance, profiles: list[str]) -> dict[str, Any]:
    """Return the arrays of shifts with their layouts and breaks."""
    shifts = instance.shifts
    layout_at, layout = rows_of([data.layouts for data in shifts], 3)
    pauses = [instance.breaks(data.index) for data in shifts]
    pause_at, pause = rows_of(
        [[(p.window.earliest, p.window.latest, p.duration, p.required_after) for p in own] for own in pauses], 4
    )
    return {
        "profile": ints([profiles.index(data.profile) for data in shifts]),
        "start": ints([data.start for data in shifts]),
        "end": ints([data.end for data in shifts]),
        "earliest": ints([data.shift.earliest for data in shifts]),
        "latest": ints([data.shift.latest for data in shifts]),
        "hard_end": ints([data.hard_end for data in shifts]),
        "hold": ints([data.hold for data in shifts]),
        "longest": ints([NEVER if d.shift.max_duration is None else d.shift.max_duration for d in shifts]),
        "worker": numbered([data.shift.worker for data in shifts]),
        "group": numbered([data.shift.balance_group for data in shifts], blank=""),
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
    lock_at, lock_node = rows_of([[(node,) for node in chain] for _, chain, _ in instance.sequence_locks], 1)
    return {
        "link_out": by_request(requests, {out: back for _, out, back in links}),
        "link_in": by_request(requests, {back: out for _, out, back in links}),
        "manner": by_request(requests, {out: MANNERS[link.waiting] or int(link.one_shift) for link, out, _ in links}),
        "stay": by_request(requests, {out: link.minimum_stay for link, out, _ in links}),
        "close_by": close_by(instance, profiles),
        "link_number": by_request(requests, {out: number for number, (_, out, _) in enumerate(links)}),
        "gap_first": ints([first for _, first, _ in instance.gaps]),
        "gap_second": ints([second for _, _, second in instance.gaps]),
        "gap_least": ints([gap.minimum for gap, _, _ in instance.gaps]),
        "gap_most": ints([NEVER if gap.maximum is None else gap.maximum for gap, _, _ in instance.gaps]),
        "gap_apart": np.array([gap.two_carers for gap, _, _ in instance.gaps], np.bool_),
        **gap_ends(instance),
        "lock_shift": ints([shift for shift, _, _ in instance.sequence_locks]),
        "lock_strict": np.array([strict for _, _, strict in instance.sequence_locks], np.bool_),
        "lock_node": lock_node[:, 0].copy(),
        "lock_at": lock_at,
    }


def _of_ferries(instance: Instance) -> dict[str, Any]:
    """Return the arrays of ferries and who lives beyond them."""
    boat_at, boat = rows_of(
        [
            [(departure,) for departure in sorted(times)]
            for ferry in instance.ferries
            for times in (ferry.crossing.outward, ferry.crossing.homeward)
        ],
        1,
    )
    return {
        "side": ints(instance.side),
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
