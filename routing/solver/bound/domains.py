"""When service may begin at each stop, cut to what stands elsewhere."""

from __future__ import annotations

from typing import TypeAlias

from routing.solver.elements import Interval
from routing.solver.instance import Instance

Domains: TypeAlias = tuple[tuple[Interval, ...], ...]
"""The intervals in which service may begin, by stop."""


def linked_domains(instance: Instance, given: Domains | None = None) -> Domains:
    """Return when service may begin at each stop, a ride's and its return's times cut to each other."""
    domains = [node.domain for node in instance.nodes] if given is None else list(given)
    for _, there, back, lag in ties(instance):
        if domains[there] and domains[back]:
            soonest, latest = domains[there][0][0] + lag, domains[back][-1][1] - lag
            domains[back], domains[there] = after(domains[back], soonest), before(domains[there], latest)
    return tuple(domains)


def ties(instance: Instance) -> list[tuple[int, int, int, int]]:
    """Return (outbound request, its delivery, the return's pickup, least seconds between their beginnings)."""
    found = []
    for link, outbound, inbound in instance.links:
        there, back = instance.nodes_of_request[outbound][1], instance.nodes_of_request[inbound][0]
        found.append((outbound, there, back, instance.nodes[there].duration + link.minimum_stay))
    return found


def after(domain: tuple[Interval, ...], soonest: int) -> tuple[Interval, ...]:
    """Return what of a domain lies at or after a time."""
    return tuple((max(low, soonest), high) for low, high in domain if high >= soonest)


def before(domain: tuple[Interval, ...], latest: int) -> tuple[Interval, ...]:
    """Return what of a domain lies at or before a time."""
    return tuple((low, min(high, latest)) for low, high in domain if low <= latest)
