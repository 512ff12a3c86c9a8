"""What both dial-a-ride families have in common on the way to whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from benchmarks.convert.scaling import scaled
from benchmarks.formulation import Stop
from benchmarks.instances.dial_a_ride import Call


def tightened(nodes: Sequence[Call], max_ride: Sequence[float]) -> list[tuple[float, float]]:
    """Return the windows of all nodes, the open side of each ride narrowed by its limit and its shortest way.

    A pickup begins at most `max_ride` and its service before the delivery does, and at least a direct drive before
    (Cordeau 2006, section 3.1); no answer is lost.
    """
    windows = [(node.earliest, node.latest) for node in nodes]
    requests = len(nodes) // 2
    for pickup in range(1, requests + 1):
        delivery, here, there = pickup + requests, nodes[pickup], nodes[pickup + requests]
        direct = here.service + hypot(here.x - there.x, here.y - there.y)
        longest = here.service + max_ride[pickup]
        (first, last), (due, latest) = windows[pickup], windows[delivery]
        windows[pickup] = (max(first, due - longest), min(last, latest - direct))
        windows[delivery] = (max(due, first + direct), min(latest, last + longest))
    return windows


def stop(place: int, node: Call, window: tuple[float, float], load: tuple[int, ...], scale: int) -> Stop:
    """Return a node in whole numbers, its window cut inwards."""
    earliest, latest = window
    return Stop(
        place=place,
        earliest=-int(-earliest * scale // 1),
        latest=int(latest * scale // 1),
        service=scaled(node.service, scale),
        load=load,
    )
