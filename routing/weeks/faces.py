"""Who comes to whom in a week: the few carers that each client is to see."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from routing.weeks.problem import WeekProblem
from routing.weeks.result import Placed

Faces: TypeAlias = Mapping[str, frozenset[str]]
"""For each client the workers who are to come this week; all others are strangers to her."""


OFTEN = 2
"""Visits of a week from which on somebody is no stranger any more: seen anyway, let her come more often."""


def faces_of(week: WeekProblem, placed: Iterable[Placed], *, often: int | None = None) -> Faces:
    """Return for each client those who have come in the last weeks and those who make most of her visits.

    As many as her largest crew, and with `often` whoever makes as many visits as that. Where two make as many, a
    regular carer comes before others, and one who stands in comes last.
    """
    made: dict[str, Counter[str]] = defaultdict(Counter)
    crew: dict[str, int] = defaultdict(lambda: 1)
    regular: dict[str, frozenset[str]] = defaultdict(frozenset)
    for item in placed:
        client = item.demand.client.id
        made[client].update(item.workers)
        crew[client] = max(crew[client], item.demand.slot.crew)
        regular[client] |= week.regular_of(item.demand)
    reserve = {worker.id for worker in week.records.workers if worker.reserve}

    def wanted(client: str, worker: str) -> tuple[bool, int, bool, bool, str]:
        known = worker in week.known.get(client, frozenset())
        return (not known, -made[client][worker], worker not in regular[client], worker in reserve, worker)

    found: dict[str, frozenset[str]] = {}
    for client, own in made.items():
        best = sorted(own, key=lambda worker: wanted(client, worker))[: crew[client]]
        known = week.known.get(client, frozenset())
        found[client] = known.union(best, (one for one, times in own.items() if often is not None and times >= often))
    return found
