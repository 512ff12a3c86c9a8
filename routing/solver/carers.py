"""Keep the two visits of a gap that asks for two carers in different hands."""

from __future__ import annotations

from collections.abc import Iterable

from routing.solver.elements import Routes
from routing.solver.instance import Instance


def barred_workers(instance: Instance, routes: Routes, request: int) -> frozenset[str]:
    """Return the workers who may not make a visit because they make the other one of a gap."""
    others = instance.others_of.get(request, frozenset())
    if not others:
        return frozenset()
    return frozenset(
        instance.shifts[shift].shift.worker
        for shift, sequence in enumerate(routes)
        for index in sequence
        if instance.nodes[index].request in others
    )


def one_for_both(instance: Instance, routes: Routes, shifts: Iterable[int]) -> bool:
    """Tell whether one worker makes both visits of a gap that asks for two, on the routes of `shifts`."""
    if not instance.others_of:
        return False
    hands: dict[int, set[str]] = {}
    for shift in shifts:
        for index in routes[shift]:
            request = instance.nodes[index].request
            if request in instance.others_of:
                hands.setdefault(request, set()).add(instance.shifts[shift].shift.worker)
    return any(hands[a] & hands[b] for a in hands for b in instance.others_of[a] & hands.keys())
