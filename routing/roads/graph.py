"""The graph that is searched: roads as arcs, and every snapped place as a source and a sink of its own.

A place in the middle of a road cuts it in two. Instead of rebuilding the road, the place gets arcs: from its source to
the ends of the road it lies on (in the legal directions), from there to its sink, and straight to the sinks of other
places on the same road. One run of Dijkstra from the sources then gives exact times between places.

The weight of an arc holds centiseconds and decimetres in one number, centiseconds first, so that the shortest of the
fastest paths is found and both sums can be read off its length. Both are whole and stay below 2**53: sums are exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from routing.roads.network import NO_TWIN, RoadNetwork
from routing.roads.snap import Snapped
from routing.roads.speeds import Profile, Weights, weigh

DECIMETRES = 10
LENGTH_SPAN = 2**27
"""Decimetres that fit beside the centiseconds: 13,400 km; times up to 186 hours."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Arcs:
    """Arcs from `tail` to `head`: the part of road `edge` from share `start` to `stop`, with its packed `weight`."""

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    edge: NDArray[np.int64]
    start: NDArray[np.float64]
    stop: NDArray[np.float64]
    weight: NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class SearchGraph:
    """The matrix to search and the arc behind each of its entries.

    `matrix` has the packed weights as float64. Nodes: the network's, then the sources of the snapped places, then
    their sinks. `arc_of_entry` gives for each stored entry the row in `arcs`.
    """

    matrix: csr_array
    arcs: Arcs
    arc_of_entry: NDArray[np.int64]
    sources: NDArray[np.int64]
    sinks: NDArray[np.int64]


def unpack(weight: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the centiseconds and the decimetres in packed weights; finite ones only."""
    whole = weight.astype(np.int64)
    return whole // LENGTH_SPAN, whole % LENGTH_SPAN


def search_graph(network: RoadNetwork, snapped: Snapped, profile: Profile) -> SearchGraph:
    """Return the graph of `network` with `snapped` places under `profile`."""
    weights = weigh(network, profile)
    places = len(snapped.places)
    sources = network.nodes + np.arange(places)
    sinks = sources + places
    halves = _Halves(network, snapped, profile, weights)
    arcs = _joined([_roads(network, weights), *halves.to_the_road(sources, sinks), halves.direct(sources, sinks)])
    size = network.nodes + 2 * places
    matrix, arc_of_entry = _lightest(arcs, size)
    return SearchGraph(matrix=matrix, arcs=arcs, arc_of_entry=arc_of_entry, sources=sources, sinks=sinks)


def _roads(network: RoadNetwork, weights: Weights) -> Arcs:
    """Return whole roads as arcs; a loop back to its own beginning shortens nothing."""
    edge = np.flatnonzero(weights.usable & (network.tail != network.head))
    return Arcs(
        tail=network.tail[edge].astype(np.int64),
        head=network.head[edge].astype(np.int64),
        edge=edge,
        start=np.zeros(len(edge)),
        stop=np.ones(len(edge)),
        weight=_pack(weights.run[edge] + weights.junction[edge], _decimetres(network.length[edge])),
    )


class _Halves:
    """The parts of roads before and after each place, per legal direction, as one row per place and direction."""

    def __init__(self, network: RoadNetwork, snapped: Snapped, profile: Profile, weights: Weights) -> None:
        forth = np.flatnonzero(snapped.on_road)
        twin = np.where(snapped.on_road, network.twin[snapped.edge], NO_TWIN)
        back = np.flatnonzero(twin != NO_TWIN)
        self.place = np.concatenate([forth, back])
        self.edge = np.concatenate([snapped.edge[forth], twin[back]]).astype(np.int64)
        self.share = np.concatenate([snapped.along[forth], 1 - snapped.along[back]])
        run, metres = weights.run[self.edge], _decimetres(network.length[self.edge])
        # Rounding the first part and giving the rest to the second keeps their sum the weight of the whole road.
        self.time_before = np.rint(self.share * run).astype(np.int64)
        self.time_after = run - self.time_before + weights.junction[self.edge]
        self.way_before = np.rint(self.share * metres).astype(np.int64)
        self.way_after = metres - self.way_before
        self.tail, self.head = network.tail[self.edge], network.head[self.edge]
        self.one_way = network.twin[self.edge] == NO_TWIN
        self.access = _pack(profile.access_centiseconds(snapped.metres), _decimetres(snapped.metres))

    def to_the_road(self, sources: NDArray[np.int64], sinks: NDArray[np.int64]) -> tuple[Arcs, ...]:
        """Return the arcs from each source to the ends of its road, and from there to each sink."""
        access, zeros, ones = self.access[self.place], np.zeros(len(self.place)), np.ones(len(self.place))
        leave = Arcs(
            tail=sources[self.place],
            head=self.head.astype(np.int64),
            edge=self.edge,
            start=self.share,
            stop=ones,
            weight=_pack(self.time_after, self.way_after) + access,
        )
        arrive = Arcs(
            tail=self.tail.astype(np.int64),
            head=sinks[self.place],
            edge=self.edge,
            start=zeros,
            stop=self.share,
            weight=_pack(self.time_before, self.way_before) + access,
        )
        return leave, arrive, *self._at_the_ends(sources, sinks)

    def _at_the_ends(self, sources: NDArray[np.int64], sinks: NDArray[np.int64]) -> tuple[Arcs, Arcs]:
        """Return the arcs of places at the very end of a one-way road: the node there is the place's own.

        Two-way roads need none, their other direction begins or ends there.
        """
        begin = np.flatnonzero(self.one_way & (self.way_before == 0))
        end = np.flatnonzero(self.one_way & (self.way_after == 0))
        leave = self._standing(begin, tail=sources[self.place[begin]], head=self.tail[begin], share=0.0)
        arrive = self._standing(end, tail=self.head[end], head=sinks[self.place[end]], share=1.0)
        return leave, arrive

    def _standing(
        self, rows: NDArray[np.intp], *, tail: NDArray[np.integer], head: NDArray[np.integer], share: float
    ) -> Arcs:
        shares = np.full(len(rows), share)
        return Arcs(
            tail=tail.astype(np.int64),
            head=head.astype(np.int64),
            edge=self.edge[rows],
            start=shares,
            stop=shares,
            weight=self.access[self.place[rows]],
        )

    def direct(self, sources: NDArray[np.int64], sinks: NDArray[np.int64]) -> Arcs:
        """Return the arcs between places that lie on the same road, where its direction allows."""
        pairs = [pair for rows in _groups(self.edge) for pair in self._ahead(rows)]
        a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        way = self.way_before[b] - self.way_before[a]
        access = self.access[self.place[a]] + self.access[self.place[b]]
        return Arcs(
            tail=sources[self.place[a]],
            head=sinks[self.place[b]],
            edge=self.edge[a],
            start=self.share[a],
            stop=self.share[b],
            weight=_pack(self.time_before[b] - self.time_before[a], way) + access,
        )

    def _ahead(self, rows: NDArray[np.intp]) -> list[tuple[int, int]]:
        return [(a, b) for a in rows for b in rows if a != b and self.share[a] <= self.share[b]]


def _groups(edge: NDArray[np.int64]) -> list[NDArray[np.intp]]:
    """Return the rows of each edge that has more than one."""
    order = np.argsort(edge, kind="stable")
    cuts = np.flatnonzero(np.diff(edge[order])) + 1
    return [rows for rows in np.split(order, cuts) if len(rows) > 1]


def _lightest(arcs: Arcs, size: int) -> tuple[csr_array, NDArray[np.int64]]:
    """Return the matrix of the lightest arc between each pair of nodes: sparse matrices would add parallel ones up."""
    order = np.lexsort((arcs.weight, arcs.head, arcs.tail))
    tail, head = arcs.tail[order], arcs.head[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    kept = order[first]
    row_start = np.searchsorted(arcs.tail[kept], np.arange(size + 1))
    weight = arcs.weight[kept].astype(np.float64)  # zeros are kept: scipy takes a stored zero for an arc
    return csr_array((weight, arcs.head[kept], row_start), shape=(size, size)), kept


def _joined(parts: list[Arcs]) -> Arcs:
    return Arcs(
        tail=np.concatenate([part.tail for part in parts]),
        head=np.concatenate([part.head for part in parts]),
        edge=np.concatenate([part.edge for part in parts]),
        start=np.concatenate([part.start for part in parts]),
        stop=np.concatenate([part.stop for part in parts]),
        weight=np.concatenate([part.weight for part in parts]),
    )


def _pack(centiseconds: NDArray[np.int64], decimetres: NDArray[np.int64]) -> NDArray[np.int64]:
    return centiseconds * LENGTH_SPAN + decimetres


def _decimetres(metres: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.rint(metres * DECIMETRES).astype(np.int64)
