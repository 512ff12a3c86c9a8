"""What all dial-a-ride families have in common: ride limits, route lengths, pickup before delivery."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

from benchmarks.answer import Round
from benchmarks.instances.dial_a_ride import Call
from benchmarks.verify.timetable import Lag, drivable
from benchmarks.verify.verdict import Faults


def way(nodes: Sequence[Call], depot: tuple[float, float], stops: Sequence[int]) -> float:
    """Return the length of a round from `depot` and back."""
    points = [depot, *((nodes[stop].x, nodes[stop].y) for stop in stops), depot]
    return sum(hypot(a[0] - b[0], a[1] - b[1]) for a, b in pairwise(points))


def check_order(route: Round, requests: int, faults: Faults) -> None:
    """Note every ride that is not picked up and then delivered on this round."""
    position = {stop: place for place, stop in enumerate(route.stops)}
    for stop in route.stops:
        pickup = stop if stop <= requests else stop - requests
        both = pickup in position and pickup + requests in position
        faults.unless(both and position[pickup] < position[pickup + requests], f"ride {pickup} is not driven in order")


def check_times(
    nodes: Sequence[Call],
    route: Round,
    depot: tuple[float, float],
    max_ride: Sequence[float],
    max_duration: float,
    faults: Faults,
) -> None:
    """Note a round without any timetable; `max_ride` is indexed by pickup, node 0 opens and closes the depot."""
    stops = route.stops
    hours = (nodes[0].earliest, nodes[0].latest)
    bounds = [hours, *((nodes[stop].earliest, nodes[stop].latest) for stop in stops), hours]
    lags = [*_legs(nodes, stops, depot), *_rides(nodes, stops, max_ride)]
    lags.append(Lag(earlier=len(stops) + 1, later=0, least=-max_duration))
    faults.unless(drivable(bounds, lags), f"the round of vehicle {route.vehicle} has no timetable")


def _legs(nodes: Sequence[Call], stops: Sequence[int], depot: tuple[float, float]) -> Iterator[Lag]:
    points = [depot, *((nodes[stop].x, nodes[stop].y) for stop in stops), depot]
    service = [0.0, *(nodes[stop].service for stop in stops)]
    for number, (a, b) in enumerate(pairwise(points)):
        yield Lag(earlier=number, later=number + 1, least=service[number] + hypot(a[0] - b[0], a[1] - b[1]))


def _rides(nodes: Sequence[Call], stops: Sequence[int], max_ride: Sequence[float]) -> Iterator[Lag]:
    position = {stop: place for place, stop in enumerate(stops, start=1)}
    requests = len(nodes) // 2
    for pickup in stops:
        if pickup <= requests and pickup + requests in position:
            longest = nodes[pickup].service + max_ride[pickup]
            yield Lag(earlier=position[pickup + requests], later=position[pickup], least=-longest)
