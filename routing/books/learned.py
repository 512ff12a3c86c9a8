"""How long visits and ways really take: robust medians of what the log says, and how far off the plans were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Final

from routing.books.entry import Entry, EntryKind

LEAST_COUNT: Final = 5
"""Entries below which a median says more about chance than about the client."""

_SLACK: Final = 300
"""Seconds at doors and of waiting in the plan above which the time between two entries tells nothing of the way."""

_ROUNDING: Final = 90
"""Seconds that whole minutes of the plan may hide."""

_STEP: Final = 300
"""Seconds to which visits are planned."""

_CLASSES: Final = ((300, "up-to-5"), (900, "up-to-15"), (1800, "up-to-30"))
_LONGEST: Final = "above-30"


@dataclass(frozen=True, kw_only=True)
class Learned:
    """What a number of entries teach about one client or one class of ways. Seconds.

    `planned` and `actual` are medians, `spread` the median distance from the actual one, `off` the median of actual
    minus planned. `factor` is the median of actual over planned. `is_enough` tells whether there are enough of them.
    """

    subject: str
    count: int
    planned: int
    actual: int
    spread: int
    off: int
    factor: float
    entries: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        """Tell whether planning should rely on it."""
        return self.count >= LEAST_COUNT


def learned_services(
    entries: Iterable[Entry], subject: Callable[[Entry], str] = lambda entry: entry.client
) -> tuple[Learned, ...]:
    """Return how long visits take, by client or another `subject`, for those with any visit whose times are known.

    Visits of a blank subject are left out.
    """
    known: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for entry in entries:
        planned, actual = entry.planned_seconds, entry.actual_seconds
        if entry.kind is EntryKind.VISIT and entry.is_done and planned and actual and subject(entry):
            known[subject(entry)].append((entry.id, planned, actual))
    return _all_learned(known)


def to_plan(seconds: int) -> int:
    """Return what to plan for something that takes so long: whole five minutes, five at least."""
    return max(_STEP, round(seconds / _STEP) * _STEP)


def learned_travel(entries: Iterable[Entry]) -> tuple[Learned, ...]:
    """Return how long ways take, by class of planned minutes, the short ones first.

    A way is the time from the end of one entry to the beginning of the next of the same shift, less what the plan has
    there beside the driving. Where it waits long in between, or serves somebody else meanwhile, nothing can be told.
    """
    known: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for earlier, later in _neighbours(entries):
        planned, actual = (
            _between(earlier.planned_end, later.planned_begin),
            _between(earlier.actual_end, later.actual_begin),
        )
        travel = later.travel
        if planned is None or actual is None or not travel or not -_ROUNDING <= planned - travel <= _SLACK:
            continue
        driven = actual - max(0, planned - travel)
        if driven >= 0:
            known[leg_class(travel)].append((later.id, travel, driven))
    return tuple(sorted(_all_learned(known), key=lambda learned: learned.planned))


def leg_class(seconds: int) -> str:
    """Return the class of a way by its planned seconds."""
    return next((name for limit, name in _CLASSES if seconds <= limit), _LONGEST)


def _neighbours(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    rounds: defaultdict[tuple[date, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.shift and entry.planned_begin is not None and entry.is_done:
            rounds[entry.day, entry.shift].append(entry)
    for entries_of in rounds.values():
        ordered = sorted(entries_of, key=lambda entry: (entry.planned_begin or 0, entry.id))
        yield from pairwise(ordered)


def _between(begin: int | None, end: int | None) -> int | None:
    return None if begin is None or end is None else end - begin


def _all_learned(known: Mapping[str, list[tuple[str, int, int]]]) -> tuple[Learned, ...]:
    return tuple(_learned(subject, found) for subject, found in sorted(known.items()))


def _learned(subject: str, found: list[tuple[str, int, int]]) -> Learned:
    actual = median(took for _, _, took in found)
    return Learned(
        subject=subject,
        count=len(found),
        planned=round(median(planned for _, planned, _ in found)),
        actual=round(actual),
        spread=round(median(abs(took - actual) for _, _, took in found)),
        off=round(median(took - planned for _, planned, took in found)),
        factor=median(took / planned for _, planned, took in found),
        entries=tuple(sorted(name for name, _, _ in found)),
    )
