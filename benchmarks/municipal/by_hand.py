"""How the day is planned by hand: each carer keeps her clients and drives on to the one she can help soonest.

Drivers take riders the same way, one after the other. What nobody could fit in so far is then offered to
everybody at every place, as a coordinator phones round: the comparison is to be with a good plan made by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from routing.matrix import Matrix
from routing.plan import Plan
from routing.problem import Problem, Shipment
from routing.solver.earliest import earliest
from routing.solver.elements import Routes
from routing.solver.insertion import insert_all
from routing.solver.instance import Instance
from routing.solver.repair import drop_halves
from routing.solver.timetable import timetable
from routing.solver.walk import walk


def plan_by_hand(problem: Problem, matrix: Matrix) -> Plan:
    """Return the plan made by hand; it keeps every rule, because people do."""
    hand = _Hand(instance=Instance(problem, matrix))
    routes: Routes = tuple(() for _ in hand.instance.shifts)
    for shift in range(len(routes)):
        routes = hand.fill(routes, shift)
    plan = timetable(hand.instance, insert_all(hand.instance, drop_halves(hand.instance, routes)))
    assert plan is not None  # only what has a timetable was added
    return plan


@dataclass(frozen=True, kw_only=True)
class _Hand:
    """The rounds of one instance, filled at their ends."""

    instance: Instance

    def fill(self, routes: Routes, shift: int) -> Routes:
        """Return the routes with one shift filled: always on to the request that reaches its last stop soonest."""
        while True:
            taken = {self.instance.nodes[node].request for route in routes for node in route}
            choices = [
                (begins, request, longer)
                for request in self._hers(shift)
                if request not in taken
                for begins, longer in self._appended(routes, shift, request)
            ]
            if not choices:
                return routes
            _, _, routes = min(choices)

    def _hers(self, shift: int) -> list[int]:
        """Return the visits of a carer's own clients; whoever has no clients of her own drives riders."""
        worker = self.instance.shifts[shift].shift.worker
        own = [n for n, request in enumerate(self.instance.requests) if worker in request.regular]
        if own:
            return [number for number in own if self.instance.crew[number] == 1]
        return [n for n, request in enumerate(self.instance.requests) if isinstance(request, Shipment)]

    def _appended(self, routes: Routes, shift: int, request: int) -> list[tuple[int, Routes]]:
        """Return when a request at the end of a round reaches its last stop, with the rounds; nothing if it cannot."""
        if self.instance.static_block(request, shift) is not None:
            return []
        nodes = self.instance.nodes_of_request[request]
        longer = (*routes[:shift], routes[shift] + nodes, *routes[shift + 1 :])
        timing = earliest(self.instance, longer, [shift])
        if timing is None or isinstance(walk(self.instance, shift, longer[shift], partial=True), str):
            return []
        (chain,) = (chain for chain in timing.chains if chain.shift == shift)
        times = zip(chain.events, timing.of(chain), strict=True)
        return [(time, longer) for event, time in times if event.node == nodes[-1]]
