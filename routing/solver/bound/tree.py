"""Branch where the routes of a programme do not fit together: on when a tied stop begins, and on who serves a request.

A crew begins together, and a return begins after the stay; column generation knows neither, since they tie routes to
each other. Splitting the time of one stop in two gives two days that together hold every plan of the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from routing.solver.bound.column import Column
from routing.solver.bound.domains import Domains, after, before, linked_domains, ties
from routing.solver.bound.master import Duals
from routing.solver.instance import Instance

_TOGETHER = 60
"""Seconds by which stops that belong together may stand apart without being worth a branch."""

_WORTH = 3600
"""Seconds apart that a request served half by one class and half by another counts for."""


Part: TypeAlias = tuple[Domains, tuple[int, ...]]
"""Times at which service may begin by stop, and the requests barred by class."""


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A part of a day: times at which service may begin, the requests barred from each class, and where to begin."""

    bound: float
    domains: Domains
    barred: tuple[int, ...]
    center: Duals
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Split:
    """Two ways to go on: `weight` says how much does not fit together now; `touched` are the requests cut."""

    weight: float
    touched: frozenset[int]
    parts: tuple[Part, Part]


def split(instance: Instance, branch: Branch, used: Iterable[tuple[Column, float]]) -> tuple[Branch, Branch] | None:
    """Return the two halves of a branch where its routes fit together least, or None where they fit."""
    used = list(used)
    splits = [*_by_crew(instance, branch, used), *_by_stay(instance, branch, used), *_by_kind(instance, branch, used)]
    if not splits:
        return None
    best = max(splits, key=lambda item: item.weight)
    one, other = (
        replace(
            branch,
            domains=linked_domains(instance, domains),
            barred=barred,
            columns=tuple(column for column in branch.columns if _survives(best, barred, column)),
        )
        for domains, barred in best.parts
    )
    return one, other


def _survives(cut: Split, barred: tuple[int, ...], column: Column) -> bool:
    """Tell whether a route surely is one of the half, too."""
    if any(barred[column.kind] >> request & 1 for request in column.counts):
        return False
    return not cut.touched.intersection(column.counts)


def _at(used: list[tuple[Column, float]], stop: int) -> list[tuple[int, float]]:
    """Return when a stop begins on the routes used, and how much of it."""
    return [(time, share) for column, share in used for node, time in column.times if node == stop]


def _mean(times: list[tuple[int, float]]) -> float:
    return sum(time * share for time, share in times) / sum(share for _, share in times)


def _cut(
    branch: Branch, stop: int, middle: int
) -> tuple[tuple[Domains, tuple[int, ...]], tuple[Domains, tuple[int, ...]]]:
    """Return a branch with a stop that begins up to `middle`, and one with the stop after it."""
    early, late = list(branch.domains), list(branch.domains)
    early[stop], late[stop] = before(early[stop], middle), after(late[stop], middle + 1)
    return (tuple(early), branch.barred), (tuple(late), branch.barred)


def _by_crew(instance: Instance, branch: Branch, used: list[tuple[Column, float]]) -> Iterator[Split]:
    for node in instance.nodes:
        times = _at(used, node.index) if instance.crew[node.request] > 1 else []
        if not times or max(times)[0] - min(times)[0] <= _TOGETHER:
            continue
        middle = int(_mean(times))
        weight = sum(abs(time - middle) * share for time, share in times)
        yield Split(weight=weight, touched=frozenset({node.request}), parts=_cut(branch, node.index, middle))


def _by_stay(instance: Instance, branch: Branch, used: list[tuple[Column, float]]) -> Iterator[Split]:
    for outbound, there, back, lag in ties(instance):
        ends, begins = _at(used, there), _at(used, back)
        if not ends or not begins or _mean(ends) + lag - _mean(begins) <= _TOGETHER:
            continue
        late = _mean(ends) + lag - _mean(begins)
        touched = frozenset({outbound, instance.nodes[back].request})
        yield Split(weight=late, touched=touched, parts=_cut(branch, there, int(_mean(ends) - late / 2)))


def _by_kind(instance: Instance, branch: Branch, used: list[tuple[Column, float]]) -> Iterator[Split]:
    for request, crew in enumerate(instance.crew):
        shares: dict[int, float] = {}
        for column, share in used:
            if crew == 1 and request in column.counts:
                shares[column.kind] = shares.get(column.kind, 0.0) + share * column.counts[request]
        for kind, share in shares.items():
            if 0.05 < share < 0.95:
                bit = 1 << request
                here = tuple(mask | bit * (k != kind) for k, mask in enumerate(branch.barred))
                elsewhere = tuple(mask | bit * (k == kind) for k, mask in enumerate(branch.barred))
                yield Split(
                    weight=_WORTH * min(share, 1 - share),
                    touched=frozenset(),
                    parts=((branch.domains, here), (branch.domains, elsewhere)),
                )
