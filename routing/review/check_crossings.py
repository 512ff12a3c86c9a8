"""Rules on ferries: caught in time, as the timetable says, and no way to an island without one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from routing.plan import Stop, StopKind
from routing.problem import Crossing
from routing.review.codes import Violation, ViolationCode
from routing.review.reading import Reading, Tour, span
from routing.wording.format import clock_exact

_SAILING = (StopKind.BOARD, StopKind.LAND)


@dataclass(frozen=True, kw_only=True)
class _Passage:
    """One sailing of one tour."""

    tour: Tour
    crossing: Crossing
    board: Stop
    land: Stop

    @property
    def outward(self) -> bool:
        return self.board.place == self.crossing.mainland_harbour

    @property
    def departures(self) -> tuple[int, ...]:
        return self.crossing.outward if self.outward else self.crossing.homeward


def known_crossings(reading: Reading) -> Iterator[Violation]:
    """Require BOARD and LAND to name a crossing of the problem."""
    known = _crossings(reading)
    for tour in reading.tours:
        for stop in tour.stops:
            if stop.kind in _SAILING and stop.crossing is not None and stop.crossing not in known:
                yield tour.violation(ViolationCode.UNKNOWN_CROSSING, stop, found=stop.crossing)


def board_then_land(reading: Reading) -> Iterator[Violation]:
    """Require BOARD to be followed at once by LAND of the same crossing, at its two harbours."""
    known = _crossings(reading)
    for tour in reading.tours:
        sailed = {id(stop) for passage in _passages(reading, tour) for stop in (passage.board, passage.land)}
        for stop in tour.stops:
            if stop.crossing in known and stop.kind in _SAILING and id(stop) not in sailed:
                yield tour.violation(
                    ViolationCode.CROSSING_BROKEN, stop, found=stop.place, expected=stop.crossing or ""
                )


def timetable(reading: Reading) -> Iterator[Violation]:
    """Require a boat to be caught at a timetabled departure, `boarding` before it, and to land `duration` after it."""
    for tour in reading.tours:
        for passage in _passages(reading, tour):
            board, land, crossing = passage.board, passage.land, passage.crossing
            if board.departure not in passage.departures:
                yield tour.violation(
                    ViolationCode.NO_DEPARTURE,
                    board,
                    found=clock_exact(board.departure),
                    expected=", ".join(map(clock_exact, passage.departures)),
                )
            if board.departure - board.arrival < crossing.boarding:
                yield tour.violation(
                    ViolationCode.BOARDING_SHORT,
                    board,
                    found=span(board.departure - board.arrival),
                    expected=span(crossing.boarding),
                )
            if land.arrival != board.departure + crossing.duration:
                yield tour.violation(
                    ViolationCode.LANDING_DIFFERS,
                    land,
                    found=clock_exact(land.arrival),
                    expected=clock_exact(board.departure + crossing.duration),
                )


def once_out_once_back(reading: Reading) -> Iterator[Violation]:
    """Require a route to use a crossing at most once out and once back."""
    for tour in reading.tours:
        passages = list(_passages(reading, tour))
        used = Counter((passage.crossing.id, passage.outward) for passage in passages)
        for passage in passages:
            if used.pop((passage.crossing.id, passage.outward), 1) > 1:
                yield tour.violation(ViolationCode.CROSSING_REPEATED, passage.board, found=passage.crossing.id)


def islands_by_ferry(reading: Reading) -> Iterator[Violation]:
    """Require that nobody drives between an island and the rest of the world."""
    islands = _islands(reading)
    for tour in reading.tours:
        for before, stop in pairwise(tour.stops):
            if stop.kind is StopKind.LAND:
                continue
            if any((before.place in island) != (stop.place in island) for island in islands):
                yield tour.violation(ViolationCode.ISLAND_WITHOUT_FERRY, stop, found=f"{before.place} → {stop.place}")


def _passages(reading: Reading, tour: Tour) -> Iterator[_Passage]:
    known = _crossings(reading)
    for board, land in pairwise(tour.stops):
        crossing = known.get(board.crossing or "")
        if crossing is None or (board.kind, land.kind) != _SAILING:
            continue
        harbours = crossing.mainland_harbour, crossing.island_harbour
        if land.crossing == board.crossing and (board.place, land.place) in (harbours, harbours[::-1]):
            yield _Passage(tour=tour, crossing=crossing, board=board, land=land)


def _crossings(reading: Reading) -> dict[str, Crossing]:
    return {crossing.id: crossing for crossing in reading.problem.crossings}


def _islands(reading: Reading) -> list[frozenset[str]]:
    """Return the islands' places, harbours included; crossings that share a place lead to one island."""
    merged: list[frozenset[str]] = []
    for crossing in reading.problem.crossings:
        island = crossing.island | {crossing.island_harbour}
        touching = [other for other in merged if other & island]
        merged = [other for other in merged if not other & island]
        merged.append(island.union(*touching))
    return merged
