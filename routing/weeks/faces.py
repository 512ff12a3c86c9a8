"""Who comes to whom in a week: the few carers that each client is to see."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from routing.weeks.problem import WeekProblem
from routing.weeks.result import Placed

Faces: TypeAlias = Mapping[str, frozenset[str]]
"""For each client the workers who are to come this week; all others are strangers to her."""

OFTEN = 2
"""Visits of a week from which on somebody is no stranger any more: seen anyway, let her come more often."""


def wished_faces(week: WeekProblem, placed: Iterable[Placed]) -> Faces:
    """Return for each client those who have come in the last weeks and her regular carers, else who was chosen most."""
    return dict(_faces(week, placed, chosen=False))


def found_faces(week: WeekProblem, placed: Iterable[Placed]) -> Faces:
    """Return for each client those who have come in the last weeks and those who come most, or often, in rounds found.

    Where two come equally often a regular carer comes before others.
    """
    return dict(_faces(week, placed, chosen=True))


@dataclass(kw_only=True)
class _Client:
    """What placed visits say of one client."""

    made: Counter[str] = field(default_factory=Counter)
    regular: frozenset[str] = frozenset()
    crew: int = 1


def _faces(week: WeekProblem, placed: Iterable[Placed], *, chosen: bool) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each client's faces, as many as her largest crew at least; `chosen` puts who comes before who is wished."""
    clients: dict[str, _Client] = defaultdict(_Client)
    for item in placed:
        one = clients[item.demand.client.id]
        one.made.update(item.workers)
        one.regular |= week.regular_of(item.demand)
        one.crew = max(one.crew, item.demand.slot.crew)
    reserve = {worker.id for worker in week.records.workers if worker.reserve}
    for client, one in clients.items():
        known = week.known.get(client, frozenset())

        def worse(worker: str, one: _Client = one, known: frozenset[str] = known) -> tuple[object, ...]:
            wished, made = worker not in one.regular, -one.made[worker]
            rest = (made, wished) if chosen else (wished, made)
            return (worker not in known, *rest, worker in reserve, worker)

        best = sorted(one.made.keys() | (one.regular if not chosen else set()), key=worse)[: one.crew]
        often = {worker for worker, times in one.made.items() if chosen and times >= OFTEN}
        yield client, known.union(best, often)
