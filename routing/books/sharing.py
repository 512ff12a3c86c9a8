"""Who rode along: the riders of one vehicle whose times aboard overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations

from routing.books.entry import Entry, EntryKind

Together = Mapping[str, tuple[Entry, ...]]
"""By the key of an entry, the ways of other clients that were driven together with it."""


def together(entries: Iterable[Entry]) -> Together:
    """Return for each way of a ride that was driven with others which ways those were.

    A ride counts from boarding to leaving, as it was driven where both times are known, else as planned. Two who
    change places at a stop have not ridden together.
    """
    cars: defaultdict[tuple[date, str], list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.id):
        if entry.kind is EntryKind.RIDE and entry.is_done and (entry.vehicle or entry.shift):
            cars[entry.day, entry.vehicle or entry.shift].append(entry)
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for aboard in cars.values():
        for one, other in combinations(aboard, 2):
            if one.client != other.client and _overlap(one, other):
                found[one.id].append(other)
                found[other.id].append(one)
    return {key: tuple(others) for key, others in found.items()}


def _overlap(one: Entry, other: Entry) -> bool:
    (begin, end), (from_, to) = _aboard(one), _aboard(other)
    if begin is None or end is None or from_ is None or to is None:
        return False
    return begin < to and from_ < end


def _aboard(entry: Entry) -> tuple[int | None, int | None]:
    if entry.actual_begin is not None and entry.actual_end is not None:
        return entry.actual_begin, entry.actual_end
    return entry.planned_begin, entry.planned_end
