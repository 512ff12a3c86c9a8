"""Compile one class of alike shifts into the arrays of the pricing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np

from routing.problem import Waiting
from routing.solver.bound.domains import Domains, after, before, linked_domains
from routing.solver.bound.kinds import Kind
from routing.solver.bound.pricing.data import FAR, Flags, Ints, Tables
from routing.solver.elements import NEVER, ShiftData
from routing.solver.instance import Instance

_BITS = 62
"""A request is a bit of a signed word of 64."""

_MOST_BREAKS = 3


@dataclass(frozen=True, kw_only=True)
class Compiled:
    """The arrays of one class, built part by part."""

    instance: Instance
    kind: Kind

    @cached_property
    def data(self) -> ShiftData:
        """Return one shift of the class."""
        return self.instance.shifts[self.kind.shifts[0]]

    @cached_property
    def whole(self) -> Tables:
        """Return the arrays of the day as it is."""
        return Tables(
            stops=len(self.instance.nodes),
            **self._ways,
            reach=self._reach,
            **self._stops(),
            **self._when(linked_domains(self.instance), 0),
            **self._requests(),
            **self._shift(),
            **self._rooms(),
        )

    def narrowed(self, domains: Domains, barred: int) -> Tables:
        """Return the arrays with other times at which service may begin, and requests that are barred."""
        return self.whole._replace(**self._when(domains, barred))

    @cached_property
    def _lengths(self) -> Ints:
        return np.array([node.duration for node in self.instance.nodes], np.int64)

    @cached_property
    def _reach(self) -> Ints:
        return _closure(self._ways["go"], self._lengths)

    @cached_property
    def _ways(self) -> dict[str, Any]:
        """Return the arrays of ways: seconds and points from stop to stop, and whose timetable counts."""
        nodes, known = self.instance.nodes, self.instance
        count = len(nodes)
        go = np.full((count + 1, count + 1), FAR, np.int64)
        points = np.zeros((count + 1, count + 1))
        quay, line = np.zeros_like(go), np.full_like(go, -1)
        starts = [node.place for node in nodes] + [self.data.start]
        ends = [node.place for node in nodes] + [self.data.end]
        boats = [known.ferries[k // 2].crossing for k in range(2 * len(known.ferries))]
        for i in range(count + 1):
            for j in range(count + 1):
                passage = known.passage(self.data.index, starts[i], ends[j]) if i != j or i == count else None
                if passage is None:
                    continue
                go[i, j] = passage.before + passage.after
                metres = passage.metres_before + passage.metres_after
                points[i, j] = known.problem.objective.kilometre * metres / 1000
                if passage.ferry is not None:
                    crossing = passage.ferry.crossing
                    quay[i, j] = passage.before + crossing.boarding
                    line[i, j] = 2 * known.ferries.index(passage.ferry) + (not passage.outward)
                    go[i, j] += crossing.boarding + crossing.duration
        for link, outbound, inbound in known.links:
            if link.waiting is Waiting.STAYS:
                there, back = known.nodes_of_request[outbound][1], known.nodes_of_request[inbound][0]
                if line[there, back] < 0 and go[there, back] < FAR:
                    go[there, back] = max(go[there, back], link.minimum_stay)
        sails = [sorted(c.homeward if k % 2 else c.outward) for k, c in enumerate(boats)]
        return {
            "go": go,
            "points": points,
            "quay": quay,
            "line": line,
            "boat": np.array([at for own in sails for at in own], np.int64),
            "boat_at": np.cumsum([0, *map(len, sails)]).astype(np.int64),
        }

    def _when(self, linked: Domains, barred: int) -> dict[str, Any]:
        """Return the arrays of when service may begin, and which stops this class may serve."""
        domains = self._tight(linked)
        bounds = [part for domain in domains for part in domain]
        last = np.array([domain[-1][1] if domain else -1 for domain in domains], np.int64)
        firsts = [nodes[0] for nodes in self.instance.nodes_of_request]
        return {
            "low": np.array([low for low, _ in bounds], np.int64),
            "high": np.array([high for _, high in bounds], np.int64),
            "domain_at": np.cumsum([0, *map(len, domains)]).astype(np.int64),
            "last": last,
            "too_late": np.ascontiguousarray(last[None, firsts] - self._reach[:-1, firsts]),
            "usable": self._usable(domains, barred),
        }

    def _tight(self, linked: Domains) -> Domains:
        """Return the times at which service may begin on these shifts, each ride's two ends cut to each other."""
        domains = list(linked)
        for request, (first, *rest) in enumerate(self.instance.nodes_of_request):
            for second in rest:
                if not domains[first] or not domains[second]:
                    domains[first] = domains[second] = ()
                    continue
                lag = int(self._reach[first, second]) + self.instance.nodes[first].duration
                limit = self.instance.ride_limit(request, self.data.index)
                domains[second] = after(domains[second], domains[first][0][0] + lag)
                domains[first] = before(domains[first], linked[second][-1][1] - lag)
                if limit is not None and domains[first] and domains[second]:
                    slack = limit + self.instance.nodes[first].duration
                    domains[second] = before(domains[second], domains[first][-1][1] + slack)
                    if domains[second]:
                        domains[first] = after(domains[first], domains[second][0][0] - slack)
        return tuple(domains)

    def _usable(self, domains: Domains, barred: int) -> Flags:
        """Return which stops this class may serve: both ends of a ride or none, both rides of one shift or none."""
        fine = [
            self.kind.usable[request] and not barred >> request & 1 and all(domains[node] for node in nodes)
            for request, nodes in enumerate(self.instance.nodes_of_request)
        ]
        for link, outbound, inbound in self.instance.links:
            if link.one_shift:
                fine[outbound] = fine[inbound] = fine[outbound] and fine[inbound]
        return np.array([fine[node.request] for node in self.instance.nodes], np.bool_)

    def _stops(self) -> dict[str, Any]:
        nodes, weigh = self.instance.nodes, self.instance.problem.objective
        crew = self.instance.crew
        width, keep = self._packing
        return {
            "close": np.array([node.windows[-1][1] for node in nodes], np.int64),
            "late": np.array([weigh.late_minute / 60 / crew[node.request] for node in nodes]),
            **self._promised(),
            "length": self._lengths,
            "request": np.array([node.request for node in nodes], np.int64),
            "kind": np.array([0 if node.is_visit else 1 if node.is_pickup else 2 for node in nodes], np.int64),
            "partner": np.array([node.partner for node in nodes], np.int64),
            "goods": np.array([node.goods for node in nodes], np.int64),
            "load": np.array([_packed([node.load[kind] for kind in keep], width) for node in nodes], np.int64),
        }

    def _promised(self) -> dict[str, Any]:
        """Return from when on a stop is later than promised, and what that costs; a crew shares it."""
        known, weigh = self.instance, self.instance.problem.objective
        told, moved = np.full(len(known.nodes), FAR, np.int64), np.zeros(len(known.nodes))
        for request, promise in known.promise_of.items():
            stop = known.nodes_of_request[request][0]
            told[stop] = promise.start + weigh.free_change
            moved[stop] = weigh.changed_minute / 60 / known.crew[request]
        return {"told": told, "moved": moved}

    def _never(self) -> Ints:
        """Return, per request, the mask of those that may not follow it on one route."""
        known, masks = self.instance, np.zeros(len(self.instance.requests), np.int64)
        for request, others in known.others_of.items():
            masks[request] |= mask(others)
        for _, first, second in known.gaps:
            masks[known.nodes[second].request] |= mask([known.nodes[first].request])
        return masks

    def _requests(self) -> dict[str, Any]:
        known, count = self.instance, len(self.instance.requests)
        rides = [request for request in range(count) if len(known.nodes_of_request[request]) == 2]
        direct, limit = np.zeros(count, np.int64), np.full(count, FAR, np.int64)
        for ride in rides:
            seconds, longest = known.direct(ride, self.data.index), known.ride_limit(ride, self.data.index)
            direct[ride] = 0 if seconds >= NEVER else seconds
            limit[ride] = FAR if longest is None else min(longest, FAR)
        back, fore = np.full(count, -1, np.int64), np.full(count, -1, np.int64)
        stays, nearby = np.zeros(count, np.bool_), np.full(count, -1, np.int64)
        for link, outbound, inbound in known.links:
            if link.one_shift:
                back[outbound], fore[inbound] = inbound, outbound
                stays[inbound] = link.waiting is Waiting.STAYS
                if link.waiting is Waiting.NEARBY:
                    nearby[inbound] = self._nearby(outbound)
        return {
            "people": np.array(self.kind.people, np.float64),
            "direct": direct,
            "limit": limit,
            "apart": np.array([mask(known.apart[request]) for request in range(count)], np.int64),
            "never": self._never(),
            "back": back,
            "fore": fore,
            "stays": stays,
            "nearby": nearby,
            "memory": np.zeros(count, np.int64),
        }

    def _nearby(self, outbound: int) -> int:
        places = self.instance.nearby_places[self.data.profile, outbound]
        return mask(node.request for node in self.instance.nodes if node.is_visit and node.place in places)

    def _shift(self) -> dict[str, Any]:
        shift, weigh = self.data.shift, self.instance.problem.objective
        pauses = self.instance.breaks(self.data.index)
        return {
            "earliest": shift.earliest,
            "latest": shift.latest,
            "hard_end": self.data.hard_end,
            "longest": _binding(shift.max_duration, self.data.hard_end - shift.earliest),
            "hold": _binding(self.data.hold, sum(node.goods for node in self.instance.nodes)),
            "pause_low": np.array([pause.window.earliest for pause in pauses], np.int64),
            "pause_high": np.array([pause.window.latest for pause in pauses], np.int64),
            "pause_length": np.array([pause.duration for pause in pauses], np.int64),
            "pause_after": np.array([pause.required_after for pause in pauses], np.int64),
            "pay": weigh.paid_minute / 60,
            "over": weigh.overtime_minute / 60,
            "aboard": weigh.waiting_aboard_minute / 60,
            "used": float(weigh.shift_used),
        }

    @cached_property
    def _packing(self) -> tuple[int, list[int]]:
        """Return how many bits each kind of room gets in a packed load, and which kinds can be scarce."""
        loads = np.array([node.load for node in self.instance.nodes], np.int64).reshape(len(self.instance.nodes), -1)
        most = np.maximum(loads, 0).sum(axis=0)
        rooms = np.array(self.data.layouts, np.int64).min(axis=0)
        scarce = [kind for kind in range(len(most)) if most[kind] > rooms[kind]]
        width = max((int(most[kind]).bit_length() for kind in scarce), default=1)
        return width, scarce[: 62 // width]

    def _rooms(self) -> dict[str, Any]:
        width, keep = self._packing
        rows = [[layout[kind] for kind in keep] for layout in self.data.layouts]
        return {"layout": np.array(rows, np.int64).reshape(len(rows), len(keep)), "width": width}


def mask(requests: Iterable[int]) -> int:
    """Return the bits of requests."""
    bits = 0
    for request in requests:
        bits |= 1 << request
    return bits


def is_told(instance: Instance) -> bool:
    """Tell whether the arrays can say this day: few requests and breaks, and one ferry to an island."""
    islands = [crossing.island | {crossing.island_harbour} for crossing in instance.problem.crossings]
    return (
        len(instance.requests) <= _BITS
        and all(len(instance.breaks(data.index)) <= _MOST_BREAKS for data in instance.shifts)
        and not any(one & other for one, other in combinations(islands, 2))
    )


def _binding(limit: int | None, whole: int) -> int:
    """Return a limit, `FAR` where the whole does not exceed it anyway."""
    return FAR if limit is None or limit >= whole else limit


def _packed(amounts: list[int], width: int) -> int:
    return sum(amount << (position * width) for position, amount in enumerate(amounts))


def _closure(go: Ints, lengths: Ints) -> Ints:
    """Return the least seconds on any way, with service at the stops between."""
    found = go.copy()
    count = len(go) - 1
    for via in range(count):
        detour = np.minimum(found[:, via, None] + lengths[via] + found[None, via, :], FAR)
        found = np.minimum(found, detour)
    np.fill_diagonal(found[:count, :count], 0)
    return found
