"""What one week does otherwise than another, visit by visit: who, when, and on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from routing.problem import TimeWindow
from routing.records.model import CareVisit


class Difference(StrEnum):
    """What happened to a visit."""

    ADDED = "added"
    DROPPED = "dropped"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True)
class VisitChange:
    """One visit before and after; None where there was none, or is none any more."""

    before: CareVisit | None
    after: CareVisit | None

    @property
    def kind(self) -> Difference:
        """Return what happened: another day comes before other people."""
        if self.before is None or self.after is None:
            return Difference.ADDED if self.before is None else Difference.DROPPED
        return Difference.MOVED if self.before.day != self.after.day else Difference.CHANGED

    @property
    def visit(self) -> CareVisit:
        """Return the visit as it is last."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has a visit before or after")
        return found


@dataclass(frozen=True, kw_only=True)
class ChangeGroup:
    """The changes of one recurring visit, which go together: its days must lie apart."""

    id: str
    client: str
    changes: tuple[VisitChange, ...]

    @property
    def days(self) -> frozenset[date]:
        """Return every day that is touched."""
        return frozenset(one.day for change in self.changes for one in (change.before, change.after) if one)


def differences(before: Iterable[CareVisit], after: Iterable[CareVisit]) -> tuple[ChangeGroup, ...]:
    """Return what differs, a group per recurring visit, in the order of their days."""
    was, now = {one.id: one for one in before}, {one.id: one for one in after}
    gone: dict[str, list[CareVisit]] = defaultdict(list)
    come: dict[str, list[CareVisit]] = defaultdict(list)
    found: dict[str, list[VisitChange]] = defaultdict(list)
    for name in [*was, *(name for name in now if name not in was)]:
        old, new = was.get(name), now.get(name)
        if old is not None and new is not None:
            if old != new:
                found[_group(new)].append(VisitChange(before=old, after=new))
        elif old is not None:
            gone[_group(old)].append(old)
        elif new is not None:
            come[_group(new)].append(new)
    for group in {**gone, **come}:
        found[group] += _paired(gone[group], come[group])
    return tuple(sorted(map(_sorted, found.items()), key=lambda one: (min(one.days), one.id)))


def _group(visit: CareVisit) -> str:
    return visit.care_slot or visit.id


def _sorted(item: tuple[str, list[VisitChange]]) -> ChangeGroup:
    name, changes = item
    ordered = sorted(changes, key=lambda change: (change.visit.day, change.visit.id))
    return ChangeGroup(id=name, client=ordered[0].visit.client, changes=tuple(ordered))


def _paired(gone: list[CareVisit], come: list[CareVisit]) -> Iterator[VisitChange]:
    """Yield what went and what came in pairs, the same day first, then the nearest."""
    left = sorted(come, key=lambda one: (one.day, one.id))
    for old in sorted(gone, key=lambda one: (one.day, one.id)):
        new = min(left, key=lambda one: abs((one.day - old.day).days), default=None)
        if new is not None:
            left.remove(new)
        yield VisitChange(before=old, after=new)
    for new in left:
        yield VisitChange(before=None, after=new)


def settled(before: Iterable[CareVisit], planned: Iterable[CareVisit]) -> tuple[tuple[CareVisit, ...], dict[str, str]]:
    """Return planned visits under the ids of those that stood on the same days, and which name became which.

    A visit that is as it was but for the people keeps whatever else its record says.
    """
    planned = tuple(planned)
    stood: dict[tuple[str, date], list[CareVisit]] = defaultdict(list)
    for old in before:
        if old.care_slot is not None:
            stood[old.care_slot, old.day].append(old)
    fresh: dict[tuple[str, date], list[CareVisit]] = defaultdict(list)
    for new in planned:
        if new.care_slot is not None:
            fresh[new.care_slot, new.day].append(new)
    pairs = {
        new.id: old
        for key, own in fresh.items()
        if len(stood[key]) == len(own)
        for new, old in zip(sorted(own, key=_turn), sorted(stood[key], key=_turn), strict=True)
    }
    names = {new: old.id for new, old in pairs.items() if new != old.id}
    return tuple(_as_it_stood(new, pairs.get(new.id), names) for new in planned), names


def _turn(visit: CareVisit) -> tuple[TimeWindow, ...]:
    return visit.windows


def _as_it_stood(new: CareVisit, old: CareVisit | None, names: Mapping[str, str]) -> CareVisit:
    after = None if new.after is None else names.get(new.after, new.after)
    if old is None:
        return replace(new, after=after)
    if _asks(new) == _asks(old) and after == old.after:
        return replace(old, planned_for=new.planned_for)
    return replace(new, id=old.id, after=after)


def _asks(visit: CareVisit) -> tuple[object, ...]:
    return (visit.duration, visit.windows, visit.crew, visit.skills, visit.max_lateness)
