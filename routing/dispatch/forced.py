"""Drive routes as asked, whatever rule that breaks: what the check then finds says why a move is refused.

Stops begin where they would like to, or on arrival, whatever their windows say; breaks that are due are taken at the
first moment that allows them. Of a plan that can be driven this need not be the best one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from routing.dispatch.desk import Desk
from routing.dispatch.timing import changed_routes, plan_of, wishes_of
from routing.plan import Plan, Route, Stop, StopKind
from routing.problem import Break
from routing.solver.elements import Node, Routes, Sequence
from routing.solver.instance import Instance
from routing.solver.printing import crossing_stops
from routing.solver.timing_model import Wishes

_KINDS = {"visit": StopKind.VISIT, "pickup": StopKind.PICKUP, "delivery": StopKind.DELIVERY}


def forced(
    desk: Desk,
    plan: Plan,
    routes: Routes,
    *,
    free: Collection[int] = (),
    wishes: Wishes | None = None,
    exact: Collection[int] = (),
) -> Plan:
    """Return `plan` with other sequences, those that changed driven straight through.

    The nodes in `exact` begin when their windows open, even before anybody arrives.
    """
    wishes, printed = wishes or wishes_of(desk, plan, free), desk.printed(plan)
    for shift in changed_routes(desk, plan, routes, free):
        printed[shift] = _driven(desk.instance, routes[shift], shift, wishes, frozenset(exact))
    return plan_of(desk, routes, printed)


def _driven(instance: Instance, sequence: Sequence, shift: int, wishes: Wishes, exact: frozenset[int]) -> Route:
    bare = _Drive(instance, shift, wishes, exact).run(sequence)
    due = [pause for pause in instance.breaks(shift) if bare.duration > pause.required_after]
    return _Drive(instance, shift, wishes, exact, due).run(sequence) if due else bare


class _Drive:
    """One route on its way."""

    def __init__(
        self,
        instance: Instance,
        shift: int,
        wishes: Wishes,
        exact: frozenset[int],
        pauses: Iterable[Break] = (),
    ) -> None:
        self._instance = instance
        self._data = instance.shifts[shift]
        self._wishes = wishes
        self._exact = exact
        due, told = list(pauses), wishes.pauses.get(shift, ())
        self._pauses = list(zip(due, told if len(told) == len(due) else [0] * len(due), strict=True))
        self._stops: list[Stop] = []
        self._here = self._data.start
        self._aboard = 0

    def run(self, sequence: Sequence) -> Route:
        """Return the route of a sequence."""
        leave = self._leave(sequence)
        place = self._data.shift.start_place
        self._stops = [Stop(kind=StopKind.START, place=place, arrival=leave, start=leave, departure=leave)]
        for index in sequence:
            self._serve(self._instance.nodes[index])
        self._rest(self._data.end, self._data.hard_end, self._data.hard_end)
        self._stop(StopKind.END, self._data.end, 0, 0, None)
        return Route(shift=self._data.shift.id, stops=tuple(self._stops))

    def _leave(self, sequence: Sequence) -> int:
        first = self._instance.nodes[sequence[0]]
        passage = self._instance.passage(self._data.index, self._here, first.place)
        travel = passage.before + passage.after if passage is not None and passage.ferry is None else 0
        return max(self._data.shift.earliest, self._wish(first, 0) - travel)

    def _wish(self, node: Node, ready: int) -> int:
        """Return when a stop would like to begin: as wished, else when a window opens that is not over."""
        opening = next((low for low, high in node.domain if ready <= high), ready)
        return self._wishes.starts.get(node.index, opening)

    def _serve(self, node: Node) -> None:
        begin = self._wish(node, self._stops[-1].departure)
        ends = 0 if node.index in self._exact else begin + node.duration  # nothing is put before an exact beginning
        self._rest(node.place, begin, ends)
        kind = _KINDS[node.step.kind.value]
        self._stop(kind, node.place, node.duration, self._wish(node, self._stops[-1].departure), node.step.request)
        if node.index in self._exact:
            begin = node.domain[0][0]
            self._stops[-1] = replace(self._stops[-1], start=begin, departure=begin + node.duration)
        self._aboard += 0 if node.is_visit else 1 if node.is_pickup else -1

    def _rest(self, there: int, next_start: int, next_end: int) -> None:
        """Take the breaks that stood before what comes next, may begin now, or would be too late afterwards."""
        for pause, wish in list(self._pauses):
            ready, opening = self._stops[-1].departure, max(pause.window.earliest, wish)
            before_next = next_start < opening if wish else ready < opening
            waits = before_next and next_end < pause.window.latest
            if not self._aboard and max(ready, opening) <= pause.window.latest and not waits:
                place = there if self._is_better_there(there, ready, opening, pause) else self._here
                self._stop(StopKind.BREAK, place, pause.duration, opening, None)
                self._pauses.remove((pause, wish))

    def _is_better_there(self, there: int, ready: int, opening: int, pause: Break) -> bool:
        """Tell whether a break on arrival lets the next stop begin earlier than one before leaving."""
        passage = self._instance.passage(self._data.index, self._here, there)
        if passage is None or passage.ferry is not None:
            return False
        arrived = ready + passage.before
        return max(arrived, opening) < max(ready, opening) + passage.before <= pause.window.latest + passage.before

    def _stop(self, kind: StopKind, place: int, length: int, wish: int, request: str | None) -> None:
        passage = self._instance.passage(self._data.index, self._here, place)
        ready, travel, metres = self._stops[-1].departure, 0, 0
        if passage is not None and passage.ferry is None:
            travel, metres = passage.before, passage.metres_before
        elif passage is not None and passage.arrive(ready) is not None:
            self._stops += crossing_stops(passage, ready)
            ready, travel, metres = self._stops[-1].departure, passage.after, passage.metres_after
        arrival = ready + travel
        start = arrival if kind is StopKind.END else max(arrival, wish)
        self._stops.append(
            Stop(
                kind=kind,
                place=self._instance.matrix.places[place],
                arrival=arrival,
                start=start,
                departure=start + length,
                request=request,
                travel=travel,
                metres=metres,
            )
        )
        self._here = place
