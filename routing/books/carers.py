"""Continuity as the log has it: how many carers each client met in four weeks, and how often the same one came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from routing.books.entry import Entry, EntryKind
from routing.books.grouping import grouped
from routing.records.model import Records

FOUR_WEEKS: Final = timedelta(days=28)


@dataclass(frozen=True, kw_only=True)
class Carers:
    """Who came to one client from `first` to `last`, both included, the most frequent first.

    `often` are the visits of the most frequent one, `regular` those by a regular carer; None where she has none.
    """

    client: str
    first: date
    last: date
    carers: tuple[str, ...]
    visits: int
    often: int
    regular: int | None
    entries: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether these are four weeks, not what is left of them at the beginning."""
        return self.last - self.first == FOUR_WEEKS - timedelta(days=1)


def carers_by_four_weeks(records: Records, entries: Iterable[Entry], first: date, last: date) -> tuple[Carers, ...]:
    """Return who came to each client in every four weeks, by client and weeks."""
    made = [entry for entry in entries if entry.kind is EntryKind.VISIT and entry.is_done and entry.workers]
    clients = {client.id: client.regular for client in records.clients}
    found = [
        _carers(client, begin, end, own, clients.get(client, frozenset()))
        for begin, end in four_weeks(first, last)
        for client, own in grouped((e for e in made if begin <= e.day <= end), lambda entry: entry.client)
    ]
    return tuple(sorted(found, key=lambda one: (one.client, one.first)))


def four_weeks(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the spans of four weeks from `first` to `last`, the latest first; the earliest is cut to `first`."""
    while first <= last:
        begin = last - FOUR_WEEKS + timedelta(days=1)
        yield max(first, begin), last
        last = begin - timedelta(days=1)


def _carers(client: str, first: date, last: date, visits: Sequence[Entry], regular: frozenset[str]) -> Carers:
    counts = Counter(worker for visit in visits for worker in visit.workers)
    ordered = sorted(counts, key=lambda worker: (-counts[worker], worker))
    return Carers(
        client=client,
        first=first,
        last=last,
        carers=tuple(ordered),
        visits=len(visits),
        often=counts[ordered[0]],
        regular=sum(bool(visit.workers & regular) for visit in visits) if regular else None,
        entries=tuple(visit.id for visit in visits),
    )
