"""Print a route: from event times to stops with arrivals, departures and ferries."""

from __future__ import annotations

from routing.plan import Route, Stop, StopKind
from routing.problem import StepKind
from routing.solver.chains import Chain
from routing.solver.elements import Passage
from routing.solver.instance import Instance


def print_route(instance: Instance, line: Chain, times: list[int]) -> Route:
    """Return the route with arrivals and departures; waiting shows between arrival and start."""
    places, data = instance.matrix.places, instance.shifts[line.shift]
    leave = times[0]
    stops = [Stop(kind=StopKind.START, place=data.shift.start_place, arrival=leave, start=leave, departure=leave)]
    for event, passage, start in zip(line.events[1:], line.passages, times[1:], strict=True):
        ready, travel, metres = stops[-1].departure, passage.before, passage.metres_before
        if passage.ferry is not None:
            stops += crossing_stops(passage, ready)
            ready, travel, metres = stops[-1].departure, passage.after, passage.metres_after
        last = event is line.events[-1]
        begin = ready + travel if last else start
        stops.append(
            Stop(
                kind=StopKind.END if last else _kind(instance, event.node),
                place=places[event.place],
                arrival=ready + travel,
                start=begin,
                departure=begin + event.duration,
                request=instance.nodes[event.node].step.request if event.node >= 0 else None,
                travel=travel,
                metres=metres,
            )
        )
    return Route(shift=data.shift.id, stops=tuple(stops))


def _kind(instance: Instance, node: int) -> StopKind:
    if node < 0:
        return StopKind.BREAK
    kinds = {StepKind.VISIT: StopKind.VISIT, StepKind.PICKUP: StopKind.PICKUP, StepKind.DELIVERY: StopKind.DELIVERY}
    return kinds[instance.nodes[node].step.kind]


def crossing_stops(passage: Passage, ready: int) -> list[Stop]:
    """Return the two stops of a ferry caught when ready to leave at `ready`."""
    ferry, arrived = passage.ferry, passage.arrive(ready)
    if ferry is None or arrived is None:
        raise AssertionError  # `earliest` has caught this boat before
    crossing = ferry.crossing
    landed = arrived - passage.after
    boat = landed - crossing.duration
    ends = (crossing.mainland_harbour, crossing.island_harbour)
    quay, shore = ends if passage.outward else ends[::-1]
    return [
        Stop(
            kind=StopKind.BOARD,
            place=quay,
            arrival=ready + passage.before,
            start=boat,
            departure=boat,
            crossing=crossing.id,
            travel=passage.before,
            metres=passage.metres_before,
        ),
        Stop(
            kind=StopKind.LAND,
            place=shore,
            arrival=landed,
            start=landed,
            departure=landed,
            crossing=crossing.id,
        ),
    ]
