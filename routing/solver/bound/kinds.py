"""Classes of alike shifts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from routing.solver.instance import Instance


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Shifts that may be exchanged for each other: what one can do at which cost, all can."""

    shifts: tuple[int, ...]
    usable: tuple[bool, ...]
    people: tuple[int, ...]


def kinds_of(instance: Instance) -> tuple[Kind, ...]:
    """Return the classes of alike shifts.

    They are wider than those of `pool.alike`, whose routes really change shifts: a bound leaves out what ties shifts.
    """
    found: dict[object, list[int]] = {}
    described: dict[object, tuple[tuple[bool, ...], tuple[int, ...]]] = {}
    requests = range(len(instance.requests))
    for data in instance.shifts:
        usable = tuple(instance.static_block(request, data.index) is None for request in requests)
        people = tuple(_people(instance, request, data.index) for request in requests)
        plain = replace(data.shift, id="", worker="", vehicle="", balance_group="", skills=frozenset())
        key = (plain, data.profile, data.layouts, data.hold, usable, people)
        found.setdefault(key, []).append(data.index)
        described[key] = usable, people
    return tuple(
        Kind(shifts=tuple(shifts), usable=described[key][0], people=described[key][1]) for key, shifts in found.items()
    )


def _people(instance: Instance, request: int, shift: int) -> int:
    """Return the points that depend on the worker: for a crew without those that one of it may spare the others."""
    points = instance.worker_points(request, shift)
    promise = instance.promise_of.get(request)
    if instance.crew[request] > 1 and promise is not None:
        points -= instance.problem.objective.changed_worker * (promise.worker != instance.shifts[shift].shift.worker)
    return points
